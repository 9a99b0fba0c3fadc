using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>Takes the README's pictures; with <c>UPDATE_SCREENSHOTS=1</c> into <c>docs/images</c>, else beside the other artifacts.</summary>
public sealed class ScreenshotTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    [FullFact]
    public Task The_pictures_in_the_README_can_be_taken() => BrowserSession.RunAsync(
        async session =>
        {
            var checkout = await CheckoutScreen.BuyAsync(session, fixture.Shop);
            await session.Page.GetByLabel("E-mail for your receipt").FillAsync("ada@mail.example");
            await session.Page.GetByLabel("Name on card").FillAsync("Ada Shopper");
            await checkout.Card.FillAsync("4000002500003155");
            await TakeAsync(session.Page, "checkout");

            await checkout.PayButton.ClickAsync();
            await checkout.Challenge.ShownAsync();
            await TakeAsync(session.Page, "challenge");
        },
        options =>
        {
            options.ViewportSize = new() { Width = 1120, Height = 1000 };
            options.ReducedMotion = ReducedMotion.Reduce;
        });

    internal static async Task TakeAsync(IPage page, string name, bool isForReadme = true)
    {
        var artifacts = BrowserSession.ArtifactsFolder();
        var folder = isForReadme && Environment.GetEnvironmentVariable("UPDATE_SCREENSHOTS") == "1"
            ? Path.Combine(artifacts, "..", "docs", "images")
            : Path.Combine(artifacts, "screenshots");
        var picture = await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });

        // A picture of nothing is small.
        Assert.True(picture.Length > 10_000, $"The picture of the {name} is {picture.Length} bytes.");
    }
}
