using System.Globalization;

namespace StripeSandbox.Forms;

/// <summary>Typed reading of a form that a <see cref="ParameterSet"/> has accepted.</summary>
internal static class FormValues
{
    /// <summary>The text, or null where the parameter is absent or empty.</summary>
    public static string? Text(this FormNode form, string name) => form.TextOf(name) is { Length: > 0 } text ? text : null;

    public static long? Integer(this FormNode form, string name) =>
        form.Text(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    public static bool? Flag(this FormNode form, string name) =>
        form.Text(name) is { } text && TryReadFlag(text, out var value) ? value : null;

    /// <summary>A boolean as any client writes it: Stripe's Python client says <c>True</c>.</summary>
    public static bool TryReadFlag(string text, out bool value)
    {
        value = text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return value || text == "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    public static IReadOnlyList<string>? TextList(this FormNode form, string name) =>
        form[name] is { IsLeaf: false } node ? [.. node.Children.Select(child => child.Value.Text!)] : null;

    /// <summary>Whether the parameter was sent at all, be it empty.</summary>
    public static bool Has(this FormNode form, string name) => form[name] is not null;

    /// <summary>Whether the parameter was sent as an empty string, which clears a field.</summary>
    public static bool Clears(this FormNode form, string name) => form.TextOf(name) is { Length: 0 };

    /// <summary>The new value of a clearable field: the old one when absent, null when cleared.</summary>
    public static string? Merge(this FormNode form, string name, string? old) => form.Has(name) ? form.Text(name) : old;
}
