using System.Text.Json.Serialization;
using PaymentApp.Payments;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace PaymentApp.Checkout;

/// <summary>
/// What a page tells the checkout in it. It travels to the circuit within the page, and there one parameter is much smaller
/// than many.
/// </summary>
/// <param name="Order">The order's id.</param>
public sealed record CheckoutContext(string Order)
{
    /// <summary>How the order stood when the page was rendered; null to have it read again.</summary>
    [JsonInclude]
    [JsonIgnore(Condition = WhenWritingDefault)]
    internal KnownPayment? Known { get; init; }

    /// <summary>The culture of the page, by name: the circuit's own request may have come with another cookie.</summary>
    [JsonIgnore(Condition = WhenWritingDefault)]
    public string? Culture { get; init; }

    /// <summary>Whoever asks, as the page could tell; counts against card testing.</summary>
    [JsonIgnore(Condition = WhenWritingDefault)]
    public string? Client { get; init; }

    /// <summary>Whether to offer test cards and the choice of integration.</summary>
    [JsonIgnore(Condition = WhenWritingDefault)]
    public bool IsDemo { get; init; }

    /// <summary>Whether the page is the order's own, which needs no link to itself.</summary>
    [JsonIgnore(Condition = WhenWritingDefault)]
    public bool OnOrderPage { get; init; }

    /// <summary>Whether the page says already that the payment has come to its end.</summary>
    [JsonIgnore(Condition = WhenWritingDefault)]
    public bool IsOver { get; init; }

    /// <summary>Of a payment that the page has just read.</summary>
    public static CheckoutContext Of(Payment payment)
    {
        ArgumentNullException.ThrowIfNull(payment);
        return new CheckoutContext(payment.Order.Id.Value) { Known = KnownPayment.Of(PaymentChange.To(payment)) };
    }
}
