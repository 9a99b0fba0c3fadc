namespace StripeSandbox.Forms;

/// <summary>How Stripe names a parameter inside another: <c>shipping[address][city]</c>.</summary>
internal static class FormPath
{
    public static string Of(string? prefix, string name) => prefix is null ? name : $"{prefix}[{name}]";
}
