using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <summary>What a shopper bought, at the price of that moment. How it is paid is its payment's business.</summary>
public sealed class Order
{
    public required OrderId Id { get; init; }

    /// <summary>What people say on the phone: short, and no key to anything.</summary>
    public required string Number { get; init; }

    public required string ProductId { get; init; }

    public required string ProductName { get; init; }

    /// <summary>What the order costs, fixed when it was placed.</summary>
    public required Money Amount { get; init; }

    /// <summary>Where its receipt goes, as the shopper said when paying; null where no address was named.</summary>
    public EmailAddress? Email { get; init; }

    /// <summary>The culture that it was placed in, by name such as <c>de-CH</c>: its mails are written for it. Null for English.</summary>
    public string? Language { get; init; }

    /// <summary>When it was placed, UTC.</summary>
    public required DateTime PlacedAt { get; init; }
}
