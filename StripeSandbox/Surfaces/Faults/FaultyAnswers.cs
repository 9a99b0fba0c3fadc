using System.Text;
using System.Text.Json;
using StripeSandbox.Errors;
using StripeSandbox.Idempotency;
using StripeSandbox.Objects;

namespace StripeSandbox.Faults;

/// <summary>What a fault answers instead of, or makes of, the true answer.</summary>
internal static class FaultyAnswers
{
    private static readonly byte[] Page =
        "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"u8.ToArray();

    /// <summary>The refusal of a request that a fault does not let through; null when it is executed.</summary>
    public static Refusal? Instead(FaultRule fault) => fault.Kind switch
    {
        FaultKind.ErrorBefore => ServerError(),
        FaultKind.Conflict => RequestErrors.IdempotencyKeyInUse(null),
        FaultKind.RateLimit => RequestErrors.RateLimit(),
        FaultKind.LockTimeout => StateErrors.LockTimeout(),
        FaultKind.Refuse => fault.Refusal,
        _ => null,
    };

    public static Refusal ServerError(
        string message = "Sorry! There was an error while talking to one of our backends. Support has been notified.") =>
        new(StatusCodes.Status500InternalServerError, new Failure { Type = "api_error", Message = message });

    /// <summary>What of the true answer reaches the client.</summary>
    public static Answer Spoil(FaultKind kind, Answer answer) => kind switch
    {
        FaultKind.EmptyBody => answer with { Body = [] },
        FaultKind.Html => answer with { Body = Page, ContentType = "text/html" },
        FaultKind.Truncated => answer with { Body = answer.Body[..(answer.Body.Length / 2)] },
        FaultKind.WrongTypes => answer with { Body = SwapTypes(answer.Body) },
        _ => answer,
    };

    private static byte[] SwapTypes(byte[] json)
    {
        using var buffer = new MemoryStream(json.Length);
        using (var writer = new Utf8JsonWriter(buffer))
        using (var document = JsonDocument.Parse(json))
            Swap(document.RootElement, writer);
        return buffer.ToArray();
    }

    private static void Swap(JsonElement value, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Swap(property.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Swap(item, writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteStringValue("a text");
                break;
            case JsonValueKind.String:
                writer.WriteNumberValue(Encoding.UTF8.GetByteCount(value.GetString()!));
                break;
            default:
                writer.WriteStringValue(value.GetRawText());
                break;
        }
    }
}
