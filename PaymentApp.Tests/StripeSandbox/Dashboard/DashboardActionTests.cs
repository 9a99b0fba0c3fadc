using System.Net;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Objects;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.Sandbox.Dashboard;

/// <summary>The dashboard's buttons, pressed in a browser, and who may press them.</summary>
public sealed class DashboardActionTests
{
    [Fact]
    public Task A_payment_is_refunded_in_part_and_then_whole() => OpenAsync(async (dashboard, page) =>
    {
        var paid = (await dashboard.Sandbox.PayAsync("pm_card_visa")).Ok();
        await page.GotoAsync(UrlOf(dashboard, $"test/payments/{paid.Id}"));
        var refund = page.Locator("form#refund");

        await refund.GetByLabel("Amount in USD").FillAsync("5.00");
        await refund.GetByLabel("Reason").SelectOptionAsync("duplicate");
        await refund.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(page.GetByText("Refunded.", new() { Exact = true })).ToBeVisibleAsync();
        var first = Assert.Single(dashboard.Sandbox.Server.Books.All<Refund>());
        Assert.Equal((500, "duplicate"), (first.Amount, first.Reason));
        await Expect(refund.GetByLabel("Amount in USD")).ToHaveAttributeAsync("placeholder", "14.99");

        await refund.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(refund).ToHaveCountAsync(0);
        Assert.Equal(1999, dashboard.Sandbox.Server.Books.All<Refund>().Sum(one => one.Amount));
    });

    [FullFact]
    public Task What_the_API_refuses_is_said_in_its_words() => OpenAsync(async (dashboard, page) =>
    {
        var paid = (await dashboard.Sandbox.PayAsync("pm_card_visa")).Ok();
        await page.GotoAsync(UrlOf(dashboard, $"test/payments/{paid.Id}"));
        var refund = page.Locator("form#refund");

        await refund.GetByLabel("Amount in USD").FillAsync("25");
        await refund.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("greater than");
        await Expect(page.Locator("#live")).ToHaveTextAsync("Live");

        await refund.GetByLabel("Amount in USD").FillAsync("much");
        await refund.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("much is no amount of USD");
        Assert.Empty(dashboard.Sandbox.Server.Books.All<Refund>());
    });

