namespace PaymentApp.Payments;

/// <summary>What may be shown of the card that paid.</summary>
/// <param name="Brand">Stripe's name of the brand, such as <c>visa</c>.</param>
/// <param name="Last4">The last four digits.</param>
public sealed record CardSummary(string Brand, string Last4);
