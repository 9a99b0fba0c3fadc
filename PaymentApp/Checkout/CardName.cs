namespace PaymentApp.Checkout;

/// <summary>A card in plain words.</summary>
internal static class CardName
{
    /// <summary>
    /// Such as <c>Visa ending in 4242</c>, in English; null where the last four digits are not known. Brands are Stripe's:
    /// https://docs.stripe.com/api/charges/object#charge_object-payment_method_details-card-brand.
    /// </summary>
    public static string? Of(string? brand, string? last4) =>
        string.IsNullOrEmpty(last4) ? null : $"{OfBrand(brand) ?? "Card"} ending in {last4}";

    /// <summary>The brand's own name, which is the same in every language; null for one that is not known.</summary>
    public static string? OfBrand(string? brand) => brand switch
    {
        "amex" => "American Express",
        "cartes_bancaires" => "Cartes Bancaires",
        "diners" => "Diners Club",
        "discover" => "Discover",
        "eftpos_au" => "eftpos",
        "jcb" => "JCB",
        "mastercard" => "Mastercard",
        "unionpay" => "UnionPay",
        "visa" => "Visa",
        _ => null,
    };
}
