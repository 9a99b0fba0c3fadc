namespace PaymentApp.Payments;

/// <summary>What came back from the provider.</summary>
/// <typeparam name="T">What was asked for: an intent, a refund, or the refunds of an intent.</typeparam>
public abstract record GatewayAnswer<T>
{
    private GatewayAnswer()
    {
    }

    /// <summary>The provider answered and says how what was asked for stands.</summary>
    public sealed record Answered(T Value) : GatewayAnswer<T>;

    /// <summary>A definite no that left no intent in a new state, such as a PaymentMethod that was used before.</summary>
    public sealed record Rejected(PaymentFailure Failure) : GatewayAnswer<T>;

    /// <summary>
    /// A definite no that says that the provider knows more than the caller: the money was given back, taken or released
    /// already, or elsewhere. Read the payment before you answer.
    /// </summary>
    public sealed record Overtaken(PaymentFailure Failure) : GatewayAnswer<T>;

    /// <summary>It is certain that the request was not carried out: it was never received, or turned away unread.</summary>
    public sealed record NotExecuted(PaymentFailure Failure) : GatewayAnswer<T>;

    /// <summary>It may have been carried out. Ask again with the same key.</summary>
    /// <param name="HasEnded">
    /// Whether the provider will say nothing else under this key, such as a stored 500: what became of the request is
    /// then in the intent alone. https://docs.stripe.com/api/idempotent_requests.
    /// </param>
    public sealed record Unknown(bool HasEnded = false) : GatewayAnswer<T>;
}
