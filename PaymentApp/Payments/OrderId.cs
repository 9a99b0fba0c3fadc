using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PaymentApp.Payments;

/// <summary>
/// Names an order to whoever may see it. It is the only thing that guards the order's pages, so it is 128 random bits
/// and nobody counts it up.
/// </summary>
[JsonConverter(typeof(AsText))]
public readonly record struct OrderId
{
    private const int Length = 32;

    private OrderId(string value) => Value = value;

    public string Value { get; }

    public static OrderId New() => new(RandomNumberGenerator.GetHexString(Length, lowercase: true));

    /// <summary>Reads an id from a URL. What is not shaped like one never reaches the database.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out OrderId id)
    {
        var fits = text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);
        id = fits ? new OrderId(text!) : default;
        return fits;
    }

    /// <summary>Reads an id that was written by <see cref="New"/>.</summary>
    /// <exception cref="FormatException">The text is not an order id.</exception>
    public static OrderId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("Not an order id.");

    public override string ToString() => Value;

    private sealed class AsText : JsonConverter<OrderId>
    {
        public override OrderId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, OrderId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
