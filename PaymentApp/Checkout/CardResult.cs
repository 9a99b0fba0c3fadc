using System.Text.Json;
using System.Text.Json.Serialization;

namespace PaymentApp.Checkout;

/// <summary>What Stripe.js answered.</summary>
/// <param name="PaymentMethodId">The PaymentMethod that was made.</param>
/// <param name="Error">What went wrong, if anything did.</param>
[JsonConverter(typeof(Converter))]
internal sealed record CardResult(string? PaymentMethodId, CardError? Error)
{
    /// <summary>Where the receipt goes, in UTF-8; null where the shopper named no address.</summary>
    public byte[]? Email { get; init; }

    public override string ToString() => $"{PaymentMethodId} {Error}";

    /// <summary>The script threw.</summary>
    public static CardResult Failed { get; } = new(null, new CardError("script_error", Message: null));

    /// <summary>No answer came in the time there was.</summary>
    public static CardResult TimedOut { get; } = new(null, new CardError(CardError.Timeout, Message: null));

    /// <summary>Reads answers with one serializer for all circuits, as <see cref="ScriptText"/> says why.</summary>
    private sealed class Converter : JsonConverter<CardResult>
    {
        public override CardResult Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var (paymentMethod, error, email) = JsonSerializer.Deserialize<Answer>(ref reader, JsonSerializerOptions.Web)!;
            // Bytes come apart from the answer that refers to them, and the circuit's own serializer knows where they are.
            return new CardResult(paymentMethod, error) { Email = email?.Deserialize<byte[]>(options) };
        }

        public override void Write(Utf8JsonWriter writer, CardResult value, JsonSerializerOptions options) =>
            throw new NotSupportedException("A script is told no answers.");
    }

    private sealed record Answer(string? PaymentMethodId, CardError? Error, JsonElement? Email);
}

/// <param name="Type">Stripe.js's type of error, such as <c>validation_error</c>.</param>
/// <param name="Message">What Stripe.js says of it; written for shoppers where <see cref="IsForShopper"/> holds.</param>
internal sealed record CardError(string Type, string? Message)
{
    public const string Timeout = "timeout";

    /// <summary>A field beside the card is filled in wrongly, which it says itself.</summary>
    public const string Field = "field_error";

    /// <summary>Other types speak to developers: https://docs.stripe.com/api/errors#errors-message.</summary>
    public bool IsForShopper => Type is "validation_error" or "card_error" && !string.IsNullOrEmpty(Message);
}
