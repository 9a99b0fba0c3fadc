using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>Everything that is read from the API, compiled: no reflection when the app runs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(UnixTimeConverter),
        typeof(HasObjectConverter),
        typeof(StripeListConverter<PaymentIntent>),
        typeof(StripeListConverter<Refund>),
    ])]
[JsonSerializable(typeof(Charge))]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(Event))]
[JsonSerializable(typeof(PaymentIntent))]
[JsonSerializable(typeof(PaymentMethod))]
[JsonSerializable(typeof(Refund))]
[JsonSerializable(typeof(StripeError))]
[JsonSerializable(typeof(StripeList<PaymentIntent>))]
[JsonSerializable(typeof(StripeList<Refund>))]
[JsonSerializable(typeof(ClientUserAgent))]
internal sealed partial class StripeJsonContext : JsonSerializerContext;
