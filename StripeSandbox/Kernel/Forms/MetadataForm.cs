using StripeSandbox.Errors;
using StripeSandbox.Objects;

namespace StripeSandbox.Forms;

/// <summary>Metadata's limits, and its rule that an empty value unsets (https://docs.stripe.com/api/metadata).</summary>
internal static class MetadataForm
{
    private const int MaxKeys = 50;
    private const int MaxKeyLength = 40;
    private const int MaxValueLength = 500;

    /// <exception cref="Refusal">A limit is passed.</exception>
    public static Metadata Read(FormNode? form, Metadata old)
    {
        if (form is null)
            return old;
        if (form.IsLeaf)
            return Metadata.Empty;

        var entries = old.Entries.ToList();
        foreach (var (key, node) in form.Children)
        {
            var value = node.Text!;
            if (key.Length > MaxKeyLength)
            {
                throw Refusal.Invalid($"Metadata keys can be up to {MaxKeyLength} characters, but you passed in a key that is {key.Length} " +
                    $"characters. Invalid key: {key}", "metadata");
            }

            if (value.Length > MaxValueLength)
            {
                throw Refusal.Invalid($"Metadata values can have up to {MaxValueLength} characters, but you passed in a value that is " +
                    $"{value.Length} characters. Invalid value: {value}", $"metadata[{key}]");
            }

            var index = entries.FindIndex(entry => entry.Key == key);
            if (value.Length == 0)
            {
                if (index >= 0)
                    entries.RemoveAt(index);
            }
            else if (index >= 0)
            {
                entries[index] = new(key, value);
            }
            else
            {
                entries.Add(new(key, value));
            }
        }

        if (entries.Count > MaxKeys)
        {
            throw Refusal.Invalid($"Metadata can have up to {MaxKeys} keys, but you've set {entries.Count}. " +
                "You can unset an existing key by setting its value to an empty string.", "metadata");
        }

        return new Metadata(entries.ToArray());
    }
}
