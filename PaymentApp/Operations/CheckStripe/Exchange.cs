using System.Net;
using System.Text.Json;
using PaymentApp.Payments;

namespace PaymentApp.Operations.CheckStripe;

/// <summary>A request to Stripe and what came back, without keys and secrets.</summary>
/// <param name="Sent">Method, path and the parameters that matter.</param>
/// <param name="Status">The HTTP status; null when no answer came.</param>
/// <param name="Trouble">Why no answer came.</param>
internal sealed record Exchange(string Sent, int? Status, string? Trouble = null)
{
    /// <summary>The id of the object that the answer holds, or that its error is about.</summary>
    public string? ObjectId { get; private init; }

    /// <summary>That id where the object is a PaymentIntent.</summary>
    public PaymentIntentId? Intent => PaymentIntentId.TryParse(ObjectId, out var id) ? id : null;

    /// <summary>How that object stands.</summary>
    public string? ObjectStatus { get; private init; }

    public string? ErrorType { get; private init; }

    public string? Code { get; private init; }

    public string? DeclineCode { get; private init; }

    public string? Param { get; private init; }

    /// <summary>Stripe's own explanation.</summary>
    public string? Message { get; private init; }

    public string CameBack => Status is null
        ? $"no answer ({Trouble})"
        : string.Join(' ', new[] { $"{Status}", Code ?? ErrorType, DeclineCode, ObjectStatus }.Where(word => word is not null));

    /// <summary>Reads an answer: https://docs.stripe.com/api/errors. What is not JSON has a status and nothing else.</summary>
    public static Exchange Of(string sent, HttpStatusCode status, string body)
    {
        var exchange = new Exchange(sent, (int)status);
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (Child(root, "error") is not { } error)
                return exchange with { ObjectId = Text(root, "id"), ObjectStatus = Text(root, "status") };

            var about = Child(error, "payment_intent");
            return exchange with
            {
                ObjectId = Text(about, "id"),
                ObjectStatus = Text(about, "status"),
                ErrorType = Text(error, "type"),
                Code = Text(error, "code"),
                DeclineCode = Text(error, "decline_code"),
                Param = Text(error, "param"),
                Message = Text(error, "message"),
            };
        }
        catch (JsonException)
        {
            return exchange with { Message = "The answer is not JSON: something else than Stripe answers there." };
        }
    }

    private static JsonElement? Child(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var child) && child.ValueKind is JsonValueKind.Object
            ? child
            : null;

    private static string? Text(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;
}
