using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>Unix seconds to and from a UTC time.</summary>
internal sealed class UnixTimeConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var seconds)
            ? DateTime.UnixEpoch.AddSeconds(seconds)
            : throw new JsonException("A time is a number of unix seconds.");

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(new DateTimeOffset(value).ToUnixTimeSeconds());
}
