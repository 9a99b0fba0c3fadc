using StripeSandbox.Objects;

namespace StripeSandbox.Api;

/// <summary>What <c>expand[]</c> asks for, as a tree (https://docs.stripe.com/expand).</summary>
internal sealed class Expansion
{
    private const int MaxDepth = 4;

    public static readonly Expansion None = new();

    private readonly Dictionary<string, Expansion> children = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, Expansion>> Children => children;

    public Expansion? this[string property] => children.GetValueOrDefault(property);

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
            if (parts[0] != "data" || parts.Length == 1)
                throw NotExpandable(path);
            node = node.Child("data");
            start = 1;
        }

        if (parts.Length - start > MaxDepth)
            throw Refusal.Invalid($"You cannot expand more than {MaxDepth} levels of a property. Property: {path}", "expand");
        for (var level = start; level < parts.Length; level++)
        {
            if (type is null || !Expandables.TryGet(type, parts[level], version, out type))
                throw NotExpandable(path);
            node = node.Child(parts[level]);
        }

        // A part of an object is whole already; only what it refers to can be expanded.
        if (type == typeof(InvoiceSettings))
            throw NotExpandable(path);
    }

    private Expansion Child(string name)
    {
        if (!children.TryGetValue(name, out var child))
            children[name] = child = new Expansion();
        return child;
    }

    private static Refusal NotExpandable(string path) => Refusal.Invalid($"This property cannot be expanded ({path}).", "expand");
}
