using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Stripe;

internal sealed class ExpandableConverter<T> : JsonConverter<Expandable<T>>
    where T : StripeEntity, IHasId
{
    public override Expandable<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? Expandable<T>.Of(reader.GetString())
            : Expandable<T>.Of(JsonSerializer.Deserialize(ref reader, Entity(options)));

    public override void Write(Utf8JsonWriter writer, Expandable<T> value, JsonSerializerOptions options)
    {
        if (value.Object is null)
            writer.WriteStringValue(value.Id);
        else
            JsonSerializer.Serialize(writer, value.Object, Entity(options));
    }

    private static JsonTypeInfo<T> Entity(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
