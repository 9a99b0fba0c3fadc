using System.Globalization;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace PaymentApp.Bench.Load;

/// <summary>What is on a page that a circuit moves: its scripts, and whoever looks at it.</summary>
internal interface ICircuitPage
{
    /// <summary>The answer of a script, in JSON; null for one that answers nothing or an object.</summary>
    string? Answer(string function);

    void Show(RenderBatch batch);
}

/// <summary>A page that can be opened and then left open.</summary>
internal interface IHeldPage : IAsyncDisposable
{
    /// <summary>Opens it, up to a circuit that has shown it.</summary>
    Task OpenAsync();
}

/// <summary>
/// The browser's end of a Blazor circuit, without a document: it acknowledges what it is sent, answers scripts' calls and
/// raises events, as blazor.web.js of .NET 10 does.
/// </summary>
internal sealed class Circuit : IAsyncDisposable
{
    private const long ObjectResult = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // As often as SignalR's own client.
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    private readonly Browser _browser;
    private readonly WebSocket _socket;
    private readonly ICircuitPage _page;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource<long> _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Timer _pings;
    private TaskCompletionSource<long> _updated = new();
    private Task _listening = Task.CompletedTask;
    private string _last = "";
    private int _objects;
    private int _calls;
    private int _updates;
    private bool _isLeft;

    private Circuit(Browser browser, WebSocket socket, ICircuitPage page)
    {
        (_browser, _socket, _page) = (browser, socket, page);
        _pings = new Timer(_ => _ = SendAsync(new HubMessage.Ping()), state: null, PingEvery, PingEvery);
    }

    /// <summary>Opens a circuit for a page and adds its components to it.</summary>
    public static async Task<Circuit> OpenAsync(Browser browser, BlazorPage html, ICircuitPage page)
    {
        var circuit = new Circuit(browser, await browser.ConnectAsync(), page);
        await circuit.StartAsync(html);
        return circuit;
    }

    /// <summary>Waits for something that the circuit sends.</summary>
    /// <exception cref="InvalidOperationException">The circuit ended.</exception>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public async Task<T> WaitForAsync<T>(Task<T> awaited, [CallerArgumentExpression(nameof(awaited))] string what = "")
    {
        try
        {
            if (await Task.WhenAny(awaited, _listening).WaitAsync(Patience) == awaited)
                return await awaited;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"A circuit did not get as far as {what}; the last that came was {_last}.");
        }

        await _listening;
        throw new InvalidOperationException("The circuit was closed.");
    }

    /// <summary>Has the circuit take over the components of a page, or give those that it has the parameters of a page that was loaded anew.</summary>
    public async Task UpdateAsync(BlazorPage html)
    {
        _updated = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await InvokeAsync(id: null, "UpdateRootComponents", html.Operations(_updates, isFirst: _updates++ == 0), html.State);
        await WaitForAsync(_updated.Task);
    }

    /// <summary>Raises an event that carries nothing, such as a form's submission.</summary>
    public async Task RaiseAsync(string name, long handler) => await InvokeAsync(
        id: null, "BeginInvokeDotNetFromJS",
        Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture), null, "DispatchEventAsync", await WaitForAsync(_attached.Task),
        $$"""[{"eventHandlerId":{{handler}},"eventName":"{{name}}","eventFieldInfo":null},{}]""");

    /// <summary>Leaves the page.</summary>
    public async ValueTask DisposeAsync()
    {
        _isLeft = true;
        await _pings.DisposeAsync();
        if (_started.Task.IsCompletedSuccessfully)
            await _browser.LeaveAsync(await _started.Task);
        // The server may have been the first.
        _socket.Abort();
        await _listening;
        _socket.Dispose();
    }

    private async Task StartAsync(BlazorPage html)
    {
        await _socket.SendAsync(HubMessage.Handshake.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        _listening = ListenAsync();
        await InvokeAsync("0", "StartCircuit", new Uri(html.Address, "/").ToString(), html.Address.ToString(), "[]", "");
        await WaitForAsync(_started.Task);
        await WaitForAsync(_attached.Task);
        await UpdateAsync(html);
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[4096];
        var length = 0;
        var isGreeted = false;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                    Array.Resize(ref buffer, 2 * length);
                var received = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (received.MessageType is WebSocketMessageType.Close)
                    return;
                length += received.Count;
                ReadOnlyMemory<byte> arrived = buffer.AsMemory(0, length);
                if (!isGreeted)
                {
                    if (arrived.Span.IndexOf((byte)'\u001e') is not (>= 0 and var end))
                        continue;
                    arrived = arrived[(end + 1)..];
                    isGreeted = true;
                }

                while (HubMessage.TryTake(ref arrived, out var message))
                    await TakeAsync(message!);
                arrived.CopyTo(buffer);
                length = arrived.Length;
            }
        }
        catch (Exception) when (_isLeft)
        {
            // The page was left: whatever the server has to say of it, nobody listens.
        }
    }

    private async Task TakeAsync(HubMessage message)
    {
        if (message is HubMessage.Invocation { Target: var target, Arguments: var sent })
            _last = target == "JS.BeginInvokeJS" ? $"{target} {sent[1]}" : target;
        switch (message)
        {
            case HubMessage.Completion { Id: "0", Result: string circuit }:
                _started.TrySetResult(circuit);
                break;
            case HubMessage.Completion:
                throw new InvalidOperationException("The circuit did not start.");
            case HubMessage.Close { Error: var error }:
                throw new InvalidOperationException("The circuit was closed: " + error);
            case HubMessage.Invocation { Target: "JS.RenderBatch", Arguments: [long batch, byte[] shown] }:
                _page.Show(new RenderBatch(shown));
                await InvokeAsync(id: null, "OnRenderCompleted", batch, null);
                break;
            case HubMessage.Invocation { Target: "JS.BeginInvokeJS", Arguments: [long call, string function, var arguments, long result, ..] }:
                if (function == "Blazor._internal.attachWebRendererInterop")
                    _attached.TrySetResult(JsonElement.Parse((string)arguments!)[1].GetProperty("__dotNetObject").GetInt64());
                if (call != 0)
                    await InvokeAsync(id: null, "EndInvokeJSFromDotNet", call, true, $"[{call},true,{Answer(function, result)}]");
                break;
            case HubMessage.Invocation { Target: "JS.EndUpdateRootComponents", Arguments: [long update] }:
                _updated.TrySetResult(update);
                break;
            case HubMessage.Invocation { Target: "JS.EndInvokeDotNet", Arguments: [_, false, var error] }:
                throw new InvalidOperationException("An event failed: " + error);
            case HubMessage.Invocation { Target: "JS.Error", Arguments: [var error] }:
                throw new InvalidOperationException("The circuit failed: " + error);
        }
    }

    private string Answer(string function, long result) =>
        _page.Answer(function) ?? (result == ObjectResult ? $$"""{"__jsObjectId":{{++_objects}}}""" : "null");

    private Task InvokeAsync(string? id, string target, params object?[] arguments) => SendAsync(new HubMessage.Invocation(id, target, arguments));

    private async Task SendAsync(HubMessage message)
    {
        await _sending.WaitAsync();
        try
        {
            if (!_isLeft && _socket.State is WebSocketState.Open)
                await _socket.SendAsync(message.ToBytes(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // Whoever listens hears of it.
        }
        finally
        {
            _sending.Release();
        }
    }
}
