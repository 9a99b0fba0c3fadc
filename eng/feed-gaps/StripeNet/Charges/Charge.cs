using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>One try to move money. See https://docs.stripe.com/api/charges/object. Amounts in minor units.</summary>
public class Charge : StripeEntity, IHasId, IHasObject
{
    public string Id { get; set; }

    public string Object { get; set; }

    public long Amount { get; set; }

    public long AmountCaptured { get; set; }

    public long AmountRefunded { get; set; }

    public bool Captured { get; set; }

    public string Currency { get; set; }

    public bool Disputed { get; set; }

    public string FailureCode { get; set; }

    public string FailureMessage { get; set; }

    public ChargeOutcome Outcome { get; set; }

    public bool Paid { get; set; }

    [JsonIgnore]
    public string PaymentIntentId
    {
        get => InternalPaymentIntent?.Id;
        set => InternalPaymentIntent = Expandable<PaymentIntent>.Of(value);
    }

    public ChargePaymentMethodDetails PaymentMethodDetails { get; set; }

    public string ReceiptUrl { get; set; }

    public bool Refunded { get; set; }

    public string Status { get; set; }

    [JsonInclude, JsonPropertyName("payment_intent"), JsonConverter(typeof(ExpandableConverter<PaymentIntent>))]
    internal Expandable<PaymentIntent> InternalPaymentIntent { get; set; }
}
