using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>Money on its way back. See https://docs.stripe.com/api/refunds/object. Amount in minor units, times in UTC.</summary>
public class Refund : StripeEntity, IHasId, IHasObject
{
    public string Id { get; set; }

    public string Object { get; set; }

    public long Amount { get; set; }

    [JsonIgnore]
    public string ChargeId
    {
        get => InternalCharge?.Id;
        set => InternalCharge = Expandable<Charge>.Of(value);
    }

    public DateTime Created { get; set; }

    public string Currency { get; set; }

    public string FailureReason { get; set; }

    [JsonIgnore]
    public string PaymentIntentId
    {
        get => InternalPaymentIntent?.Id;
        set => InternalPaymentIntent = Expandable<PaymentIntent>.Of(value);
    }

    public string Reason { get; set; }

    public string Status { get; set; }

    [JsonInclude, JsonPropertyName("charge"), JsonConverter(typeof(ExpandableConverter<Charge>))]
    internal Expandable<Charge> InternalCharge { get; set; }

    [JsonInclude, JsonPropertyName("payment_intent"), JsonConverter(typeof(ExpandableConverter<PaymentIntent>))]
    internal Expandable<PaymentIntent> InternalPaymentIntent { get; set; }
}
