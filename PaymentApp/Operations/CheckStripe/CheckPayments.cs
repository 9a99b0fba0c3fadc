using PaymentApp.Payments;

namespace PaymentApp.Operations.CheckStripe;

/// <summary>The payments that the checks make, of no order in the ledger.</summary>
internal static class CheckPayments
{
    // Stripe's test PaymentMethods: https://docs.stripe.com/testing.
    public const string GoodCard = "pm_card_visa";
    public const string PoorCard = "pm_card_chargeDeclinedInsufficientFunds";
    public const string BankCard = "pm_card_authenticationRequiredOnSetup";

    public static Money Amount { get; } = new(1099, Currency.Usd);

    public static Task<Exchange> PayAsync(
        this StripeUnderCheck stripe,
        string card,
        AuthenticationMode authentication,
        CancellationToken cancellationToken,
        CaptureMode capture = CaptureMode.Automatic)
    {
        var order = OrderId.New();
        return stripe.AskAsync(gateway => gateway.CreateAsync(
            new NewIntent(new PayableOrder(order, "check-stripe", Amount), PaymentMethodId.Parse(card), authentication, capture),
            NewKey(),
            cancellationToken));
    }

    /// <summary>Leaves nothing open; what Stripe says to it no check is about.</summary>
    public static async Task TidyUpAsync(this StripeUnderCheck stripe, PaymentIntentId? intent, CancellationToken cancellationToken)
    {
        if (intent is not null)
            await stripe.AskAsync(gateway => gateway.CancelAsync(intent.Value, "abandoned", NewKey(), cancellationToken));
    }

    public static string NewKey() => $"check-stripe-{Guid.NewGuid():N}";
}
