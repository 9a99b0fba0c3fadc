using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Control;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints;

/// <summary>https://docs.stripe.com/api/webhook_endpoints, and registration under a secret of the caller's choice.</summary>
internal static class WebhookEndpointRoutes
{
    private static readonly ParameterSet CreateParameters = new(
        Parameter.Text("url").Required(), Parameter.TextList("enabled_events").Required(), Parameter.Text("api_version"),
        Parameter.Flag("connect"), Parameter.Text("description").Clearable(), Parameter.Map("metadata"));

    private static readonly ParameterSet UpdateParameters = new(
        Parameter.Text("url"), Parameter.TextList("enabled_events"), Parameter.Text("description").Clearable(), Parameter.Flag("disabled"),
        Parameter.Map("metadata"));

    private static readonly ParameterSet RegisterParameters = new(
        Parameter.Text("url").Required(), Parameter.Text("secret").Required(), Parameter.TextList("enabled_events"),
        Parameter.Text("api_version"));

    // https://docs.stripe.com/webhooks: as many endpoints as an account may register.
    private const int MaxEndpoints = 16;

    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post<WebhookEndpoint>("/v1/webhook_endpoints", CreateParameters, Create),
        ApiRoute.Post<WebhookEndpoint>("/_sandbox/webhook_endpoints", RegisterParameters, Create) with { Access = Access.Control },
        ApiRoute.Get<WebhookEndpoint>("/v1/webhook_endpoints", Listing.Parameters,
            call => Listing.Prepare<WebhookEndpoint>(call, endpoint => !endpoint.IsDeleted)) with { IsList = true },
        ApiRoute.Get<WebhookEndpoint>("/v1/webhook_endpoints/{id}", new ParameterSet(), call => unit => new ObjectReply(Existing(unit, call))),
        ApiRoute.Post<WebhookEndpoint>("/v1/webhook_endpoints/{id}", UpdateParameters, Update),
        ApiRoute.Delete<WebhookEndpoint>("/v1/webhook_endpoints/{id}", Delete),
    ];

    private static Func<UnitOfWork, Reply> Create(ApiCall call)
    {
        var form = call.Form;
        var url = ReadUrl(form)!;
        var metadata = MetadataForm.Read(form["metadata"], Metadata.Empty);
        if (ApiVersion.Parse(form.Text("api_version")) is null)
            throw ParameterErrors.InvalidVersion(form.Text("api_version"), "api_version");
        var isLimited = !call.Path.StartsWith(ControlRoutes.Prefix, StringComparison.Ordinal);
        return unit =>
        {
            if (isLimited && unit.Books.All<WebhookEndpoint>().Count(endpoint => !endpoint.IsDeleted) >= MaxEndpoints)
                throw StateErrors.TooManyEndpoints(MaxEndpoints);
            var endpoint = unit.Put(new WebhookEndpoint
            {
                Id = Ids.New("we_"),
                Created = unit.NowSeconds,
                Url = url,
                Secret = form.Text("secret") ?? Ids.WebhookSecret(),
                EnabledEvents = form.TextList("enabled_events") ?? [WebhookEndpoint.Everything],
                ApiVersion = form.Text("api_version"),
                Description = form.Text("description"),
                Metadata = metadata,
            });
            return new JsonReply(output => WebhookEndpointJson.Write(output, endpoint, includesSecret: true));
        };
    }

    private static Func<UnitOfWork, Reply> Update(ApiCall call)
    {
        var form = call.Form;
        var url = ReadUrl(form);
        return unit =>
        {
            unit.Claim<WebhookEndpoint>(call.RouteId);
            var endpoint = Existing(unit, call);
            return new ObjectReply(unit.Put(endpoint with
            {
                Url = url ?? endpoint.Url,
                EnabledEvents = form.TextList("enabled_events") ?? endpoint.EnabledEvents,
                Description = form.Merge("description", endpoint.Description),
                IsDisabled = form.Flag("disabled") ?? endpoint.IsDisabled,
                Metadata = MetadataForm.Read(form["metadata"], endpoint.Metadata),
            }));
        };
    }

    private static Func<UnitOfWork, Reply> Delete(ApiCall call) => unit =>
    {
        unit.Claim<WebhookEndpoint>(call.RouteId);
        unit.Put(Existing(unit, call) with { IsDeleted = true });
        return new DeletedReply(call.RouteId, "webhook_endpoint");
    };

    private static WebhookEndpoint Existing(UnitOfWork unit, ApiCall call) =>
        unit.Find<WebhookEndpoint>(call.RouteId) is { IsDeleted: false } endpoint
            ? endpoint
            : throw Refusal.NoSuch("webhook endpoint", call.RouteId, "webhook_endpoint");

    private static string? ReadUrl(FormNode form) =>
        form.Text("url") is not { } url ? null
        : Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is ("http" or "https") ? url
        : throw ParameterErrors.InvalidUrl("Invalid URL: An explicit scheme (such as https) must be provided.", "url");
}
