using System.Net;
using AngleSharp.Dom;
using PaymentApp.Tests.Components;
using StripeSandbox;
using StripeSandbox.Dashboard.Requests;

namespace PaymentApp.Tests.Sandbox.Dashboard;

public sealed class RequestLogTests : IAsyncLifetime
{
    private DashboardUnderTest _dashboard = null!;

    private SandboxUnderTest Sandbox => _dashboard.Sandbox;

    public async Task InitializeAsync() => _dashboard = await DashboardUnderTest.StartAsync();

    public async Task DisposeAsync() => await _dashboard.DisposeAsync();

    [Fact]
    public async Task A_request_is_told_with_its_parameters_and_its_answer()
    {
        var paid = (await Sandbox.PostOnceAsync("order-1", "/v1/payment_intents", SandboxUnderTest.Guide("pm_card_visa"))).Ok();

        var list = await _dashboard.OpenAsync("/test/logs");
        var row = list.Row(Assert.Single(list.Rows()));
        Assert.StartsWith("200 POST /v1/payment_intents order-1", row, StringComparison.Ordinal);
        Assert.Contains(" ms", row, StringComparison.Ordinal);

        var page = await _dashboard.OpenRequestAsync(paid);
        Assert.Contains("amount1999", Parameters(page));
        Assert.Contains("allowed_payment_method_types[0]card", Parameters(page));
        Assert.Contains("2026-10-28.endive", page.Text(), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"a[href='/test/payments/{paid.Id}']"));
        Assert.Contains($"\"id\": \"{paid.Id}\"", page.Document.QuerySelector("#answer pre")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_errors_request_log_url_leads_to_its_request()
    {
        var declined = await Sandbox.PayAsync("pm_card_chargeDeclinedInsufficientFunds");
        var url = new Uri(declined.Text("error.request_log_url"));
        Assert.Equal(Sandbox.Server.Address.Authority, url.Authority);

        var page = await _dashboard.OpenAsync(url.PathAndQuery);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.StartsWith("POST /v1/payment_intents 402", page.Heading.Squeezed(), StringComparison.Ordinal);
        Assert.Contains("card_error / card_declined / insufficient_funds", page.Text(), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"a[href='/test/payments/{declined.Text("error.payment_intent.id")}']"));
    }

    [Fact]
    public async Task A_replay_names_the_request_that_was_executed()
    {
        var first = await Sandbox.PostOnceAsync("order-1", "/v1/payment_intents", SandboxUnderTest.Guide("pm_card_chargeDeclined"));
        var again = await Sandbox.PostOnceAsync("order-1", "/v1/payment_intents", SandboxUnderTest.Guide("pm_card_chargeDeclined"));

        Assert.Contains("replayed", (await _dashboard.OpenAsync("/test/logs")).Row(again.Header("Request-Id")!), StringComparison.Ordinal);
        var page = await _dashboard.OpenRequestAsync(again);
        Assert.NotNull(page.Document.QuerySelector($".facts a[href='/test/logs/{first.Header("Request-Id")}']"));
    }

