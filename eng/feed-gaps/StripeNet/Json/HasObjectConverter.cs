using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Stripe;

/// <summary>Reads an event's object by its <c>object</c> field; null for what no type here stands for.</summary>
internal sealed class HasObjectConverter : JsonConverter<IHasObject>
{
    private static readonly Dictionary<string, Type> Types = new()
    {
        ["charge"] = typeof(Charge),
        ["customer"] = typeof(Customer),
        ["payment_intent"] = typeof(PaymentIntent),
        ["payment_method"] = typeof(PaymentMethod),
        ["refund"] = typeof(Refund),
    };

    public override IHasObject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        return json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("object", out var name)
            && name.ValueKind == JsonValueKind.String
            && Types.TryGetValue(name.GetString(), out var type)
                ? (IHasObject)json.RootElement.Deserialize(options.GetTypeInfo(type))
                : null;
    }

    public override void Write(Utf8JsonWriter writer, IHasObject value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options.GetTypeInfo(value.GetType()));
}
