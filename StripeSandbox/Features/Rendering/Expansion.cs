using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>What <c>expand[]</c> asks for, as a tree (https://docs.stripe.com/expand).</summary>
internal sealed class Expansion
{
    private const int MaxDepth = 4;

    public static readonly Expansion None = new();

    private readonly Dictionary<string, Expansion> _children = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, Expansion>> Children => _children;

    public Expansion? this[string property] => _children.GetValueOrDefault(property);

    /// <exception cref="Refusal">A path is too deep or names what cannot be expanded.</exception>
    public static Expansion Parse(IReadOnlyList<string>? paths, Type root, bool isList, ApiVersion version)
    {
        if (paths is null)
            return None;
        var tree = new Expansion();
        foreach (var path in paths)
            tree.Add(path, root, isList, version);
        return tree;
    }

    private void Add(string path, Type root, bool isList, ApiVersion version)
    {
        var parts = path.Split('.');
        var node = this;
        Type? type = root;
        var start = 0;
        if (isList)
        {
            if (parts[0] != "data")
                throw Expandables.TryGet(root, parts[0], version, out _) ? ParameterErrors.ExpandsItems(path) : ParameterErrors.ExpandsNothing(path);
            if (parts.Length == 1)
                throw ParameterErrors.NotExpandable(path);
            node = node.Child("data");
            start = 1;
        }

        if (parts.Length - start > MaxDepth)
            throw ParameterErrors.ExpandsTooDeep(path, MaxDepth);
        for (var level = start; level < parts.Length; level++)
        {
            var owner = type;
            if (owner is null || !Expandables.TryGet(owner, parts[level], version, out type))
                throw owner is not null && HasNo(owner, parts[level]) ? ParameterErrors.ExpandsNothing(path) : ParameterErrors.NotExpandable(path);
            node = node.Child(parts[level]);
        }

        // A part of an object is whole already; only what it refers to can be expanded.
        if (type == typeof(InvoiceSettings))
            throw ParameterErrors.NotExpandable(path);
    }

    private Expansion Child(string name)
    {
        if (!_children.TryGetValue(name, out var child))
            _children[name] = child = new Expansion();
        return child;
    }

    private static bool HasNo(Type type, string property) =>
        ObjectNames.KindOf(type) is { } kind && !ParameterRules.HasProperty(kind, property);
}