    [Fact]
    public async Task A_fault_is_named_beside_the_status_that_the_client_saw()
    {
        await Sandbox.PostAsAsync(null, "/_sandbox/faults", ("kind", "error_after"), ("count", "1"));

        var lost = await Sandbox.PayAsync("pm_card_visa");

        Assert.StartsWith("500 fault: error_after POST", (await _dashboard.OpenAsync("/test/logs")).Row(lost.Header("Request-Id")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_requests_can_be_chosen()
    {
        await Sandbox.PayAsync("pm_card_visa");
        var unknown = await Sandbox.GetAsync("/v1/nonsense");
        var keyless = await Sandbox.GetAsync("/v1/charges", key: null);
        var declined = await Sandbox.PayAsync("pm_card_chargeDeclined");

        var page = await _dashboard.OpenAsync("/test/logs?view=errors");

        Assert.Equal(new[] { declined, keyless, unknown }.Select(answer => answer.Header("Request-Id")), page.Rows());
    }

    [Fact]
    public async Task Card_numbers_keys_and_secrets_are_not_kept_wherever_they_are_written()
    {
        const string Number = "4000002760003184";
        const string Spaced = "4000 0027 6000 3184";
        var typed = await Sandbox.PostAsAsync(SandboxUnderTest.PublishableKey, "/v1/payment_methods",
            ("type", "card"), ("card[number]", Number), ("card[exp_month]", "12"), ("card[exp_year]", "2030"), ("card[cvc]", "987"));
        var intent = await Sandbox.PayAsync("pm_card_visa", ("description", $"Card {Spaced}"), ("metadata[note]", Number), ("metadata[secret]", "sk_live_aaaabbbbcccc"));
        var secret = intent.Text("client_secret");
        var answers = new[]
        {
            typed, intent,
            await Sandbox.GetAsync($"/v1/payment_intents/{Number}"),
            await Sandbox.GetAsync($"/v1/payment_intents/{intent.Id}?key={SandboxUnderTest.SecretKey}", key: null),
            await Sandbox.GetAsync($"/v1/payment_intents/{intent.Id}?key={SandboxUnderTest.PublishableKey}&client_secret={secret}", key: null),
            await Sandbox.PostOnceAsync(Number, "/v1/payment_intents", ("amount", Number), ("currency", "usd")),
            await Sandbox.PostAsync("/v1/payment_intents", ($"metadata[{Number}]", "x"), ("amount", "1999"), ("currency", "usd")),
            await Sandbox.PostAsync("/v1/webhook_endpoints", ("url", "http://127.0.0.1:9/"), ("enabled_events[0]", "charge.expired")),
            await Sandbox.PostAsync("/v1/payment_methods", ("type", "card"), ("card[number]", "4000002760003185"), ("card[exp_month]", "12"), ("card[exp_year]", "2030")),
        };

        var pages = new List<Page> { await _dashboard.OpenAsync("/test/logs"), await _dashboard.OpenAsync(), await _dashboard.OpenPaymentAsync(intent.Id) };
        foreach (var answer in answers)
            pages.Add(await _dashboard.OpenRequestAsync(answer));

        Assert.Contains("card[number]•••• 3184", Parameters(pages[3]));
        Assert.Contains("card[cvc]••••", Parameters(pages[3]));
        string[] hidden =
        [
            Number, Spaced, "987", "4000002760003185", secret, secret.Split("_secret_")[1], "sk_live_aaaabbbbcccc",
            SandboxUnderTest.SecretKey, SandboxUnderTest.PublishableKey, answers[7].Text("secret"),
        ];
        foreach (var page in pages)
        {
            Assert.Equal(HttpStatusCode.OK, page.Status);
            var html = page.Document.DocumentElement.OuterHtml;
            Assert.All(hidden.Where(text => text != "987"), text => Assert.DoesNotContain(text, html, StringComparison.Ordinal));
        }

        Assert.DoesNotContain("987", Parameters(pages[3]).Aggregate("", string.Concat), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_without_end_are_not_kept()
    {
        var refused = await Sandbox.PayAsync("pm_card_visa", ("description", new string('x', 40_000)));

        Assert.Contains("Too large to be kept.", (await _dashboard.OpenRequestAsync(refused)).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_thousand_are_kept_and_paged_through()
    {
        var first = await Sandbox.GetAsync("/v1/charges");
        var ids = new List<string>();
        for (var number = 0; number < RequestLog.Capacity; number++)
            ids.Insert(0, (await Sandbox.GetAsync("/v1/charges")).Header("Request-Id")!);

        Assert.Equal(HttpStatusCode.NotFound, (await _dashboard.OpenRequestAsync(first)).Status);
        var seen = new List<string>();
        for (var path = "/test/logs"; path is not null;)
        {
            var page = await _dashboard.OpenAsync(path);
            seen.AddRange(page.Rows());
            path = page.Pager("Older");
        }

        Assert.Equal(ids, seen);
    }

    private static IEnumerable<string> Parameters(Page page) =>
        page.Document.QuerySelectorAll(".parameters div").Select(parameter => parameter.TextContent.Squeezed());
}
