using Microsoft.AspNetCore.Components;

namespace PaymentApp.Tests.Checkout;

/// <summary>
/// An answer that a test holds back until it is time for it. It is given on the circuit's own thread, as Blazor does,
/// so when <see cref="AnswerAsync"/> returns the form has done all that it does about it.
/// </summary>
internal sealed class Pending<T>(Dispatcher circuit)
{
    private readonly TaskCompletionSource<T> _source = new();

    public Task AnswerAsync(T answer) => circuit.InvokeAsync(() => _source.TrySetResult(answer));

    public Task FailAsync(Exception failure) => circuit.InvokeAsync(() => _source.TrySetException(failure));

    /// <summary>The answer, for one who stops waiting for it when <paramref name="stop"/> says so.</summary>
    public Task<T> WaitAsync(CancellationToken stop)
    {
        stop.UnsafeRegister(static (state, token) => ((TaskCompletionSource<T>)state!).TrySetCanceled(token), _source);
        return _source.Task;
    }
}
