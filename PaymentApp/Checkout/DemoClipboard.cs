using Microsoft.JSInterop;

namespace PaymentApp.Checkout;

/// <summary>The browser's clipboard: one C# method for each function of <c>DemoPanel.razor.js</c>.</summary>
internal sealed class DemoClipboard(IJSRuntime runtime, string scriptPath) : IAsyncDisposable
{
    private Task<IJSObjectReference>? module;

    /// <summary>False where the browser does not let it, or is not there any more.</summary>
    public async Task<bool> CopyAsync(string text)
    {
        module ??= runtime.InvokeAsync<IJSObjectReference>("import", scriptPath).AsTask();
        try
        {
            return await (await module).InvokeAsync<bool>("copy", text);
        }
        catch (Exception refused) when (refused is JSException or JSDisconnectedException or OperationCanceledException)
        {
            if (module is { IsCompletedSuccessfully: false })
                module = null;
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (module is null)
            return;

        try
        {
            await (await module).DisposeAsync();
        }
        catch (Exception gone) when (gone is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The module never came, or the browser left: there is nothing to release.
        }
    }
}
