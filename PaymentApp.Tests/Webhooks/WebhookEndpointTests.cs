using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Webhooks;

namespace PaymentApp.Tests.Webhooks;

public sealed class WebhookEndpointTests(ManualShopFixture fixture) : IClassFixture<ManualShopFixture>
{
    private const string Canary = "canary_in_the_body";

    private readonly ManualShop _shop = fixture.Shop;
    private readonly string _id = EventBody.NewId();

    public static TheoryData<string> UnusableHeaders => new()
    {
        "",
        "nonsense",
        "t=,v1=$v1",
        "t=soon,v1=$v1",
        "t=-$t,v1=$v1",
        "t=$t$t$t,v1=$v1",
        "t=99999999999999,v1=$v1",
        "t=$t",
        "v1=$v1",
        "t=$t,v0=$v1",
        "t=$t,v1=",
        "t=$t,v1=$v1$v1",
        "t=$t,v1=00,v1=ff",
    };

    public static TheoryData<string> NotEvents => new()
    {
        "",
        "null",
        "[]",
        "\"event\"",
        "{}",
        """{"object":"event"}""",
        """{"id":"evt_1","object":"charge","type":"x","livemode":false,"data":{"object":{"id":"ch_1"}}}""",
        """{"id":"evt_1","object":"event","type":"x","livemode":"false","data":{"object":{"id":"pi_1"}}}""",
        """{"id":"evt_1","object":"event","type":"x","data":{"object":{"id":"pi_1"}}}""",
        """{"id":"evt_1","object":"event","type":"x","livemode":false,"data":[]}""",
        """{"id":"evt_1","object":"event","type":"x","livemode":false,"data":{"object":null}}""",
        """{"id":7,"object":"event","type":"x","livemode":false,"data":{"object":{"id":"pi_1"}}}""",
        """{"id":"","object":"event","type":"x","livemode":false,"data":{"object":{"id":"pi_1"}}}""",
        """{"id":"evt_\ud800","object":"event","type":"x","livemode":false,"data":{"object":{"id":"pi_1"}}}""",
        EventBody.Of(new string('e', 300)),
        EventBody.Of("evt_cut_short")[..^3],
        EventBody.Of("evt_followed_by_more") + "}",
        new string('[', 5000),
    };

    [Theory]
    [InlineData(ManualShop.WebhookSecret)]
    [InlineData(ManualShop.PreviousWebhookSecret)]
    public async Task An_event_signed_by_either_secret_is_stored_and_answered_200(string secret)
    {
        var body = EventBody.Of(_id);

        Assert.Equal(HttpStatusCode.OK, await _shop.DeliverAsync(body, _shop.Sign(body, secret)));

        var row = await _shop.InboxAsync(_id);
        Assert.Equal(("payment_intent.succeeded", "pi_unknown", PaymentIntentId.Parse("pi_unknown")), (row!.Type, row.ObjectId, row.IntentId));
    }

    [Theory]
    [InlineData("whsec_of_somebody_else")]
    [InlineData("")]
    public Task A_forged_event_is_refused(string secret)
    {
        var body = EventBody.Of(_id);
        return RefusedAsync(body, _shop.Sign(body, secret));
    }

    [Fact]
    public Task An_event_without_a_signature_is_refused() => RefusedAsync(EventBody.Of(_id), signature: null);

    [Fact]
    public Task An_event_that_was_changed_on_the_way_is_refused() =>
        RefusedAsync(EventBody.Of(_id), _shop.Sign(EventBody.Of(_id, version: "2026-07-29.dahlib")));

