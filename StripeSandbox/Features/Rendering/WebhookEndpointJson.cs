using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/webhook_endpoints/object</summary>
internal static class WebhookEndpointJson
{
    public static void Write(JsonOutput output, WebhookEndpoint endpoint, bool includesSecret)
    {
        var json = output.Json;
        json.WriteStartObject();
        output.Text("id"u8, endpoint.Id);
        output.Text("object"u8, "webhook_endpoint");
        output.Text("api_version"u8, endpoint.ApiVersion);
        output.Null("application"u8);
        output.Number("created"u8, endpoint.Created);
        output.Text("description"u8, endpoint.Description);
        output.Texts("enabled_events"u8, endpoint.EnabledEvents);
        output.Flag("livemode"u8, false);
        output.Map("metadata"u8, endpoint.Metadata);
        if (includesSecret)
            output.Text("secret"u8, endpoint.Secret);
        output.Text("status"u8, endpoint.IsDisabled ? "disabled" : "enabled");
        output.Text("url"u8, endpoint.Url);
        json.WriteEndObject();
    }
}
