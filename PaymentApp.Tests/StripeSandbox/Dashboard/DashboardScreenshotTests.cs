using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.Sandbox.Dashboard;

public sealed class DashboardScreenshotTests
{
    [Fact]
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
}
