using Microsoft.JSInterop;
using Microsoft.JSInterop.Infrastructure;

namespace PaymentApp.Tests.Checkout;

/// <summary>
/// A JavaScript object under a name of its own, so that its calls, and its release, are in bUnit's strict script as
/// <c>name.function</c> and <c>name.release</c>.
/// </summary>
internal sealed class ScriptObject(string name, IJSRuntime script) : IJSObjectReference
{
    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
        script.InvokeAsync<TValue>($"{name}.{identifier}", args);

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
        script.InvokeAsync<TValue>($"{name}.{identifier}", cancellationToken, args);

    public async ValueTask DisposeAsync() => await script.InvokeAsync<IJSVoidResult>($"{name}.release", []);
}
