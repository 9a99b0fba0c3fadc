using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Sandbox.Dashboard;

/// <summary>What pictures of the dashboard show, and where they go.</summary>
internal static class DashboardPicture
{
    /// <summary>A morning in a shop; the id of a payment that failed for want of authentication.</summary>
    public static async Task<string> FillAsync(DashboardUnderTest dashboard)
    {
        var sandbox = dashboard.Sandbox;
        await sandbox.PayAsync("pm_card_mastercard", ("description", "Desk lamp"));
        var refunded = (await sandbox.PayAsync("pm_card_visa", ("description", "Notebook, dotted"))).Ok().Id;
        await sandbox.PostAsync("/v1/refunds", ("payment_intent", refunded), ("amount", "500"));
        sandbox.Clock.Advance(TimeSpan.FromMinutes(7));
        await sandbox.PayAsync("pm_card_chargeDeclinedInsufficientFunds", ("description", "Fountain pen"));
        var failed = (await sandbox.PayAsync(
            "pm_card_authenticationRequired", ("error_on_requires_action", "true"), ("description", "Blue teapot"), ("metadata[order_id]", "1042")))
            .Text("error.payment_intent.id");
        sandbox.Clock.Advance(TimeSpan.FromMinutes(4));
        await dashboard.FailAuthenticationAsync();
        await sandbox.PayAsync("pm_card_amex", ("description", "Blue teapot"), ("capture_method", "manual"));
        sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        await sandbox.PayAsync("pm_card_visa", ("description", "Desk lamp"));
        await sandbox.PayAsync("pm_card_authenticationRequired", ("description", "Wall clock"));
        return failed;
    }

    /// <summary>Takes a picture; one for the README goes into <c>docs/images</c> with <c>UPDATE_SCREENSHOTS=1</c>.</summary>
    public static async Task<byte[]> TakeAsync(IPage page, string name, bool isForReaders)
    {
        var artifacts = BrowserSession.ArtifactsFolder();
        var folder = isForReaders && Environment.GetEnvironmentVariable("UPDATE_SCREENSHOTS") == "1"
            ? Path.Combine(artifacts, "..", "docs", "images")
            : Path.Combine(artifacts, "screenshots");
        return await page.ScreenshotAsync(
            new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled, FullPage = !isForReaders });
    }
}
