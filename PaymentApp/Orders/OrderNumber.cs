namespace PaymentApp.Orders;

/// <summary>The number of an order as people type it.</summary>
internal static class OrderNumber
{
    private const int FirstPart = 4;

    private const int Length = 9;

    /// <summary>
    /// The number as it was given out, such as <c>7KQ2-M4XRT</c>: in capitals, with its one hyphen, whatever else stood
    /// between or before. What has not as many letters and digits is only trimmed and written in capitals.
    /// </summary>
    public static string Read(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var capitals = typed.Trim().ToUpperInvariant();
        var letters = string.Concat(capitals.Where(char.IsAsciiLetterOrDigit));
        var hasOnlySeparators = capitals.All(letter => char.IsAsciiLetterOrDigit(letter) || char.IsWhiteSpace(letter) || char.IsPunctuation(letter));
        return letters.Length == Length && hasOnlySeparators ? $"{letters[..FirstPart]}-{letters[FirstPart..]}" : capitals;
    }
}
