using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.Sandbox.Dashboard;

public sealed class DashboardScreenshotTests
{
    public static TheoryData<int, ColorScheme> Looks { get; } = TestSize.Pairs([1280, 390], [ColorScheme.Light, ColorScheme.Dark]);

    [FullFact]
    public Task The_picture_in_the_README_can_be_taken() => BrowserSession.RunAsync(
        async session =>
        {
            await using var dashboard = await DashboardUnderTest.StartAsync();
            await DashboardPicture.FillAsync(dashboard);
            await session.Page.GotoAsync(dashboard.Sandbox.Server.Address.ToString());
            await Expect(session.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");

            var picture = await DashboardPicture.TakeAsync(session.Page, "dashboard", isForReaders: true);

            // A picture of nothing is small.
            Assert.True(picture.Length > 10_000, $"The picture is {picture.Length} bytes.");
            await session.Page.GotoAsync("about:blank");
        },
        options =>
        {
            options.ViewportSize = new() { Width = 1120, Height = 790 };
            options.ReducedMotion = ReducedMotion.Reduce;
        });

    [FullTheory]
    [MemberData(nameof(Looks))]
    public Task What_can_be_done_fits_the_page_and_can_be_read(int width, ColorScheme theme) => BrowserSession.RunAsync(
        async session =>
        {
            await using var dashboard = await DashboardUnderTest.StartAsync();
            await DashboardPicture.FillAsync(dashboard);
            await dashboard.Sandbox.PostAsAsync(null, "/_sandbox/faults", ("kind", "error_after"), ("route", "POST /v1/payment_intents/{id}/confirm"));
            await dashboard.Sandbox.PostAsAsync(null, "/_sandbox/webhook_endpoints", ("url", "http://127.0.0.1:1/a/long/address/of/an/endpoint"), ("secret", "whsec_1"));
            var paid = (await dashboard.Sandbox.PayAsync("pm_card_visa")).Ok().Id;
            var held = (await dashboard.Sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok().Id;
            var waiting = (await dashboard.Sandbox.PayAsync("pm_card_authenticationRequired")).Ok().Id;
            foreach (var (name, path) in new[]
                     {
                         ("search", "?q=4242"), ("paid", $"test/payments/{paid}"), ("held", $"test/payments/{held}"), ("waiting", $"test/payments/{waiting}"), ("controls", "test/controls"),
                     })
            {
                await session.Page.GotoAsync(new Uri(dashboard.Sandbox.Server.Address, path).ToString());
                await Expect(session.Page.Locator("#live")).ToHaveTextAsync("Live");
                await DashboardPicture.TakeAsync(session.Page, $"dashboard-{name}-{width}-{theme}", isForReaders: false);
                Assert.Equal(width, await session.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
                await Accessibility.CheckRulesAsync(session.Page, name);
            }

            await session.Page.GotoAsync("about:blank");
        },
        options =>
        {
            options.ViewportSize = new() { Width = width, Height = 900 };
            options.ColorScheme = theme;
            options.ReducedMotion = ReducedMotion.Reduce;
        });
}
