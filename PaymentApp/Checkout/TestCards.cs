namespace PaymentApp.Checkout;

/// <param name="Number">As a shopper would type it.</param>
/// <param name="Behaviour">What paying with it shows.</param>
internal sealed record TestCard(string Number, CardBehaviour Behaviour);

/// <summary>What a test card shows; its words are in <c>DemoText.resx</c>.</summary>
internal enum CardBehaviour
{
    Succeeds,
    NeedsAuthentication,
    LacksFunds,
    IsDeclinedAfterAuthentication,
    IsStolen,
    HasExpired,
    HasWrongCode,
    SucceedsAsAmericanExpress,
}

/// <summary>Cards to try the flow with, from https://docs.stripe.com/testing. They work in the sandbox and in Stripe's test mode only.</summary>
internal static class TestCards
{
    public static IReadOnlyList<TestCard> All { get; } =
    [
        new("4242 4242 4242 4242", CardBehaviour.Succeeds),
        new("4000 0025 0000 3155", CardBehaviour.NeedsAuthentication),
        new("4000 0000 0000 9995", CardBehaviour.LacksFunds),
        new("4000 0082 6000 3178", CardBehaviour.IsDeclinedAfterAuthentication),
        new("4000 0000 0000 9979", CardBehaviour.IsStolen),
        new("4000 0000 0000 0069", CardBehaviour.HasExpired),
        new("4000 0000 0000 0127", CardBehaviour.HasWrongCode),
        new("3782 822463 10005", CardBehaviour.SucceedsAsAmericanExpress),
    ];
}
