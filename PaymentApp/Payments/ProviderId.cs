using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace PaymentApp.Payments;

/// <summary>The shape of the provider's ids: a prefix that says of what, then letters, digits and underscores.</summary>
internal static class ProviderId
{
    private const int Longest = 255;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    public static bool IsWellFormed([NotNullWhen(true)] string? id, string prefix) =>
        id is { Length: <= Longest }
        && id.Length > prefix.Length
        && id.StartsWith(prefix, StringComparison.Ordinal)
        && id.AsSpan(prefix.Length).IndexOfAnyExcept(Characters) < 0;
}
