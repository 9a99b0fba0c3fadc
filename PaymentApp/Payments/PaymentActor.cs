namespace PaymentApp.Payments;

/// <summary>Who moved an order, as its timeline says.</summary>
public enum PaymentActor
{
    Shopper,
    Webhook,
    Sweeper,
    Operator,

    /// <summary>The shop's own fulfilment handler.</summary>
    Shop,
}
