using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

/// <summary>A card by what it does. The id of its PaymentMethod says so, as the test tokens of Stripe do.</summary>
internal sealed record FakeCard(string Behaviour, int Challenges, PaymentEvent Ends)
{
    private static int made;

    private static readonly FakeCard[] All =
    [
        new("good", 0, PaymentEvent.Succeeded),
        new("poor", 0, PaymentEvent.AttemptFailed),
        new("bank", 1, PaymentEvent.Succeeded),
        new("bankpoor", 1, PaymentEvent.AttemptFailed),
        new("banktwice", 2, PaymentEvent.Succeeded),
        new("slow", 0, PaymentEvent.Processing),
        new("held", 0, PaymentEvent.Authorized),
    ];

    /// <summary>A PaymentMethod that no one has used yet.</summary>
    public static string Fresh(string behaviour) => $"pm_{behaviour}_{Interlocked.Increment(ref made)}";

    public static FakeCard Of(string paymentMethodId) => All.Single(card => card.Behaviour == paymentMethodId.Split('_')[1]);
}

/// <summary>A PaymentIntent with manual confirmation, as far as https://docs.stripe.com/payments/paymentintents/lifecycle goes.</summary>
internal sealed class FakeIntent(string id, OrderId order, Money amount)
{
    private int challengesLeft;

    public string Id { get; } = id;

    public OrderId? Order { get; set; } = order;

    public Money Amount { get; set; } = amount;

    public PaymentEvent Status { get; private set; } = PaymentEvent.AttemptFailed;

    public PaymentFailure? Failure { get; private set; }

    public FakeCard? Card { get; private set; }

    public int Charges { get; private set; }

    public string ClientSecret => $"{Id}_secret_x";

    public bool AwaitsConfirmation => Status is PaymentEvent.ConfirmationRequired;

    public bool IsOver => Status is PaymentEvent.Succeeded or PaymentEvent.Canceled or PaymentEvent.Processing or PaymentEvent.Authorized;

    /// <param name="fresh">The card of a fresh PaymentMethod, or null to go on with the one that was authenticated.</param>
    public void Confirm(FakeCard? fresh, AuthenticationMode authentication)
    {
        var card = fresh ?? Card ?? throw new InvalidOperationException("There is no card to go on with.");
        challengesLeft = fresh?.Challenges ?? challengesLeft;
        (Card, Failure) = (card, null);
        if (challengesLeft > 0 && authentication is AuthenticationMode.Decline)
            Fail(new PaymentFailure(FailureReason.AuthenticationNotHandled, "authentication_required", "authentication_not_handled"));
        else if (challengesLeft > 0)
            Status = PaymentEvent.ActionRequired;
        else if (card.Ends is PaymentEvent.AttemptFailed)
            Fail(new PaymentFailure(FailureReason.InsufficientFunds, "card_declined", "insufficient_funds"));
        else
            End(card.Ends);
    }

    public void EndChallenge(bool authenticated)
    {
        if (Status is not PaymentEvent.ActionRequired)
            return;

        challengesLeft--;
        if (authenticated)
            Status = PaymentEvent.ConfirmationRequired;
        else
            Fail(new PaymentFailure(FailureReason.AuthenticationFailed, "payment_intent_authentication_failure"));
    }

    /// <summary>What happens at Stripe without the shop: a capture, the end of processing, a cancellation.</summary>
    public void End(PaymentEvent status)
    {
        Status = status;
        if (status is PaymentEvent.Succeeded)
            Charges++;
    }

    public GatewayAnswer Answer() => new GatewayAnswer.Answered(new IntentSnapshot(
        Id, Status, Amount, Order, ClientSecret, Failure, Charges > 0 || Status is PaymentEvent.Authorized ? new CardSummary("visa", "4242") : null));

    private void Fail(PaymentFailure failure) => (Status, Failure) = (PaymentEvent.AttemptFailed, failure);
}
