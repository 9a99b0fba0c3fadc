namespace PaymentApp.Payments;

/// <summary>Tells what the browser may hand over as a PaymentMethod from what it may not.</summary>
internal static class PaymentMethodId
{
    private const string Prefix = "pm_";
    private const int LongestId = 255;

    public static bool IsWellFormed(string? id) =>
        id is { Length: > 3 and <= LongestId }
        && id.StartsWith(Prefix, StringComparison.Ordinal)
        && id.AsSpan(Prefix.Length).IndexOfAnyExcept(IdCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> IdCharacters =
        System.Buffers.SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");
}
