using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>The line between a page and the shop's server, which a test cuts and mends.</summary>
internal sealed class ShopLine : CircuitHandler
{
    private readonly List<(IWebSocketRoute Page, IWebSocketRoute Server)> _sockets = [];
    private TaskCompletionSource _mended = Done();
    private TaskCompletionSource _down = Open();
    private TaskCompletionSource _closed = Open();

    /// <summary>Lays the line; what the browser says about cuts is expected.</summary>
    public async Task LayAsync(BrowserSession session)
    {
        session.Problems.Expect("_blazor|WebSocket|disconnect|reconnect|[Cc]onnection|negotiation|[Cc]ircuit");
        await session.Page.RouteWebSocketAsync(url => url.Contains("/_blazor", StringComparison.Ordinal), Connect);
    }

    /// <summary>Cuts the line, until it is mended; ends when the server has noticed.</summary>
    public async Task CutAsync(bool untilTheCircuitIsGone)
    {
        (_mended, _down, _closed) = (Open(), Open(), Open());
        List<(IWebSocketRoute Page, IWebSocketRoute Server)> open;
        lock (_sockets)
        {
            open = [.. _sockets];
            _sockets.Clear();
        }

        foreach (var (page, server) in open)
        {
            await server.CloseAsync(new() { Code = 1000 });
            await page.CloseAsync(new() { Code = 3001, Reason = "The cable is out." });
        }

        await (untilTheCircuitIsGone ? _closed : _down).Task;
    }

    public void Mend() => _mended.SetResult();

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _down.TrySetResult();
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _closed.TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>Connects a page's socket; while the line is cut, what the page sends waits for it to be mended.</summary>
    private void Connect(IWebSocketRoute page)
    {
        if (_mended.Task.IsCompleted)
        {
            Add(page, page.ConnectToServer());
            return;
        }

        IWebSocketRoute? server = null;
        var early = new Queue<IWebSocketFrame>();
        page.OnMessage(frame =>
        {
            lock (early)
            {
                if (server is null)
                    early.Enqueue(frame);
                else
                    server.Send(frame);
            }
        });
        _mended.Task.ContinueWith(
            _ =>
            {
                lock (early)
                {
                    server = page.ConnectToServer();
                    while (early.TryDequeue(out var frame))
                        server.Send(frame);
                }

                Add(page, server);
            },
            TaskScheduler.Default);
    }

    private void Add(IWebSocketRoute page, IWebSocketRoute server)
    {
        lock (_sockets)
            _sockets.Add((page, server));
    }

    private static TaskCompletionSource Open() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
