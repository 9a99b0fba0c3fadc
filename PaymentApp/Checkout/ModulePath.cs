using System.Text.Json;
using System.Text.Json.Serialization;

namespace PaymentApp.Checkout;

/// <summary>
/// The path of a script, as an argument of <c>import</c>. Every circuit has a serializer of its own, which learns the types
/// of its arguments anew: a <see cref="string"/> with all its interfaces would cost each open checkout 8 KB.
/// </summary>
[JsonConverter(typeof(Converter))]
internal readonly struct ModulePath(string path)
{
    public override string ToString() => path;

    private sealed class Converter : JsonConverter<ModulePath>
    {
        public override ModulePath Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, ModulePath value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
