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
                throw ParameterErrors.MetadataKeyTooLong(key, MaxKeyLength);

            if (value.Length > MaxValueLength)
                throw ParameterErrors.MetadataValueTooLong(key, value, MaxValueLength);

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
            throw ParameterErrors.TooMuchMetadata(entries.Count, MaxKeys);

        return new Metadata(entries.ToArray());
    }
}
