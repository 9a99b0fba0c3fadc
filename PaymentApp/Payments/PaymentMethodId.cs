using System.Diagnostics.CodeAnalysis;

namespace PaymentApp.Payments;

/// <summary>
/// Names a card that the browser gave to Stripe: https://docs.stripe.com/api/payment_methods. The browser hands it over,
/// so what is not shaped like one is kept out before it reaches the ledger or Stripe.
/// </summary>
public readonly record struct PaymentMethodId
{
    private const string Prefix = "pm_";
    private const string TestCard = "pm_card_";

    private PaymentMethodId(string value) => Value = value;

    public string Value { get; }

    /// <summary>
    /// Whether it is one of Stripe's names of test cards, such as <c>pm_card_visa</c>: Stripe makes a PaymentMethod of
    /// another id of it. https://docs.stripe.com/testing.
    /// </summary>
    internal bool IsTestCard => Value.StartsWith(TestCard, StringComparison.Ordinal);

    public static bool TryParse([NotNullWhen(true)] string? text, out PaymentMethodId id)
    {
        var fits = ProviderId.IsWellFormed(text, Prefix);
        id = fits ? new PaymentMethodId(text!) : default;
        return fits;
    }

    /// <exception cref="FormatException">The text is not the id of a PaymentMethod.</exception>
    public static PaymentMethodId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not the id of a PaymentMethod.");

    public override string ToString() => Value;
}
