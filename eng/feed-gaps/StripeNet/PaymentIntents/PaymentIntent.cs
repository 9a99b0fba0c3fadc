using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>One payment from start to end. See https://docs.stripe.com/api/payment_intents/object. Amounts in minor units, times in UTC.</summary>
public class PaymentIntent : StripeEntity, IHasId, IHasObject
{
    public string Id { get; set; }

    public string Object { get; set; }

    public long Amount { get; set; }

    public long AmountCapturable { get; set; }

    public long AmountReceived { get; set; }

    public DateTime? CanceledAt { get; set; }

    public string CancellationReason { get; set; }

    public string CaptureMethod { get; set; }

    /// <summary>Lets whoever holds it see and authenticate the payment: never log it.</summary>
    public string ClientSecret { get; set; }

    public string ConfirmationMethod { get; set; }

    public DateTime Created { get; set; }

    public string Currency { get; set; }

    [JsonIgnore]
    public string CustomerId
    {
        get => InternalCustomer?.Id;
        set => InternalCustomer = Expandable<Customer>.Of(value);
    }

    public string Description { get; set; }

    public StripeError LastPaymentError { get; set; }

    [JsonIgnore]
    public string LatestChargeId
    {
        get => InternalLatestCharge?.Id;
        set => InternalLatestCharge = Expandable<Charge>.Of(value);
    }

    /// <summary>The whole charge where <c>latest_charge</c> was expanded, else null.</summary>
    [JsonIgnore]
    public Charge LatestCharge
    {
        get => InternalLatestCharge?.Object;
        set => InternalLatestCharge = Expandable<Charge>.Of(value);
    }

    public bool Livemode { get; set; }

    public Dictionary<string, string> Metadata { get; set; }

    public PaymentIntentNextAction NextAction { get; set; }

    [JsonIgnore]
    public string PaymentMethodId
    {
        get => InternalPaymentMethod?.Id;
        set => InternalPaymentMethod = Expandable<PaymentMethod>.Of(value);
    }

    public string ReceiptEmail { get; set; }

    public string Status { get; set; }

    [JsonInclude, JsonPropertyName("customer"), JsonConverter(typeof(ExpandableConverter<Customer>))]
    internal Expandable<Customer> InternalCustomer { get; set; }

    [JsonInclude, JsonPropertyName("latest_charge"), JsonConverter(typeof(ExpandableConverter<Charge>))]
    internal Expandable<Charge> InternalLatestCharge { get; set; }

    [JsonInclude, JsonPropertyName("payment_method"), JsonConverter(typeof(ExpandableConverter<PaymentMethod>))]
    internal Expandable<PaymentMethod> InternalPaymentMethod { get; set; }
}
