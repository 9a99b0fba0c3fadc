using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using StripeSandbox.Books;

namespace StripeSandbox.Rendering;

/// <summary>Writes replies as Stripe does: indented, keys in its order, text unescaped.</summary>
internal static class ReplyWriter
{
    private static readonly JsonWriterOptions Format = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? _own;

    public static byte[] Write(
        Reply reply, IBookReader books, ApiVersion version, Expansion expansion, bool isPublishable, RequestLink request, long now) =>
        Write((reply, books, version, expansion, isPublishable, request, now), static (json, state) =>
        {
            var output = new JsonOutput(json, state.books, state.version, state.isPublishable);
            switch (state.reply)
            {
                case ObjectReply { Object: var value }:
                    output.Object(value, state.expansion);
                    break;
                case ListReply list:
                    ListJson.Write(output, list, state.expansion);
                    break;
                case JsonReply shaped:
                    shaped.Write(output);
                    break;
                case DeletedReply deleted:
                    ListJson.WriteDeleted(output, deleted);
                    break;
                case ErrorReply error:
                    FailureJson.WriteError(output, error, state.request, state.now);
                    break;
            }
        });

    public static byte[] Write<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var (buffer, json) = _own ??= NewWriter();
        buffer.ResetWrittenCount();
        json.Reset();
        write(json, state);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewWriter()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        return (buffer, new Utf8JsonWriter(buffer, Format));
    }
}
