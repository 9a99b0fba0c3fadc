using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>Each version gets the behaviour and the shapes that it was promised (https://docs.stripe.com/changelog).</summary>
public sealed class ApiVersionTests : IAsyncLifetime
{
    private const string Endive = "2026-10-28.endive";
    private const string Dahlia = "2026-07-29.dahlia";
    private const string Payments = "/v1/payment_intents";

    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task The_version_is_echoed_and_endives_where_none_is_asked_for()
    {
        Assert.Equal(Endive, (await _sandbox.GetAsync(Payments)).Header("Stripe-Version"));
        Assert.Equal(Dahlia, (await _sandbox.SendInAsync(Dahlia, HttpMethod.Get, Payments)).Header("Stripe-Version"));
        Assert.Equal(400, (await _sandbox.SendInAsync("next", HttpMethod.Get, Payments)).Status);
    }

    [Theory]
    [InlineData("2023-08-15", 200)]
    [InlineData("2022-11-15", 200)]
    [InlineData("2020-08-27", 200)]
    [InlineData("2023-08-16", 400)]
    [InlineData("2024-04-10", 400)]
    [InlineData(Dahlia, 400)]
    [InlineData(Endive, 400)]
    public async Task A_return_url_is_demanded_since_automatic_payment_methods_are_the_default(string version, int status)
    {
        (string, string)[] confirm = [("amount", "1999"), ("currency", "usd"), ("confirm", "true"), ("payment_method", "pm_card_visa")];

        Assert.Equal(status, (await _sandbox.SendInAsync(version, HttpMethod.Post, Payments, confirm)).Status);
        Assert.Equal(200, (await _sandbox.SendInAsync(version, HttpMethod.Post, Payments, [.. confirm, ("return_url", "https://shop.example/")])).Status);
        Assert.Equal(status, (await _sandbox.SendInAsync(version, HttpMethod.Post, "/v1/setup_intents", confirm[2..])).Status);

        var waiting = (await _sandbox.SendInAsync(version, HttpMethod.Post, Payments, confirm[..2])).Ok();
        Assert.Equal(status == 200 ? null : "true", waiting.At("automatic_payment_methods") is null ? null : "true");
        Assert.Equal(status, (await _sandbox.SendInAsync(
            version, HttpMethod.Post, $"{Payments}/{waiting.Id}/confirm", ("payment_method", "pm_card_visa"))).Status);
    }

    [Theory]
    [InlineData("2023-08-15", 402)]
    [InlineData("2023-08-16", 400)]
    [InlineData(Endive, 400)]
    public async Task Who_fails_on_an_action_names_the_types_since_then(string version, int status)
    {
        (string, string)[] confirm =
        [
            ("amount", "1999"), ("currency", "usd"), ("confirm", "true"), ("payment_method", "pm_card_authenticationRequired"),
            ("error_on_requires_action", "true"), ("return_url", "https://shop.example/"),
        ];

        var answer = await _sandbox.SendInAsync(version, HttpMethod.Post, Payments, confirm);

        Assert.Equal(status, answer.Status);
        if (status == 400)
            Assert.Equal("error_on_requires_action", answer.At("error.param"));
        Assert.Equal(402, (await _sandbox.SendInAsync(version, HttpMethod.Post, Payments,
            [.. confirm, ("automatic_payment_methods[enabled]", "true"), ("automatic_payment_methods[allow_redirects]", "never")])).Status);
    }

    [Theory]
    [InlineData("2024-04-09", "automatic")]
    [InlineData("2023-10-16", "automatic")]
    [InlineData("2024-04-10", "automatic_async")]
    [InlineData(Dahlia, "automatic_async")]
    [InlineData(Endive, "automatic_async")]
    public async Task A_capture_is_asynchronous_by_default_since_2024(string version, string captured)
    {
        var intent = (await _sandbox.SendInAsync(version, HttpMethod.Post, Payments, ("amount", "1999"), ("currency", "usd"), ("confirm", "true"),
            ("payment_method", "pm_card_visa"), ("return_url", "https://shop.example/"), ("expand[]", "latest_charge"))).Ok();

        Assert.Equal(captured, intent.At("capture_method"));
        Assert.Equal(captured == "automatic", intent.At("latest_charge.balance_transaction") is not null);
    }

    [Theory]
    [InlineData("2022-08-01", true)]
    [InlineData("2020-08-27", true)]
    [InlineData("2022-11-14", true)]
    [InlineData("2022-11-15", false)]
    [InlineData(Dahlia, false)]
    [InlineData(Endive, false)]
    public async Task An_intent_carried_its_charges_and_a_charge_its_refunds_until_2022(string version, bool areIncluded)
    {
        var declined = await _sandbox.PayAsync("pm_card_chargeDeclined");
        var id = declined.Text("error.payment_intent.id");
        var paid = (await _sandbox.ConfirmAsync(id, ("payment_method", "pm_card_visa"))).Ok();
        var refund = (await _sandbox.PostAsync("/v1/refunds", ("payment_intent", id), ("amount", "500"))).Ok();

        var intent = (await _sandbox.SendInAsync(version, HttpMethod.Get, $"{Payments}/{id}")).Ok();
        var charge = (await _sandbox.SendInAsync(version, HttpMethod.Get, $"/v1/charges/{paid.At("latest_charge")}")).Ok();
        var expanded = await _sandbox.SendInAsync(version, HttpMethod.Get, $"{Payments}/{id}?expand[]=charges.data.balance_transaction");

        Assert.Equal(areIncluded, intent.Has("charges"));
        Assert.Equal(areIncluded, charge.Has("refunds"));
        Assert.Equal(paid.At("latest_charge"), intent.At("latest_charge"));
        Assert.Equal(areIncluded ? 200 : 400, expanded.Status);
        if (!areIncluded)
            return;
        var data = intent.Json.GetProperty("charges").GetProperty("data");
        Assert.Equal(["succeeded", "failed"], data.EnumerateArray().Select(one => one.GetProperty("status").GetString()));
        Assert.Equal(refund.Id, data[0].GetProperty("refunds").GetProperty("data")[0].GetProperty("id").GetString());
        Assert.Equal("2", intent.At("charges.total_count"));
        Assert.Equal($"/v1/charges?payment_intent={id}", intent.At("charges.url"));
        Assert.True(expanded.Json.GetProperty("charges").GetProperty("data")[0].TryGetProperty("balance_transaction", out _));
    }

    [Fact]
    public async Task The_error_of_an_old_version_carries_the_charge_that_failed()
    {
        var declined = await _sandbox.SendInAsync("2020-08-27", HttpMethod.Post, Payments, ("amount", "1999"), ("currency", "usd"),
            ("confirm", "true"), ("payment_method", "pm_card_chargeDeclined"));

        Assert.Equal(402, declined.Status);
        var charge = declined.Error.GetProperty("payment_intent").GetProperty("charges").GetProperty("data")[0];
        Assert.Equal(declined.At("error.charge"), charge.GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_event_is_rendered_in_the_accounts_version_whoever_reads_it()
    {
        var intent = (await _sandbox.SendInAsync("2020-08-27", HttpMethod.Post, Payments, ("amount", "1999"), ("currency", "usd"))).Ok();
        var id = _sandbox.Server.Books.All<Event>().Single(happened => happened.Object.Id == intent.Id).Id;

        foreach (var version in new[] { "2020-08-27", Dahlia, Endive })
        {
            var happened = (await _sandbox.SendInAsync(version, HttpMethod.Get, $"/v1/events/{id}")).Ok();
            Assert.Equal(Endive, happened.At("api_version"));
            Assert.False(happened.Has("data.object.charges"));
        }
    }

    [Theory]
    [InlineData("/v1/webhook_endpoints", null, Endive)]
    [InlineData("/v1/webhook_endpoints", Dahlia, Dahlia)]
    [InlineData("/v1/webhook_endpoints", "2022-08-01", "2022-08-01")]
    [InlineData("/_sandbox/webhook_endpoints", null, Endive)]
    [InlineData("/_sandbox/webhook_endpoints", "2022-08-01", "2022-08-01")]
    public async Task A_delivery_is_in_the_version_of_its_endpoint(string path, string? version, string rendered)
    {
        await using var shop = await WebhookReceiver.StartAsync();
        List<(string, string)> form = [("url", shop.Url), ("enabled_events[]", "payment_intent.succeeded")];
        if (path.StartsWith("/_sandbox", StringComparison.Ordinal))
            form.Add(("secret", "whsec_own"));
        if (version is not null)
            form.Add(("api_version", version));
        var endpoint = (await _sandbox.PostAsync(path, [.. form])).Ok();
        Assert.Equal(version, endpoint.At("api_version"));

        await _sandbox.PayAsync("pm_card_visa");

        var delivered = await shop.NextAsync();
        Assert.Equal(rendered, delivered.Json.GetProperty("api_version").GetString());
        var paid = delivered.Json.GetProperty("data").GetProperty("object");
        Assert.Equal(rendered == "2022-08-01", paid.TryGetProperty("charges", out _));
        Assert.Equal(rendered != "2022-08-01", paid.TryGetProperty("allowed_payment_method_types", out _));
    }

    [Fact]
    public async Task An_endpoint_of_no_version_is_refused()
    {
        var refused = await _sandbox.PostAsync("/v1/webhook_endpoints", ("url", "https://shop.example/"), ("enabled_events[]", "*"), ("api_version", "next"));

        Assert.Equal((400, "api_version"), (refused.Status, refused.At("error.param")));
    }
}
