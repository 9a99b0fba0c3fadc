using System.Text.Json;
using PaymentApp.Payments;
using PaymentApp.Stripe;

namespace PaymentApp.Webhooks;

/// <summary>
/// What is kept of a webhook event: which object it is about. What the object says is read again from Stripe, so
/// neither the order of events nor their API version matters. https://docs.stripe.com/api/events/object.
/// </summary>
/// <param name="ObjectId">Empty for an object that has no id, such as a balance.</param>
/// <param name="Intent">The PaymentIntent that the object is or belongs to, if any.</param>
internal sealed record WebhookEvent(string Id, string Type, bool IsLive, string ObjectId, PaymentIntentId? Intent)
{
    /// <summary>Stripe's id of the request that the event came of; null where it came of none.</summary>
    public string? RequestId { get; init; }

    private const int LongestId = 255;
    private const int LongestType = 100;

    /// <summary>Reads an event's JSON; null where it is none.</summary>
    public static WebhookEvent? Parse(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (Text(root, "object") is not "event"
                || Text(root, "id") is not { Length: > 0 and <= LongestId } id
                || Text(root, "type") is not { Length: > 0 and <= LongestType } type
                || !root.TryGetProperty("livemode", out var live) || live.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
                || !root.TryGetProperty("data", out var data) || data.ValueKind is not JsonValueKind.Object
                || !data.TryGetProperty("object", out var about) || about.ValueKind is not JsonValueKind.Object
                || (Text(about, "id") ?? "") is not { Length: <= LongestId } objectId)
                return null;

            var intent = Text(about, "object") is "payment_intent" ? objectId : IdOf(about, "payment_intent");
            return new WebhookEvent(id, type, live.GetBoolean(), objectId, PaymentIntentId.TryParse(intent, out var known) ? known : null)
            {
                RequestId = root.TryGetProperty("request", out var request) ? StripeTracing.RequestId(Text(request, "id")) : null,
            };
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair is good JSON and no text: System.Text.Json finds out when it is read.
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The id of a reference, which Stripe may have expanded.</summary>
    private static string? IdOf(JsonElement element, string name) =>
        Text(element, name) ?? (element.TryGetProperty(name, out var expanded) ? Text(expanded, "id") : null);
}
