namespace StripeSandbox.Packing;

/// <summary>How a text is packed; the lowest two bits of its first number.</summary>
internal enum TextKind
{
    /// <summary>The length in bytes, then UTF-8.</summary>
    Literal,

    /// <summary>The number of a word of the vocabulary.</summary>
    Word,

    /// <summary>The number of the word that it begins with, then how many letters and digits, then these.</summary>
    Id,

    /// <summary>How many bytes before this one the same text stands.</summary>
    Repeat,
}
