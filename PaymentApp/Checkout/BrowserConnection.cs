using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.JSInterop;

namespace PaymentApp.Checkout;

/// <summary>
/// A circuit's connection to its browser, and the one way to call a script there. Each call ends: with an answer, after
/// the time it was given, or when the browser is back and what it answered in between has been lost.
/// </summary>
internal sealed class BrowserConnection : CircuitHandler, IDisposable
{
    /// <summary>
    /// Enough for a call that waits for no person. Longer than a server takes to notice that a browser is silent, so that
    /// a lost call is known to be lost before its time is over.
    /// </summary>
    public static readonly TimeSpan ScriptTime = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;
    private CancellationTokenSource _regaining = new();
    private CancellationToken _regained;
    private bool _isAway;

    // The tokens outlive their sources: what was asked for may come when the circuit has ended.
    public BrowserConnection(TimeProvider clock)
    {
        _clock = clock;
        _closed = _closing.Token;
        _regained = _regaining.Token;
    }

    /// <summary>Raised when the browser is back that was away: what it was asked meanwhile, and moments before, may be lost.</summary>
    public event Action? Regained;

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _isAway = true;
        return Task.CompletedTask;
    }

    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (!_isAway)
            return;

        _isAway = false;
        using var regaining = _regaining;
        _regaining = new CancellationTokenSource();
        _regained = _regaining.Token;
        await regaining.CancelAsync();
        Regained?.Invoke();
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => _closing.CancelAsync();

    public void Dispose()
    {
        _closing.Dispose();
        _regaining.Dispose();
    }

    /// <summary>
    /// Calls a script that may be called again when its answer was lost. What it answers is never
    /// <see cref="BrowserAnswer{T}.Lost"/>.
    /// </summary>
    /// <inheritdoc cref="AskAsync{T}"/>
    public async Task<BrowserAnswer<T>> RepeatAsync<T>(
        Func<CancellationToken, ValueTask<T>> call, TimeSpan atMost, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (await AskAsync(call, atMost, cancellationToken) is not BrowserAnswer<T>.Lost and var answer)
                return answer;
        }
    }

    /// <inheritdoc cref="RepeatAsync{T}"/>
    public Task<BrowserAnswer<bool>> RepeatAsync(Func<CancellationToken, ValueTask> call, CancellationToken cancellationToken = default) =>
        RepeatAsync(
            async stop =>
            {
                await call(stop);
                return true;
            },
            ScriptTime,
            cancellationToken);

    /// <summary>Calls a script once.</summary>
    /// <param name="call">The call; it is not waited for any longer when its token is cancelled.</param>
    /// <param name="atMost">How long to wait. While the browser is away it is waited for until it is back or its circuit ends.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="JSDisconnectedException">The circuit has ended.</exception>
    public async Task<BrowserAnswer<T>> AskAsync<T>(
        Func<CancellationToken, ValueTask<T>> call, TimeSpan atMost, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        var regained = _regained;
        using var limit = new CancellationTokenSource(atMost, _clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(regained, _closed, cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ended.Token);
        try
        {
            return new BrowserAnswer<T>.Answered(await call(either.Token).AsTask().WaitAsync(either.Token));
        }
        catch (JSException failure)
        {
            return new BrowserAnswer<T>.Failed(failure);
        }
        catch (OperationCanceledException)
        {
            if (_isAway)
                await CancellationOf(ended.Token);
            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfClosed();
            return regained.IsCancellationRequested ? new BrowserAnswer<T>.Lost() : new BrowserAnswer<T>.TimedOut();
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed.IsCancellationRequested)
            throw new JSDisconnectedException("The circuit of this browser has ended.");
    }

    private static async Task CancellationOf(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        await using (token.UnsafeRegister(static state => ((TaskCompletionSource)state!).SetResult(), cancelled))
            await cancelled.Task;
    }
}
