using System.Text.Json;
using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>
/// https://docs.stripe.com/api/events/object. An event is rendered in one version, whoever reads it: an endpoint's own where it
/// has one, the account's otherwise (https://docs.stripe.com/webhooks/versioning).
/// </summary>
internal static class EventJson
{
    public static void Write(JsonOutput output, Event happened)
    {
        var json = output.Json;
        json.WriteStartObject();
        output.Text("id"u8, happened.Id);
        output.Text("object"u8, "event");
        output.Text("api_version"u8, output.Version.Text);
        output.Number("created"u8, happened.Created);
        json.WriteStartObject("data"u8);
        json.WritePropertyName("object"u8);
        output.Object(happened.Snapshot, Expansion.None);
        if (happened.Previous is { } previous)
            WritePrevious(output, happened.Snapshot, previous);
        json.WriteEndObject();
        output.Flag("livemode"u8, false);
        output.Number("pending_webhooks"u8, happened.PendingDeliveries);
        json.WriteStartObject("request"u8);
        output.Text("id"u8, happened.RequestId);
        output.Text("idempotency_key"u8, happened.IdempotencyKey);
        json.WriteEndObject();
        output.Text("type"u8, happened.Type);
        json.WriteEndObject();
    }

    /// <summary>The old values of the properties that are not what they were.</summary>
    private static void WritePrevious(JsonOutput output, StripeObject value, StripeObject previous)
    {
        using var now = Parse(output, value);
        using var before = Parse(output, previous);
        output.Json.WriteStartObject("previous_attributes"u8);
        foreach (var property in before.RootElement.EnumerateObject())
        {
            if (!now.RootElement.TryGetProperty(property.Name, out var current) || !JsonElement.DeepEquals(current, property.Value))
                property.WriteTo(output.Json);
        }

        output.Json.WriteEndObject();
    }

    private static JsonDocument Parse(JsonOutput output, StripeObject value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            new JsonOutput(json, output.Books, output.Version, output.IsPublishable).Object(value, Expansion.None);
        return JsonDocument.Parse(buffer.ToArray());
    }
}
