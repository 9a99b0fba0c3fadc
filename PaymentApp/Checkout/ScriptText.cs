using System.Text.Json;
using System.Text.Json.Serialization;

namespace PaymentApp.Checkout;

/// <summary>
/// A text on its way to or from a script. Every circuit has a serializer of its own, which learns the types that it meets
/// anew: a <see cref="string"/>, with all its interfaces, would cost each open checkout 8 KB and a millisecond.
/// </summary>
[JsonConverter(typeof(Converter))]
internal readonly struct ScriptText(string? value)
{
    public string? Value => value;

    private sealed class Converter : JsonConverter<ScriptText>
    {
        public override bool HandleNull => true;

        public override ScriptText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString());

        public override void Write(Utf8JsonWriter writer, ScriptText value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
