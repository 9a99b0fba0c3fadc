namespace PaymentApp.Checkout;

/// <param name="Number">As a shopper would type it.</param>
/// <param name="Behaviour">What paying with it shows.</param>
internal sealed record TestCard(string Number, string Behaviour);

/// <summary>Cards to try the flow with, from https://docs.stripe.com/testing. They work in the sandbox and in Stripe's test mode only.</summary>
internal static class TestCards
{
    public static IReadOnlyList<TestCard> All { get; } =
    [
        new("4242 4242 4242 4242", "Succeeds"),
        new("4000 0025 0000 3155", "The bank asks for authentication"),
        new("4000 0000 0000 9995", "Declined: insufficient funds"),
        new("4000 0082 6000 3178", "Authentication, then declined"),
        new("4000 0000 0000 9979", "Declined: stolen (reads as a generic decline)"),
        new("4000 0000 0000 0069", "Declined: expired card"),
        new("4000 0000 0000 0127", "Declined: wrong security code"),
        new("3782 822463 10005", "American Express, succeeds"),
    ];
}
