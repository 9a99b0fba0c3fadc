using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Microsoft.JSInterop.Infrastructure;

namespace PaymentApp.Tests.Checkout;

/// <summary>Calls .NET as the page's script does: by the reference it was given, a method's name, and JSON.</summary>
internal sealed class ScriptRelay(Dispatcher circuit) : JSRuntime
{
    private readonly Dictionary<object, long> _known = [];
    private Exception? _refusal;

    /// <exception cref="JSException">.NET did not take the call.</exception>
    public async Task InvokeAsync(object reference, string method, string argumentsJson)
    {
        if (!_known.TryGetValue(reference, out var id))
            _known[reference] = id = JsonSerializer.SerializeToElement(reference, JsonSerializerOptions).GetProperty("__dotNetObject").GetInt64();

        _refusal = null;
        await circuit.InvokeAsync(() =>
            DotNetDispatcher.BeginInvokeDotNet(this, new DotNetInvocationInfo(null, method, id, "1"), argumentsJson));
        if (_refusal is not null)
            throw new JSException(_refusal.Message, _refusal);
    }

    protected override void EndInvokeDotNet(DotNetInvocationInfo invocationInfo, in DotNetInvocationResult invocationResult) =>
        _refusal = invocationResult.Exception;

    protected override void BeginInvokeJS(long taskId, string identifier, string? argsJson, JSCallResultType resultType, long targetInstanceId) =>
        throw new NotSupportedException();
}
