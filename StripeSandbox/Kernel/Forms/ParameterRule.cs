using System.Globalization;
using StripeSandbox.Errors;

namespace StripeSandbox.Forms;

/// <summary>What Stripe's published description says of one parameter, and of those inside it.</summary>
internal sealed class ParameterRule
{
    private static readonly ParameterRule[] None = [];
    private static readonly string[] Indexes = [.. Enumerable.Range(0, 16).Select(index => index.ToString(CultureInfo.InvariantCulture))];

    private readonly Dictionary<string, ParameterRule> _fields = new(StringComparer.Ordinal);
    private ParameterRule[] _required = None;

    public string Kind { get; private init; } = "object";

    /// <summary>In characters; null for any length.</summary>
    public int? MaxLength { get; private init; }

    public bool IsRequired { get; private init; }

    public bool IsEmail { get; private init; }

    /// <summary>The values that it takes; empty for any.</summary>
    public string[] Values { get; private init; } = [];

    public string Name { get; private init; } = "";

    /// <summary>What is inside an object, or under the empty name the items of a list.</summary>
    public IReadOnlyDictionary<string, ParameterRule> Fields => _fields;

    /// <summary>Reads one line of the table: the path of the parameter, its kind, and its rules.</summary>
    public static void AddTo(ParameterRule route, string line)
    {
        var words = line.Split(' ');
        var path = words[0].Replace("]", "", StringComparison.Ordinal).Split('[');
        var parent = route;
        foreach (var name in path[..^1])
            parent = parent._fields[name];
        var rule = new ParameterRule
        {
            Name = path[^1],
            Kind = words[1],
            MaxLength = Value("max=") is { } max ? int.Parse(max, CultureInfo.InvariantCulture) : null,
            IsRequired = words.Contains("required"),
            IsEmail = words.Contains("email"),
            Values = Value("in=")?.Split(',') ?? [],
        };
        parent._fields.Add(rule.Name, rule);
        if (rule.IsRequired)
            parent._required = [.. parent._required, rule];

        string? Value(string prefix) => Array.Find(words, word => word.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }

    /// <exception cref="Refusal">A parameter inside is missing, too long, or not one that it can be.</exception>
    public void CheckFields(FormNode form, string? prefix)
    {
        foreach (var rule in _required)
            if (form[rule.Name] is null)
                throw ParameterErrors.MissingParameter(FormPath.Of(prefix, rule.Name));
        for (var index = 0; index < form.Children.Count; index++)
        {
            var (name, node) = form.Children[index];
            if (_fields.TryGetValue(name, out var rule) && name.Length > 0)
                rule.Check(node, prefix, name);
            else if (_fields.Count > 0 && _fields.TryGetValue("", out var item))
                item.Check(node, prefix, index < Indexes.Length ? Indexes[index] : index.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void Check(FormNode node, string? prefix, string name)
    {
        if (node.Text is not { } text)
        {
            if (_fields.Count > 0)
                CheckFields(node, FormPath.Of(prefix, name));
            return;
        }

        // An empty text clears, where that is allowed.
        if (text.Length == 0)
            return;
        if (text.Length > MaxLength && new StringInfo(text).LengthInTextElements > MaxLength)
            throw ParameterErrors.TooLong(text, MaxLength.Value, FormPath.Of(prefix, name));
        if (IsEmail && !EmailAddress.IsValid(text))
            throw ParameterErrors.InvalidEmail(text, FormPath.Of(prefix, name));
        if (Values.Length > 0 && !Values.Contains(text))
            throw ParameterErrors.NotOneOf(FormPath.Of(prefix, name), Values);
        if (Kind == "integer" && !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            throw ParameterErrors.InvalidInteger(text, FormPath.Of(prefix, name));
        if (Kind == "boolean" && !FormValues.TryReadFlag(text, out _))
            throw ParameterErrors.InvalidBoolean(text, FormPath.Of(prefix, name));
    }
}
