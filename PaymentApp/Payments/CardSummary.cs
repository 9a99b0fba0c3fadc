namespace PaymentApp.Payments;

/// <summary>What may be shown of the card that paid.</summary>
/// <param name="Brand">Stripe's name of the brand, such as <c>visa</c>.</param>
/// <param name="Last4">The last four digits.</param>
public sealed record CardSummary(string Brand, string Last4);

/// <summary>Where a card's bank is.</summary>
/// <param name="PaymentMethod">The PaymentMethod that the card was given as.</param>
/// <param name="Country">ISO 3166-1 alpha-2, such as <c>DE</c>: https://docs.stripe.com/api/payment_methods/object#payment_method_object-card-country.</param>
public sealed record CardOrigin(PaymentMethodId PaymentMethod, string Country);
