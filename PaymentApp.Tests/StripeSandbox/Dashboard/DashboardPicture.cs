using System.Globalization;
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
        await PayAsync("pm_card_mastercard", 4900, "Desk lamp");
        var refunded = (await PayAsync("pm_card_visa", 1250, "Notebook, dotted")).Ok().Id;
        await sandbox.PostAsync("/v1/refunds", ("payment_intent", refunded), ("amount", "500"));
        sandbox.Clock.Advance(TimeSpan.FromMinutes(7));
        await PayAsync("pm_card_chargeDeclinedInsufficientFunds", 8900, "Fountain pen");
        var failed = (await PayAsync(
            "pm_card_authenticationRequired", 3400, "Blue teapot", ("error_on_requires_action", "true"), ("metadata[order_id]", "1042")))
            .Text("error.payment_intent.id");
        sandbox.Clock.Advance(TimeSpan.FromMinutes(4));
        var refused = (await PayAsync("pm_card_authenticationRequired", 12900, "Wall clock")).Ok().Id;
        await sandbox.AnswerChallengeAsync(refused, "fail");
        await PayAsync("pm_card_amex", 6800, "Two blue teapots", ("capture_method", "manual"));
        sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        await PayAsync("pm_card_visa", 4900, "Desk lamp");
        await PayAsync("pm_card_authenticationRequired", 12900, "Wall clock");
        return failed;

        Task<SandboxAnswer> PayAsync(string method, long amount, string description, params (string Name, string Value)[] more) =>
            sandbox.PostAsync("/v1/payment_intents",
            [
                .. SandboxUnderTest.Guide(method).Where(field => field.Name != "amount"),
                ("amount", amount.ToString(CultureInfo.InvariantCulture)), ("description", description), .. more,
            ]);
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
