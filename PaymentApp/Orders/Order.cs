using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <summary>What a shopper bought, at the price of that moment, and how its payment stands.</summary>
public sealed class Order
{
    public required OrderId Id { get; init; }

    /// <summary>What people say on the phone: short, and no key to anything.</summary>
    public required string Number { get; init; }

    public required string ProductId { get; init; }

    public required string ProductName { get; init; }

    /// <summary>What the order costs, fixed when it was placed.</summary>
    public required Money Amount { get; init; }

    /// <summary>When it was placed, UTC.</summary>
    public required DateTime PlacedAt { get; init; }

    public PaymentState State { get; set; }

    /// <summary>The one PaymentIntent of this order, once there is one (invariant 1).</summary>
    public string? PaymentIntentId { get; set; }

    /// <summary>The card that paid, such as <c>visa</c>.</summary>
    public string? CardBrand { get; set; }

    public string? CardLast4 { get; set; }

    /// <summary>When the money was taken, UTC.</summary>
    public DateTime? PaidAt { get; set; }

    /// <summary>When the payment last moved, UTC.</summary>
    public required DateTime MovedAt { get; set; }

    /// <summary>How much was taken, in minor units; less than <see cref="Amount"/> after a partial capture.</summary>
    public long ReceivedMinorUnits { get; set; }

    /// <summary>How much was given back or is on its way, in minor units.</summary>
    public long RefundedMinorUnits { get; set; }

    /// <summary>Whether the cardholder disputes the charge.</summary>
    public bool IsDisputed { get; set; }

    /// <summary>When the sweeper looks at this order if nobody moved it before, UTC; null while nothing is left open.</summary>
    public DateTime? NextLookAt { get; set; }

    /// <summary>How often the sweeper looked since the payment last moved.</summary>
    public int Looks { get; set; }

    /// <summary>Counts changes: who writes over a version that is no longer current loses and reads again.</summary>
    public int Version { get; set; }
}
