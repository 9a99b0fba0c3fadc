using System.Net;
using StripeSandbox;

namespace PaymentApp.Tests.Sandbox.Dashboard;

public sealed class PaymentListTests : IAsyncLifetime
{
    private DashboardUnderTest _dashboard = null!;

    private SandboxUnderTest Sandbox => _dashboard.Sandbox;

    public async Task InitializeAsync() => _dashboard = await DashboardUnderTest.StartAsync();

    public async Task DisposeAsync() => await _dashboard.DisposeAsync();

    [Fact]
    public async Task Without_payments_it_says_how_they_come()
    {
        var page = await _dashboard.OpenAsync();

        Assert.Contains("No payments yet", page.Text(), StringComparison.Ordinal);
        Assert.Equal("0", page.Count("all"));
        Assert.Empty(page.Document.QuerySelectorAll(".callout"));
    }

    [Fact]
    public async Task Payments_stand_newest_first_with_amount_status_and_decline_code()
    {
        var paid = (await Sandbox.PayAsync("pm_card_visa")).Ok().Id;
        var declined = (await Sandbox.PayAsync("pm_card_chargeDeclinedInsufficientFunds")).Text("error.payment_intent.id");
        var waiting = (await Sandbox.PayAsync("pm_card_authenticationRequired")).Ok().Id;

        var page = await _dashboard.OpenAsync();

        Assert.Equal([waiting, declined, paid], page.Rows());
        Assert.StartsWith("$19.99 Succeeded", page.Row(paid), StringComparison.Ordinal);
        Assert.StartsWith("$19.99 Declined insufficient_funds", page.Row(declined), StringComparison.Ordinal);
        Assert.StartsWith("$19.99 Waits for the bank", page.Row(waiting), StringComparison.Ordinal);
        Assert.All(page.Rows(), id => Assert.NotNull(page.Document.QuerySelector($"a[href='/test/payments/{id}']")));
    }

    [Fact]
    public async Task Payments_that_are_lost_to_the_banks_authentication_are_counted_and_can_be_chosen()
    {
        await Sandbox.PayAsync("pm_card_visa");
        await Sandbox.PayAsync("pm_card_chargeDeclined");
        var failed = await _dashboard.FailAuthenticationAsync();
        var unhandled = await _dashboard.FailToHandleAuthenticationAsync();

        var page = await _dashboard.OpenAsync();

        var callout = page.Document.QuerySelector(".callout")!.TextContent.Squeezed();
        Assert.Contains("2 of 4 payments failed bank authentication 50 %", callout, StringComparison.Ordinal);
        Assert.Contains("1 never reached the shopper", callout, StringComparison.Ordinal);
        Assert.Contains("requires_action_not_handled", callout, StringComparison.Ordinal);
        Assert.Contains("1 reached the shopper, who did not pass", callout, StringComparison.Ordinal);
        Assert.Equal("2", page.Count("authentication"));
        Assert.Equal("1", page.Count("declined"));

        var chosen = await _dashboard.OpenAsync(page.Document.QuerySelector(".callout a")!.GetAttribute("href")!);
        Assert.Equal([unhandled, failed], chosen.Rows());
        Assert.Contains("Failed bank authentication", chosen.Row(unhandled), StringComparison.Ordinal);
        Assert.Contains("authentication_not_handled", chosen.Row(unhandled), StringComparison.Ordinal);
        Assert.Contains("payment_intent_authentication_failure", chosen.Row(failed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_that_got_through_after_all_is_not_lost()
    {
        var intent = await _dashboard.FailToHandleAuthenticationAsync();
        Assert.Equal("1", (await _dashboard.OpenAsync()).Count("authentication"));

        await Sandbox.ConfirmAsync(intent, ("payment_method", "pm_card_visa"));

        var page = await _dashboard.OpenAsync();
        Assert.Equal("0", page.Count("authentication"));
        Assert.Equal("1", page.Count("succeeded"));
        Assert.Empty(page.Document.QuerySelectorAll(".callout"));
    }

    [Fact]
    public async Task A_payment_that_was_given_up_after_it_is_lost()
    {
        var intent = await _dashboard.FailAuthenticationAsync();

        (await Sandbox.PostAsync($"/v1/payment_intents/{intent}/cancel")).Ok();

        var page = await _dashboard.OpenAsync();
        Assert.Equal("1", page.Count("authentication"));
        Assert.Equal("0", page.Count("canceled"));
    }

    [Fact]
    public async Task Every_view_counts_and_shows_its_own()
    {
        var uncaptured = (await Sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok().Id;
        var canceled = (await Sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "eur"))).Ok().Id;
        await Sandbox.PostAsync($"/v1/payment_intents/{canceled}/cancel");
        var incomplete = (await Sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "jpy"))).Ok().Id;

        foreach (var (view, id) in new[] { ("uncaptured", uncaptured), ("canceled", canceled), ("incomplete", incomplete) })
        {
            var page = await _dashboard.OpenAsync($"/?view={view}");
            Assert.Equal("1", page.Count(view));
            Assert.Equal([id], page.Rows());
        }

        Assert.Contains("¥1,999", (await _dashboard.OpenAsync()).Row(incomplete), StringComparison.Ordinal);
        Assert.Equal(3, (await _dashboard.OpenAsync("/?view=nonsense")).Rows().Count);
    }

