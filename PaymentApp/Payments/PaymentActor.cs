namespace PaymentApp.Payments;

/// <summary>Who moved an order, as its timeline says.</summary>
public enum PaymentActor
{
    Shopper,
    Webhook,
    Sweeper,
    Operator,
}

/// <summary>Who acts in this scope: the shopper, unless a processor that opened the scope says otherwise.</summary>
internal sealed class CurrentActor
{
    public PaymentActor Value { get; set; } = PaymentActor.Shopper;
}
