using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

/// <summary>A card by what it does. The id of its PaymentMethod says so, as the test tokens of Stripe do.</summary>
internal sealed record FakeCard(string Behaviour, int Challenges, PaymentState Ends)
{
    private static int _made;

    private static readonly FakeCard[] All =
    [
        new("good", 0, PaymentState.Paid),
        new("poor", 0, PaymentState.AwaitingPayment),
        new("bank", 1, PaymentState.Paid),
        new("bankpoor", 1, PaymentState.AwaitingPayment),
        new("banktwice", 2, PaymentState.Paid),
        new("slow", 0, PaymentState.Processing),
        new("held", 0, PaymentState.Authorized),
    ];

    /// <summary>A PaymentMethod that no one has used yet.</summary>
    public static PaymentMethodId Fresh(string behaviour) => PaymentMethodId.Parse($"pm_{behaviour}_{Interlocked.Increment(ref _made)}");

    public static FakeCard Of(PaymentMethodId paymentMethod) => All.Single(card => card.Behaviour == paymentMethod.Value.Split('_')[1]);
}

/// <summary>A PaymentIntent with manual confirmation, as far as https://docs.stripe.com/payments/paymentintents/lifecycle goes.</summary>
internal sealed class FakeIntent(PaymentIntentId id, OrderId order, Money amount)
{
    private int _challengesLeft;

    public PaymentIntentId Id { get; } = id;

    public OrderId? Order { get; set; } = order;

    public Money Amount { get; set; } = amount;

    public PaymentState Status { get; private set; } = PaymentState.AwaitingPayment;

    public PaymentFailure? Failure { get; private set; }

    public FakeCard? Card { get; private set; }

    public int Charges { get; private set; }

    public string ClientSecret => $"{Id}_secret_x";

    public bool AwaitsConfirmation => Status is PaymentState.AwaitingConfirmation;

    public bool IsOver => Status is PaymentState.Paid or PaymentState.Canceled or PaymentState.Processing or PaymentState.Authorized;

    /// <param name="fresh">The card of a fresh PaymentMethod, or null to go on with the one that was authenticated.</param>
    public void Confirm(FakeCard? fresh, AuthenticationMode authentication)
    {
        var card = fresh ?? Card ?? throw new InvalidOperationException("There is no card to go on with.");
        _challengesLeft = fresh?.Challenges ?? _challengesLeft;
        (Card, Failure) = (card, null);
        if (_challengesLeft > 0 && authentication is AuthenticationMode.Decline)
            Fail(new PaymentFailure(FailureReason.AuthenticationNotHandled, "authentication_required", "authentication_not_handled"));
        else if (_challengesLeft > 0)
            Status = PaymentState.AwaitingAuthentication;
        else if (card.Ends is PaymentState.AwaitingPayment)
            Fail(new PaymentFailure(FailureReason.InsufficientFunds, "card_declined", "insufficient_funds"));
        else
            End(card.Ends);
    }

    public void EndChallenge(bool authenticated)
    {
        if (Status is not PaymentState.AwaitingAuthentication)
            return;

        _challengesLeft--;
        if (authenticated)
            Status = PaymentState.AwaitingConfirmation;
        else
            Fail(new PaymentFailure(FailureReason.AuthenticationFailed, "payment_intent_authentication_failure"));
    }

    /// <summary>What happens at Stripe without the shop: a capture, the end of processing, a cancellation.</summary>
    public void End(PaymentState status)
    {
        Status = status;
        if (status is PaymentState.Paid)
            Charges++;
    }

    public GatewayAnswer<IntentSnapshot> Answer() => new GatewayAnswer<IntentSnapshot>.Answered(new IntentSnapshot(
        Id, Status, Amount, Order, ClientSecret, Failure, Charges > 0 || Status is PaymentState.Authorized ? new CardSummary("visa", "4242") : null));

    private void Fail(PaymentFailure failure) => (Status, Failure) = (PaymentState.AwaitingPayment, failure);
}
