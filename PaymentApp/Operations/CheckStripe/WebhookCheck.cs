using Microsoft.Extensions.Options;
using PaymentApp.Stripe;
using PaymentApp.Webhooks;
using Stripe;

namespace PaymentApp.Operations.CheckStripe;

/// <summary>
/// Whether Stripe tells this app what happens, and all of it. Nothing fails by it: what no webhook brings
/// is fetched, minutes later.
/// </summary>
internal sealed class WebhookCheck(EmbeddedSandbox sandbox, IOptions<WebhooksOptions> options) : IStripeCheck
{
    private const long LongestPage = 100;
    private const string Everything = "*";

    public async Task<bool> RunAsync(StripeUnderCheck stripe, CheckReport report, CancellationToken cancellationToken)
    {
        if (sandbox.IsUsed)
        {
            report.Note("Webhooks: the sandbox in the app's process sends its events to the app by itself.");
            return true;
        }

        if (options.Value.Mode is WebhookMode.FetchOnly)
        {
            report.Note("Webhooks: Webhooks:Mode is FetchOnly, so the app reads every event from Stripe and needs no endpoint.");
            return true;
        }

        StripeList<global::Stripe.WebhookEndpoint>? endpoints = null;
        var listed = await stripe.SendAsync(async client => endpoints = await client.V1.WebhookEndpoints.ListAsync(
            new WebhookEndpointListOptions { Limit = LongestPage }, requestOptions: null, cancellationToken));
        if (endpoints is null)
        {
            report.Note($"Webhooks: {listed.Sent} -> {listed.CameBack}, so nobody knows whether one is registered. {listed.Message}");
            return true;
        }

        var own = endpoints.Where(endpoint => IsOfThisApp(endpoint.Url)).ToList();
        if (own.Count == 0)
            report.Note($"Webhooks: none of the account's {endpoints.Count()} endpoints ends in {Webhooks.WebhookEndpoint.Path}. The app reads Stripe's list of events instead, every few minutes.");
        foreach (var endpoint in own)
            Describe(endpoint, report);
        if (own.Count > 0 && stripe.Connection.WebhookSecrets.Count == 0)
            report.Note("Webhooks: Stripe:WebhookSecret is not set, so every event is answered 400. It is on the endpoint's page in the dashboard.");
        return true;
    }

    private static void Describe(global::Stripe.WebhookEndpoint endpoint, CheckReport report)
    {
        var missing = endpoint.EnabledEvents.Contains(Everything) ? [] : StripeEvents.Needed.Except(endpoint.EnabledEvents).ToList();
        report.Note(
            $"Webhooks: {endpoint.Url} is {endpoint.Status}, API version {endpoint.ApiVersion ?? "the account's default"} (any will do), "
            + (missing.Count == 0 ? "no event missing" : $"missing {string.Join(", ", missing)}"));
    }

    private static bool IsOfThisApp(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.AbsolutePath.TrimEnd('/').EndsWith(Webhooks.WebhookEndpoint.Path, StringComparison.Ordinal);
}
