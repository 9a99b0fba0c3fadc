namespace StripeSandbox.Objects;

/// <summary>The caller's own names and values, in the order in which they were given.</summary>
internal sealed record Metadata(IReadOnlyList<KeyValuePair<string, string>> Entries)
{
    public static readonly Metadata Empty = new([]);
}
