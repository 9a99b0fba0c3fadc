using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.Sandbox.Dashboard;

/// <summary>The dashboard in a real browser: what changes while somebody watches, and whether everybody can.</summary>
public sealed class LiveDashboardTests
{
    [Fact]
    public Task A_payment_appears_without_a_reload() => RunAsync(async (page, dashboard) =>
    {
        await OpenAsync(page, dashboard.Sandbox, "/");
        await page.EvaluateAsync("window.isTheSame = true");

        var intent = (await dashboard.Sandbox.PayAsync("pm_card_authenticationRequired")).Ok().Id;

        await Expect(page.Locator($"#{intent}")).ToContainTextAsync("Waits for the bank");
        await Expect(page.Locator("#view-all .count")).ToHaveTextAsync("1");
        await dashboard.Sandbox.AnswerChallengeAsync(intent, "fail");
        await Expect(page.Locator($"#{intent}")).ToContainTextAsync("Failed bank authentication");
        await Expect(page.Locator(".callout")).ToContainTextAsync("1 of 1 payment failed");
        Assert.True(await page.EvaluateAsync<bool>("window.isTheSame"));
    });

    [FullFact]
    public Task What_was_unfolded_or_has_the_focus_stays_so() => RunAsync(async (page, dashboard) =>
    {
        var intent = (await dashboard.Sandbox.PayAsync("pm_card_authenticationRequired")).Ok().Id;
        await OpenAsync(page, dashboard.Sandbox, $"/test/payments/{intent}");
        var summary = page.Locator($"#object-{intent} summary");
        await summary.ClickAsync();
        await Expect(page.Locator($"#object-{intent} pre")).ToBeVisibleAsync();

        await dashboard.Sandbox.AnswerChallengeAsync(intent, "succeed");
        var paid = (await dashboard.Sandbox.ConfirmAsync(intent)).Ok();

        await Expect(page.Locator($"#object-{intent} pre")).ToContainTextAsync("\"status\": \"succeeded\"");
        await Expect(page.Locator($"#object-{intent} pre")).ToBeVisibleAsync();
        await Expect(summary).ToBeFocusedAsync();
        await Expect(page.Locator($"#object-{paid.Text("latest_charge")}")).ToHaveCountAsync(1);
    });

    [Fact]
    public Task A_form_that_somebody_is_filling_in_stays_while_the_page_around_it_changes() => RunAsync(async (page, dashboard) =>
    {
        var intent = (await dashboard.Sandbox.PayAsync("pm_card_chargeDeclined")).Text("error.payment_intent.id");
        await OpenAsync(page, dashboard.Sandbox, $"/test/payments/{intent}");
        var reason = page.Locator("form#cancel").GetByLabel("Reason");
        await reason.SelectOptionAsync("abandoned");
        await reason.FocusAsync();
        await Expect(page.Locator(".callout")).ToBeVisibleAsync();

        await dashboard.Sandbox.ConfirmAsync(intent, ("payment_method", "pm_card_authenticationRequired"));
        await Expect(page.Locator("form#complete-challenge")).ToBeVisibleAsync();
        await Expect(page.Locator(".callout")).ToHaveCountAsync(0);
        await Expect(reason).ToBeFocusedAsync();
        await Expect(reason).ToHaveValueAsync("abandoned");

        await dashboard.Sandbox.AnswerChallengeAsync(intent, "succeed");
        await Expect(page.Locator("form#complete-challenge")).ToHaveCountAsync(0);
        await Expect(reason).ToBeFocusedAsync();
        await Expect(reason).ToHaveValueAsync("abandoned");
    });

    [FullFact]
    public Task Requests_appear_as_they_are_made() => RunAsync(async (page, dashboard) =>
    {
        await OpenAsync(page, dashboard.Sandbox, "/test/logs");

        var refused = await dashboard.Sandbox.GetAsync("/v1/charges/ch_nobody");

        await Expect(page.Locator($"#{refused.Header("Request-Id")}")).ToContainTextAsync("resource_missing");
        await page.Locator($"#{refused.Header("Request-Id")} a").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("/v1/charges/ch_nobody");
    });

