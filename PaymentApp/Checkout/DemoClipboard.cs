using Microsoft.JSInterop;

namespace PaymentApp.Checkout;

/// <summary>The browser's clipboard: one C# method for each function of <c>DemoPanel.razor.js</c>.</summary>
internal sealed class DemoClipboard(BrowserConnection browser, IJSRuntime runtime, string scriptPath) : IAsyncDisposable
{
    private Task<IJSObjectReference?>? _module;

    /// <summary>False where the browser does not let it, or is not there any more.</summary>
    public async Task<bool> CopyAsync(string text)
    {
        try
        {
            _module ??= ImportAsync();
            if (await _module is { } module)
                return await browser.RepeatAsync(stop => module.InvokeAsync<bool>("copy", stop, text), BrowserConnection.ScriptTime)
                    is BrowserAnswer<bool>.Answered { Value: true };
        }
        catch (JSDisconnectedException)
        {
            return false;
        }

        // The next click tries to load it anew.
        _module = null;
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null && await _module is { } module)
                await browser.RepeatAsync(_ => module.DisposeAsync());
        }
        catch (JSDisconnectedException)
        {
            // The browser left: there is nothing to release.
        }
    }

    private async Task<IJSObjectReference?> ImportAsync() =>
        await browser.RepeatAsync(_ => runtime.InvokeAsync<IJSObjectReference>("import", scriptPath), BrowserConnection.ScriptTime)
            is BrowserAnswer<IJSObjectReference>.Answered { Value: var module }
            ? module
            : null;
}