    [Fact]
    public async Task What_went_back_to_the_shopper_is_told()
    {
        var partly = (await Sandbox.PayAsync("pm_card_visa")).Ok().Id;
        var whole = (await Sandbox.PayAsync("pm_card_visa")).Ok().Id;
        await Sandbox.PostAsync("/v1/refunds", ("payment_intent", partly), ("amount", "1"));
        await Sandbox.PostAsync("/v1/refunds", ("payment_intent", whole));
        var disputed = (await Sandbox.PayAsync("pm_card_createDispute")).Ok().Id;

        var page = await _dashboard.OpenAsync();

        Assert.Contains("Partially refunded", page.Row(partly), StringComparison.Ordinal);
        Assert.Contains(" Refunded", page.Row(whole), StringComparison.Ordinal);
        Assert.Contains("Disputed", page.Row(disputed), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pm_card_createDispute", "won", "Won")]
    [InlineData("pm_card_createDispute", "lost", "Lost")]
    [InlineData("pm_card_createDisputeInquiry", "won", "Inquiry closed")]
    [InlineData("pm_card_createDisputeInquiry", "lost", "Inquiry closed")]
    public async Task A_settled_dispute_is_told_by_its_end(string card, string outcome, string told)
    {
        var (intent, disputes) = await DisputedAsync(card);
        await Sandbox.PostAsync($"/_sandbox/disputes/{disputes[0]}/settle", ("outcome", outcome));

        var row = (await _dashboard.OpenAsync()).Row(intent);

        Assert.Contains($"{told} ", row, StringComparison.Ordinal);
        Assert.DoesNotContain("Disputed", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_is_disputed_until_its_last_dispute_has_ended_and_lost_when_one_is()
    {
        var (intent, disputes) = await DisputedAsync("pm_card_createMultipleDisputes");
        Assert.Equal(2, disputes.Count);
        await Sandbox.PostAsync($"/_sandbox/disputes/{disputes[0]}/settle", ("outcome", "lost"));
        Assert.Contains("Disputed", (await _dashboard.OpenAsync()).Row(intent), StringComparison.Ordinal);

        await Sandbox.PostAsync($"/_sandbox/disputes/{disputes[1]}/settle", ("outcome", "won"));

        Assert.Contains("Lost ", (await _dashboard.OpenAsync()).Row(intent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_refunded_after_a_dispute_was_won_is_refunded()
    {
        var (intent, disputes) = await DisputedAsync("pm_card_createDispute");
        await Sandbox.PostAsync($"/_sandbox/disputes/{disputes[0]}/settle", ("outcome", "won"));
        await Sandbox.PostAsync("/v1/refunds", ("payment_intent", intent));

        Assert.Contains(" Refunded", (await _dashboard.OpenAsync()).Row(intent), StringComparison.Ordinal);
    }

    private async Task<(string Intent, IReadOnlyList<string> Disputes)> DisputedAsync(string card)
    {
        var intent = (await Sandbox.PayAsync(card)).Ok().Id;
        var disputes = (await Sandbox.GetAsync($"/v1/disputes?payment_intent={intent}")).Ok().Json.GetProperty("data");
        return (intent, [.. disputes.EnumerateArray().Select(dispute => dispute.GetProperty("id").GetString()!)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("incomplete")]
    public async Task Pages_follow_each_other_in_both_directions(string view)
    {
        var ids = new List<string>();
        for (var number = 0; number < 60; number++)
        {
            if (number % 7 == 0 && view.Length > 0)
                await Sandbox.PayAsync("pm_card_visa");
            ids.Insert(0, (await Sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"))).Ok().Id);
        }

        var first = await _dashboard.OpenAsync($"/?view={view}");
        Assert.Equal(ids[..25], first.Rows());
        Assert.Null(first.Pager("Newer"));
        var second = await _dashboard.OpenAsync(first.Pager("Older")!);
        Assert.Equal(ids[25..50], second.Rows());
        var last = await _dashboard.OpenAsync(second.Pager("Older")!);
        Assert.Equal(ids[50..], last.Rows());
        Assert.Null(last.Pager("Older"));

        var back = await _dashboard.OpenAsync(last.Pager("Newer")!);
        Assert.Equal(ids[25..50], back.Rows());
        Assert.Equal(ids[..25], (await _dashboard.OpenAsync(back.Pager("Newer")!)).Rows());
    }

    [Fact]
    public async Task What_a_caller_writes_stays_text()
    {
        const string Hostile = "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>";
        var intent = (await Sandbox.PayAsync("pm_card_visa", ("description", Hostile), ("metadata[<b>\"key]", Hostile))).Ok().Id;
        await Sandbox.PostAsync("/v1/payment_intents/" + Uri.EscapeDataString(Hostile));

        foreach (var path in new[] { "/", $"/test/payments/{intent}", "/test/logs", $"/?view={Uri.EscapeDataString(Hostile)}&after={Uri.EscapeDataString(Hostile)}" })
        {
            var page = await _dashboard.OpenAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Equal(["/_dashboard/dashboard.js"], page.Document.QuerySelectorAll("script").Select(script => script.GetAttribute("src")));
            Assert.Empty(page.Document.QuerySelectorAll("img, b, [onerror], [style], style"));
        }

        Assert.Contains(Hostile, (await _dashboard.OpenPaymentAsync(intent)).Document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_empties_it()
    {
        var intent = await _dashboard.FailAuthenticationAsync();
        Assert.Single((await _dashboard.OpenAsync()).Rows());

        (await Sandbox.PostAsAsync(null, "/_sandbox/reset")).Ok();

        var page = await _dashboard.OpenAsync();
        Assert.Empty(page.Rows());
        Assert.Equal("0", page.Count("authentication"));
        Assert.Equal(HttpStatusCode.NotFound, (await _dashboard.OpenPaymentAsync(intent)).Status);
        Assert.Contains("No requests", (await _dashboard.OpenAsync("/test/logs")).Text(), StringComparison.Ordinal);

        await Sandbox.PayAsync("pm_card_visa");
        Assert.Equal("1", (await _dashboard.OpenAsync()).Count("succeeded"));
    }

    [Fact]
    public async Task Payments_of_before_a_restart_are_counted_too()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("dashboard-").FullName, "sandbox.data");
        await using (var before = await SandboxUnderTest.StartAsync(options => options.Data = file))
            await before.PayAsync("pm_card_visa");

        await using var after = await DashboardUnderTest.StartAsync(options => options.Data = file);

        Assert.Equal("1", (await after.OpenAsync()).Count("succeeded"));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