    [FullFact]
    public Task A_lost_connection_is_told_and_found_again_after_a_restart() => BrowserSession.RunAsync(async session =>
    {
        // The sandbox ends under the page's connection, and perhaps under the loading of its icon.
        session.Problems.Expect("ERR_|icon\\.svg");
        var first = await SandboxServer.StartAsync(new SandboxOptions { Url = "http://127.0.0.1:0" });
        var address = first.Address;
        await session.Page.GotoAsync(address.ToString());
        await Expect(session.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");

        await first.DisposeAsync();
        await Expect(session.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Connection lost");

        await using var second = await SandboxServer.StartAsync(new SandboxOptions { Url = address.ToString() });
        await Expect(session.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", SandboxUnderTest.SecretKey);
        using var form = new FormUrlEncodedContent([new("amount", "1999"), new("currency", "usd")]);
        using var created = await client.PostAsync(new Uri("/v1/payment_intents", UriKind.Relative), form);
        created.EnsureSuccessStatusCode();
        await Expect(session.Page.Locator("tbody tr")).ToHaveCountAsync(1);
    });

    [FullFact]
    public Task A_reset_empties_the_page_that_is_open() => RunAsync(async (page, dashboard) =>
    {
        await dashboard.Sandbox.PayAsync("pm_card_visa");
        await OpenAsync(page, dashboard.Sandbox, "/");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);

        await dashboard.Sandbox.PostAsAsync(null, "/_sandbox/reset");

        await Expect(page.GetByText("No payments yet")).ToBeVisibleAsync();
    });

    /// <summary>One look; in a full run each scheme with each width.</summary>
    public static TheoryData<ColorScheme, int> Views => TestSize.IsFull
        ? new() { { ColorScheme.Light, 1160 }, { ColorScheme.Dark, 1160 }, { ColorScheme.Light, 390 }, { ColorScheme.Dark, 390 } }
        : new() { { ColorScheme.Dark, 390 } };

    [FullTheory]
    [MemberData(nameof(Views))]
    public Task Its_pages_have_no_known_barrier(ColorScheme scheme, int width) => RunAsync(
        async (page, dashboard) =>
        {
            var failed = await DashboardPicture.FillAsync(dashboard);
            var error = await dashboard.Sandbox.GetAsync("/v1/charges/ch_nobody");
            var paths = new[] { "/", "/?view=canceled", "/test/logs", $"/test/payments/{failed}", $"/test/logs/{error.Header("Request-Id")}", "/test/logs/req_1" };
            foreach (var (path, number) in paths.Select((path, number) => (path, number)))
            {
                await OpenAsync(page, dashboard.Sandbox, path);
                await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
                await Accessibility.CheckAsync(page, path);
                await DashboardPicture.TakeAsync(page, $"dashboard-{scheme}-{width}-{number}".ToLowerInvariant(), isForReaders: false);
            }
        },
        options =>
        {
            options.ColorScheme = scheme;
            options.ReducedMotion = ReducedMotion.Reduce;
            options.ViewportSize = new() { Width = width, Height = 800 };
            // The checker styles the page inline to measure it.
            options.BypassCSP = true;
        });

    private static Task RunAsync(Func<IPage, DashboardUnderTest, Task> test, Action<BrowserNewContextOptions>? configure = null) =>
        BrowserSession.RunAsync(
            async session =>
            {
                session.Problems.Expect("status of 404");
                await using var dashboard = await DashboardUnderTest.StartAsync();
                await test(session.Page, dashboard);
                await session.Page.GotoAsync("about:blank");
            },
            configure);

    private static async Task OpenAsync(IPage page, SandboxUnderTest sandbox, string path)
    {
        await page.GotoAsync(new Uri(sandbox.Server.Address, path).ToString());
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
    }
}
