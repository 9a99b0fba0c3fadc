using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace PaymentApp.Orders;

/// <summary>
/// Names one opening of the shop's form, so that a form which is sent twice makes one order. It leads to the order that was
/// made with it, and so is 128 random bits as the order's own id.
/// </summary>
public readonly record struct PurchaseToken
{
    private const int Length = 32;

    private PurchaseToken(string value) => Value = value;

    public string Value { get; }

    public static PurchaseToken New() => new(RandomNumberGenerator.GetHexString(Length, lowercase: true));

    /// <summary>Reads a token from a form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PurchaseToken token)
    {
        var fits = text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);
        token = fits ? new PurchaseToken(text!) : default;
        return fits;
    }

    public override string ToString() => Value;
}
