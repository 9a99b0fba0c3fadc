using System.Diagnostics;
using PaymentApp.Telemetry;

namespace PaymentApp.Tests.Telemetry;

/// <summary>No span keeps what only a URL's owner should know.</summary>
public sealed class UrlScrubberTests
{
    [Theory]
    [InlineData("/v1/payment_intents/pi_3PqAbc/confirm", "/v1/payment_intents/{id}/confirm")]
    [InlineData("/v1/payment_intents", "/v1/payment_intents")]
    [InlineData("/v1/radar/early_fraud_warnings", "/v1/radar/early_fraud_warnings")]
    [InlineData("/v1/payment_intents/someone@example.com", "/v1/payment_intents/{id}")]
    [InlineData("/orders/k3wz8", "/{id}/{id}")]
    [InlineData("/", "/")]
    public void A_path_keeps_only_words_that_are_no_id(string path, string template) => Assert.Equal(template, UrlScrubber.TemplateOf(path));

    [Fact]
    public void A_request_to_Stripe_keeps_server_and_template()
    {
        var span = Scrubbed("GET", ("http.request.method", "GET"), ("url.full", "https://key:secret@api.stripe.com/v1/payment_intents/pi_1?client_secret=pi_1_secret_2"));

        Assert.Equal("https://api.stripe.com/v1/payment_intents/{id}", span.GetTagItem("url.full"));
        Assert.Equal(("/v1/payment_intents/{id}", "GET /v1/payment_intents/{id}"), (span.GetTagItem("url.template"), span.DisplayName));
    }

    [Fact]
    public void A_visitors_request_keeps_the_route_that_it_matched()
    {
        var span = Scrubbed("GET /orders/{Id}", ("url.path", "/orders/k3wz8"), ("url.query", "?id=circuit"), ("http.route", "/orders/{Id}"));

        Assert.Equal("/orders/{Id}", span.GetTagItem("url.path"));
        Assert.Null(span.GetTagItem("url.query"));
    }

    [Fact]
    public void A_visitors_request_that_matched_nothing_keeps_no_path()
    {
        var span = Scrubbed("GET", ("url.path", "/orders/k3wz8/typo"), ("http.target", "/orders/k3wz8/typo"));

        Assert.Empty(span.TagObjects);
    }

    [Fact]
    public void An_address_that_is_none_is_not_kept() => Assert.Empty(Scrubbed("GET", ("url.full", "order k3wz8")).TagObjects);

    private static Activity Scrubbed(string name, params (string Name, string Value)[] tags)
    {
        using var scrubber = new UrlScrubber();
        using var span = new Activity("request") { DisplayName = name };
        foreach (var (key, value) in tags)
            span.SetTag(key, value);
        scrubber.OnEnd(span);
        return span;
    }
}
