using System.Threading.Channels;

namespace PaymentApp.Work;

/// <summary>Wakes the worker of this process when work was put into the queue, so that it need not read it all the time.</summary>
internal sealed class WorkSignal
{
    private readonly Channel<bool> _bell =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => _bell.Writer.TryWrite(true);

    /// <summary>Ends when the signal was raised since the last call that ended.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _bell.Reader.ReadAsync(cancellationToken);
}
