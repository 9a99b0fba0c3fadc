using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StripeSandbox.Forms;

namespace StripeSandbox.Idempotency;

/// <summary>A short text that is the same for the same parameters, in whatever order and array notation they came.</summary>
internal static class Fingerprint
{
    private const int FewChildren = 32;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _own;

    public static string Of(FormNode form)
    {
        var canonical = _own ??= new ArrayBufferWriter<byte>(1024);
        canonical.ResetWrittenCount();
        Append(canonical, form);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical.WrittenSpan, hash);
        return Convert.ToHexString(hash[..16]);
    }

    private static void Append(ArrayBufferWriter<byte> canonical, FormNode node)
    {
        if (node.Text is { } text)
        {
            Append(canonical, text, ':');
            return;
        }

        Append(canonical, '{');
        if (node.IsList)
        {
            foreach (var (_, item) in node.Children)
                Append(canonical, item);
        }
        else
        {
            foreach (var (name, child) in Sorted(node.Children))
            {
                Append(canonical, name, '=');
                Append(canonical, child);
            }
        }

        Append(canonical, '}');
    }

    /// <summary>By name; those of one name stay as they came.</summary>
    private static KeyValuePair<string, FormNode>[] Sorted(IReadOnlyList<KeyValuePair<string, FormNode>> children)
    {
        if (children.Count > FewChildren)
            return [.. children.OrderBy(child => child.Key, StringComparer.Ordinal)];
        KeyValuePair<string, FormNode>[] sorted = [.. children];
        for (var next = 1; next < sorted.Length; next++)
        {
            var moved = sorted[next];
            var place = next;
            for (; place > 0 && string.CompareOrdinal(sorted[place - 1].Key, moved.Key) > 0; place--)
                sorted[place] = sorted[place - 1];
            sorted[place] = moved;
        }

        return sorted;
    }

    private static void Append(ArrayBufferWriter<byte> canonical, string text, char mark)
    {
        var room = canonical.GetSpan(16);
        text.Length.TryFormat(room, out var written, default, CultureInfo.InvariantCulture);
        room[written] = (byte)mark;
        canonical.Advance(written + 1);
        Encoding.UTF8.GetBytes(text, canonical);
    }

    private static void Append(ArrayBufferWriter<byte> canonical, char mark)
    {
        canonical.GetSpan(1)[0] = (byte)mark;
        canonical.Advance(1);
    }
}
