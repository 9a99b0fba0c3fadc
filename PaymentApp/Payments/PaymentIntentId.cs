using System.Diagnostics.CodeAnalysis;

namespace PaymentApp.Payments;

/// <summary>Names a PaymentIntent: https://docs.stripe.com/api/payment_intents. The server learns it from Stripe, never from a browser.</summary>
public readonly record struct PaymentIntentId
{
    private const string Prefix = "pi_";

    private PaymentIntentId(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out PaymentIntentId id)
    {
        var fits = ProviderId.IsWellFormed(text, Prefix);
        id = fits ? new PaymentIntentId(text!) : default;
        return fits;
    }

    /// <exception cref="FormatException">The text is not the id of a PaymentIntent.</exception>
    public static PaymentIntentId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not the id of a PaymentIntent.");

    public override string ToString() => Value;
}
