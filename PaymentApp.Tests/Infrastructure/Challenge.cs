using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>The bank's modal, found as browser tests written for Stripe's test mode find it.</summary>
public sealed class Challenge(IPage page)
{
    public ILocator Dialog => page.GetByRole(AriaRole.Dialog, new() { Name = "Bank authentication" });

    public IFrameLocator Frame => page.FrameLocator("iframe[src*='three-ds']");

    public IFrameLocator Bank => Frame.FrameLocator("iframe#challengeFrame");

    public ILocator CompleteButton => Bank.Locator("#test-source-authorize-3ds");

    public ILocator FailButton => Bank.Locator("#test-source-fail-3ds");

    public ILocator CloseButton => Frame.GetByRole(AriaRole.Button, new() { Name = "Close and do not authenticate" });

    public Task ShownAsync() => Expect(CompleteButton).ToBeEnabledAsync();

    public Task CompleteAsync() => EndAsync(() => CompleteButton.ClickAsync());

    public Task FailAsync() => EndAsync(() => FailButton.ClickAsync());

    public Task CloseAsync() => EndAsync(() => CloseButton.ClickAsync());

    public Task EscapeAsync() => EndAsync(() => page.Keyboard.PressAsync("Escape"));

    private async Task EndAsync(Func<Task> end)
    {
        await ShownAsync();
        await end();
        await Expect(Dialog).ToHaveCountAsync(0);
    }
}