    [Theory]
    [InlineData("Win the dispute over $19.99", "won")]
    [InlineData("Lose it", "lost")]
    public Task A_dispute_is_settled(string button, string outcome) => OpenAsync(async (dashboard, page) =>
    {
        var paid = (await dashboard.Sandbox.PayAsync("pm_card_createDispute")).Ok();
        await page.GotoAsync(UrlOf(dashboard, $"test/payments/{paid.Id}"));

        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

        await Expect(page.GetByText("The dispute is settled.", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = button })).ToHaveCountAsync(0);
        Assert.Equal(outcome, Assert.Single(dashboard.Sandbox.Server.Books.All<Dispute>()).Wire());
    });

    [Fact]
    public Task An_authorization_is_captured_in_part() => OpenAsync(async (dashboard, page) =>
    {
        var held = (await dashboard.Sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();
        await page.GotoAsync(UrlOf(dashboard, $"test/payments/{held.Id}"));

        await page.GetByLabel("Amount in USD").FillAsync("15");
        await page.GetByRole(AriaRole.Button, new() { Name = "Capture" }).ClickAsync();

        await Expect(page.GetByText("Captured.", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(1500, dashboard.Sandbox.Server.Books.Find<PaymentIntent>(held.Id)!.AmountReceived);
    });

    [FullFact]
    public Task A_payment_is_canceled_with_a_reason() => OpenAsync(async (dashboard, page) =>
    {
        var held = (await dashboard.Sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();
        await page.GotoAsync(UrlOf(dashboard, $"test/payments/{held.Id}"));

        await page.Locator("form#cancel").GetByLabel("Reason").SelectOptionAsync("abandoned");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the payment" }).ClickAsync();

        await Expect(page.GetByText("Canceled.", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal("abandoned", dashboard.Sandbox.Server.Books.Find<PaymentIntent>(held.Id)!.CancellationReason);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Actions" })).ToHaveCountAsync(0);
    });

    [Theory]
    [InlineData("Complete the challenge", IntentStatus.RequiresConfirmation)]
    [InlineData("Fail the challenge", IntentStatus.RequiresPaymentMethod)]
    internal Task A_challenge_is_answered_for_the_shopper(string button, IntentStatus status) => OpenAsync(async (dashboard, page) =>
    {
        var waiting = (await dashboard.Sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        await page.GotoAsync(UrlOf(dashboard, $"test/payments/{waiting.Id}"));

        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

        await Expect(page.GetByText("The bank has its answer.")).ToBeVisibleAsync();
        Assert.Equal(status, dashboard.Sandbox.Server.Books.Find<PaymentIntent>(waiting.Id)!.Status);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = button })).ToHaveCountAsync(0);
    });

    [FullFact]
    public Task An_event_is_sent_again() => OpenAsync(async (dashboard, page) =>
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await dashboard.Sandbox.PostAsAsync(null, "/_sandbox/webhook_endpoints", ("url", receiver.Url), ("secret", "whsec_1"), ("enabled_events[]", "payment_intent.succeeded"));
        var paid = (await dashboard.Sandbox.PayAsync("pm_card_visa")).Ok();
        var first = await receiver.NextAsync();
        await page.GotoAsync(UrlOf(dashboard, $"test/payments/{paid.Id}"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();

        await Expect(page.GetByText("The event is sent again.")).ToBeVisibleAsync();
        Assert.Equal(first.Id, (await receiver.NextAsync()).Id);
    });

    [FullFact]
    public Task The_clock_moves_on_stops_and_runs_again() => OpenAsync(async (dashboard, page) =>
    {
        var waiting = (await dashboard.Sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        var start = dashboard.Sandbox.Server.Clock.Now;
        await page.GotoAsync(UrlOf(dashboard, "test/controls"));

        await page.GetByRole(AriaRole.Button, new() { Name = "An hour" }).ClickAsync();
        await Expect(page.GetByText("It is 0 d 1 h 0 min ahead")).ToBeVisibleAsync();
        Assert.Equal(IntentStatus.RequiresPaymentMethod, dashboard.Sandbox.Server.Books.Find<PaymentIntent>(waiting.Id)!.Status);
        await page.GetByLabel("Seconds").FillAsync("60");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move on" }).ClickAsync();
        await Expect(page.GetByText("It is 0 d 1 h 1 min ahead")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Let it run" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop it" })).ToBeVisibleAsync();

        Assert.Equal(start.AddSeconds(3660), dashboard.Sandbox.Server.Clock.Now);
    });

    [Fact]
    public Task A_fault_is_armed_for_the_shop_and_spares_the_dashboard() => OpenAsync(async (dashboard, page) =>
    {
        var paid = (await dashboard.Sandbox.PayAsync("pm_card_visa")).Ok();
        await page.GotoAsync(UrlOf(dashboard, "test/controls"));
        await page.GetByLabel("Kind").SelectOptionAsync("error_before");
        await page.GetByRole(AriaRole.Button, new() { Name = "Arm" }).ClickAsync();
        await Expect(page.GetByText("The fault is armed.")).ToBeVisibleAsync();

        await page.GotoAsync(UrlOf(dashboard, $"test/payments/{paid.Id}"));
        await page.Locator("form#refund").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByText("Refunded.", new() { Exact = true })).ToBeVisibleAsync();

        Assert.Equal(500, (await dashboard.Sandbox.GetAsync("/v1/charges")).Status);
        Assert.Equal(200, (await dashboard.Sandbox.GetAsync("/v1/charges")).Status);
        await page.GotoAsync(UrlOf(dashboard, "test/controls"));
        await Expect(page.GetByText("spent")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear them" }).ClickAsync();
        await Expect(page.GetByText("None: every call is answered")).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData("Origin: https://evil.example")]
    [InlineData("Origin: null")]
    [InlineData("Sec-Fetch-Site: cross-site")]
    [InlineData("Sec-Fetch-Site: same-site")]
    [InlineData("Host: evil.example")]
    [InlineData("X-Forwarded-For: 203.0.113.9")]
    public async Task No_other_page_presses_them(string header)
    {
        await using var dashboard = await DashboardUnderTest.StartAsync();
        var paid = (await dashboard.Sandbox.PayAsync("pm_card_visa")).Ok();
        var (name, value) = (header.Split(": ")[0], header.Split(": ")[1]);

        foreach (var action in new[] { "refund", "cancel", "capture", "challenge", "resend", "clock", "arm-fault", "clear-faults" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/_dashboard/actions/{action}")
            {
                Content = new FormUrlEncodedContent([new("id", paid.Id), new("advance", "3600"), new("kind", "html"), new("outcome", "fail")]),
            };
            request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await dashboard.Sandbox.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Empty(dashboard.Sandbox.Server.Books.All<Refund>());
        Assert.Equal(0, (await dashboard.Sandbox.GetAsync("/_sandbox/faults", key: null)).Ok().Json.GetProperty("faults").GetArrayLength());
        using var link = await dashboard.Sandbox.Http.GetAsync(new Uri($"/_dashboard/actions/refund?id={paid.Id}", UriKind.Relative));
        Assert.False(link.IsSuccessStatusCode);
    }

    [Fact]
    public Task Another_origins_form_is_refused_in_a_browser() => OpenAsync(async (dashboard, page) =>
    {
        var paid = (await dashboard.Sandbox.PayAsync("pm_card_visa")).Ok();
        await page.Context.RouteAsync("http://elsewhere.localhost/", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<!doctype html><form method='post' action='{UrlOf(dashboard, "_dashboard/actions/refund")}'><input name='id' value='{paid.Id}'><button>Win</button></form>",
        }));
        await page.GotoAsync("http://elsewhere.localhost/");
        await page.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(page.GetByText("does not answer pages of another origin")).ToBeVisibleAsync();
        Assert.Empty(dashboard.Sandbox.Server.Books.All<Refund>());
    }, problems: "403");

    [Fact]
    public async Task A_notice_that_nobody_left_says_nothing()
    {
        await using var dashboard = await DashboardUnderTest.StartAsync();

        Assert.DoesNotContain("made up", (await dashboard.OpenAsync("/?notice=made+up")).Text(), StringComparison.Ordinal);
    }

    private static string UrlOf(DashboardUnderTest dashboard, string path) => new Uri(dashboard.Sandbox.Server.Address, path).ToString();

    private static Task OpenAsync(Func<DashboardUnderTest, IPage, Task> test, string? problems = null) => BrowserSession.RunAsync(async session =>
    {
        await using var dashboard = await DashboardUnderTest.StartAsync();
        if (problems is not null)
            session.Problems.Expect(problems);
        await test(dashboard, session.Page);
        // The stream of a page that is open would outlive the sandbox.
        await session.Page.GotoAsync("about:blank");
    });
}
