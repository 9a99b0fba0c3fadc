using System.Security.Cryptography;
using System.Text;
using StripeSandbox.Forms;

namespace StripeSandbox.Idempotency;

/// <summary>A short text that is the same for the same parameters, in whatever order and array notation they came.</summary>
internal static class Fingerprint
{
    public static string Of(FormNode form)
    {
        var canonical = new StringBuilder(256);
        Append(canonical, form);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())).AsSpan(0, 16));
    }

    private static void Append(StringBuilder canonical, FormNode node)
    {
        if (node.Text is { } text)
        {
            canonical.Append(text.Length).Append(':').Append(text);
            return;
        }

        canonical.Append('{');
        if (node.IsList)
        {
            foreach (var (_, item) in node.Children)
                Append(canonical, item);
        }
        else
        {
            foreach (var (name, child) in node.Children.OrderBy(child => child.Key, StringComparer.Ordinal))
            {
                canonical.Append(name.Length).Append('=').Append(name);
                Append(canonical, child);
            }
        }

        canonical.Append('}');
    }
}
