using Microsoft.Playwright;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>
/// Waits for a condition in a page's script, asked from outside again and again. Playwright's own wait asks from within the
/// page: unless the condition is true at once, a page whose policy forbids <c>eval</c> refuses it.
/// </summary>
internal static class PageCondition
{
    public static Task BecomesTrueAsync(this IPage page, string condition) => page.MainFrame.BecomesTrueAsync(condition);

    public static Task BecomesTrueAsync(this IFrame frame, string condition) =>
        Eventually.TrueAsync(() => frame.EvaluateAsync<bool>($"Boolean({condition})"));
}
