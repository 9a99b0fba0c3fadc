using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Stripe;

/// <summary>A page is an object with <c>data</c>; as it can be enumerated, it would be read as an array.</summary>
internal sealed class StripeListConverter<T> : JsonConverter<StripeList<T>>
    where T : StripeEntity
{
    public override StripeList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("data", out var data)
            || data.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("A list is an object with an array in its data.");
        }

        var item = Item(options);
        return new StripeList<T>
        {
            Data = [.. data.EnumerateArray().Select(element => element.Deserialize(item))],
            HasMore = json.RootElement.TryGetProperty("has_more", out var more) && more.ValueKind == JsonValueKind.True,
        };
    }

    public override void Write(Utf8JsonWriter writer, StripeList<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("has_more", value.HasMore);
        writer.WriteStartArray("data");
        foreach (var element in value)
            JsonSerializer.Serialize(writer, element, Item(options));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static JsonTypeInfo<T> Item(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