    [Theory]
    [MemberData(nameof(UnusableHeaders))]
    public Task An_event_with_an_unusable_header_is_refused(string header)
    {
        var body = EventBody.Of(_id);
        var parts = _shop.Sign(body).Split(',', '=');
        return RefusedAsync(body, header.Replace("$t", parts[1], StringComparison.Ordinal).Replace("$v1", parts[3], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    [InlineData(-86400)]
    public Task A_signature_out_of_tolerance_is_refused(int seconds)
    {
        var body = EventBody.Of(_id);
        return RefusedAsync(body, _shop.Sign(body, seconds: seconds));
    }

    [Theory]
    [InlineData(-299)]
    [InlineData(299)]
    public async Task A_signature_within_tolerance_is_accepted(int seconds)
    {
        var body = EventBody.Of(_id);
        Assert.Equal(HttpStatusCode.OK, await _shop.DeliverAsync(body, _shop.Sign(body, seconds: seconds)));
    }

    [Fact]
    public async Task An_event_that_comes_again_and_at_the_same_time_is_kept_once()
    {
        var body = EventBody.Of(_id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _shop.DeliverAsync(body)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(1, await _shop.ReadAsync(context => context.Inbox.CountAsync(row => row.EventId == _id)));
    }

    [Fact]
    public async Task An_event_that_was_processed_is_not_processed_again_when_it_comes_again()
    {
        var body = EventBody.Of(_id, "customer.created", """{"id":"cus_1","object":"customer"}""");
        await _shop.DeliverAsync(body);
        await _shop.DrainAsync();

        Assert.Equal(HttpStatusCode.OK, await _shop.DeliverAsync(body));

        Assert.Equal(PaymentApp.Ledger.WorkStatus.Done, (await _shop.EventAsync(_id)).Status);
    }

    [Theory]
    [MemberData(nameof(NotEvents))]
    public Task What_is_signed_and_no_event_is_refused(string body) => RefusedAsync(body, _shop.Sign(body));

    [Fact]
    public Task An_event_of_the_other_mode_is_refused()
    {
        var body = EventBody.Of(_id, live: "true");
        return RefusedAsync(body, _shop.Sign(body));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_that_is_too_large_is_refused_whether_it_says_so_or_not(bool isChunked)
    {
        var body = EventBody.Of(_id, about: $$"""{"id":"{{new string('x', 300_000)}}","object":"payment_intent"}""");
        using var content = isChunked
            ? new StreamContent(new Unmeasured(Encoding.UTF8.GetBytes(body)))
            : (HttpContent)new ByteArrayContent(Encoding.UTF8.GetBytes(body));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await _shop.DeliverAsync(content, _shop.Sign(body)));
        Assert.Null(await _shop.InboxAsync(_id));
    }

    [Theory]
    [InlineData("2019-12-03")]
    [InlineData("2027-01-01.future")]
    public async Task An_event_of_another_api_version_is_taken(string version)
    {
        Assert.Equal(HttpStatusCode.OK, await _shop.DeliverAsync(EventBody.Of(_id, version: version)));
        Assert.NotNull(await _shop.InboxAsync(_id));
    }

    [Fact]
    public async Task An_event_about_an_object_without_an_id_is_taken_and_ignored()
    {
        Assert.Equal(HttpStatusCode.OK, await _shop.DeliverAsync(EventBody.Of(_id, "balance.available", """{"object":"balance"}""")));
        await _shop.DrainAsync();
        Assert.Equal(PaymentApp.Ledger.WorkStatus.Done, (await _shop.EventAsync(_id)).Status);
    }

    [Fact]
    public async Task A_body_that_is_garbled_on_the_way_is_a_bad_request()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_shop.Shop.Address.Host, _shop.Shop.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {WebhookEndpoint.Path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nthis is no length\r\n"));

        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 400", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Contains("A webhook was refused: cut short or garbled", _shop.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_body_is_logged()
    {
        var body = EventBody.Of(_id, about: $$"""{"id":"pi_unknown","object":"payment_intent","client_secret":"{{Canary}}"}""");
        await _shop.DeliverAsync(body);
        await _shop.DeliverAsync(body, "t=1,v1=" + Canary);
        await _shop.DeliverAsync(body[..^1]);
        await _shop.DeliverAsync(EventBody.Of(Canary, live: "true"));
        await _shop.DrainAsync();

        Assert.Contains("A webhook was refused", _shop.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, _shop.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", _shop.Logs.Text, StringComparison.Ordinal);
    }

    private async Task RefusedAsync(string body, string? signature)
    {
        var before = await _shop.ReadAsync(context => context.Inbox.CountAsync());

        Assert.Equal(HttpStatusCode.BadRequest, await _shop.DeliverAsync(body, signature));

        Assert.Equal(before, await _shop.ReadAsync(context => context.Inbox.CountAsync()));
    }

    /// <summary>A body whose length nobody knows before it ends.</summary>
    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
