namespace PaymentApp.Payments;

/// <summary>Who moved an order, as its timeline says.</summary>
public enum PaymentActor
{
    Shopper,
    Webhook,
    Sweeper,
    Operator,
}
