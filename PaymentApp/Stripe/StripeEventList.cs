using System.Globalization;
using System.Text.Json;
using PaymentApp.Payments;
using Stripe;

namespace PaymentApp.Stripe;

/// <inheritdoc cref="IStripeEvents"/>
internal sealed class StripeEventList(StripeClient client, StripeCaller caller) : IStripeEvents
{
    private const int LongestPage = 100;

    public Task<GatewayAnswer<EventPage>> ReadAsync(DateTime since, string? after, CancellationToken cancellationToken = default)
    {
        var types = string.Concat(StripeEvents.Needed.Select((type, index) => $"&types[{index}]={Uri.EscapeDataString(type)}"));
        var from = new DateTimeOffset(since).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var path = $"/v1/events?limit={LongestPage}&created[gte]={from}{types}"
            + (after is null ? "" : "&starting_after=" + Uri.EscapeDataString(after));
        // As it stands: an event is of the version that its account had when it happened, which Stripe.net's types need not fit.
        return caller.AskAsync("events.list", token => client.RawRequestAsync(HttpMethod.Get, path, cancellationToken: token), Read, cancellationToken);
    }

    private static GatewayAnswer<EventPage> Read(StripeResponse response)
    {
        using var json = JsonDocument.Parse(response.Content);
        var events = json.RootElement.GetProperty("data").EnumerateArray().ToList();
        return new GatewayAnswer<EventPage>.Answered(new EventPage(
            events.ConvertAll(happened => happened.GetRawText()),
            json.RootElement.GetProperty("has_more").GetBoolean(),
            events.Count == 0 ? null : events[^1].GetProperty("id").GetString(),
            events.Count == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(events[0].GetProperty("created").GetInt64()).UtcDateTime));
    }
}
