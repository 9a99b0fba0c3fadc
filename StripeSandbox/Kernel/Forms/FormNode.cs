using StripeSandbox.Errors;

namespace StripeSandbox.Forms;

/// <summary>One value of a decoded form: a text, or named (or numbered) children.</summary>
internal sealed class FormNode
{
    private readonly List<KeyValuePair<string, FormNode>> _children = [];

    /// <summary>The value of a leaf; null for a node that has children.</summary>
    public string? Text { get; private set; }

    public IReadOnlyList<KeyValuePair<string, FormNode>> Children => _children;

    public bool IsLeaf => Text is not null;

    /// <summary>Whether every child stands in an array position: <c>a[]</c> or <c>a[0]</c>.</summary>
    public bool IsList => _children.Count > 0 && _children.TrueForAll(child => child.Key.Length == 0 || IsIndex(child.Key));

    public FormNode? this[string name]
    {
        get
        {
            foreach (var child in _children)
                if (child.Key == name)
                    return child.Value;
            return null;
        }
    }

    public string? TextOf(string name) => this[name]?.Text;

    public static FormNode Leaf(string text) => new() { Text = text };

    /// <exception cref="Refusal">The parameter is a text and has others inside.</exception>
    internal void Set(ReadOnlySpan<string> path, string text)
    {
        var node = this;
        for (var level = 0; level < path.Length; level++)
        {
            if (node.Text is not null)
                throw RequestErrors.TextAndObject(path[level - 1]);
            node = node.Child(path[level], level + 1 < path.Length ? path[level + 1] : null);
        }

        if (node._children.Count > 0)
            throw RequestErrors.ObjectAndText(path[^1]);
        node.Text = text;
    }

    private FormNode Child(string name, string? next)
    {
        // a[][b]=1&a[][c]=2 is one element until a name comes twice.
        var existing = name.Length > 0
            ? this[name]
            : next is { Length: > 0 } && _children.Count > 0 && !_children[^1].Value.IsLeaf && _children[^1].Value[next] is null
                ? _children[^1].Value
                : null;
        if (existing is not null)
            return existing;
        var added = new FormNode();
        _children.Add(new(name, added));
        return added;
    }

    private static bool IsIndex(string name)
    {
        foreach (var letter in name)
            if (!char.IsAsciiDigit(letter))
                return false;
        return true;
    }
}
