using Microsoft.Playwright;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>What the page says when its connection to the shop is gone.</summary>
internal sealed class ConnectionNotice(IPage page)
{
    public ILocator Box => page.Locator("#components-reconnect-modal");

    public ILocator Trying => Box.GetByText("Reconnecting…");

    public ILocator Lost => Box.GetByText("We lost the connection to this page.");

    public ILocator Paused => Box.GetByText("This page has been paused.");

    public Task ReloadAsync() => Box.GetByRole(AriaRole.Button, new() { Name = "Reload" }).ClickAsync();

    public Task ContinueAsync() => Box.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
}
