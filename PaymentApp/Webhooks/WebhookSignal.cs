using System.Threading.Channels;

namespace PaymentApp.Webhooks;

/// <summary>Wakes the processor when an event was stored, so that it need not ask all the time.</summary>
internal sealed class WebhookSignal
{
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => bell.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await bell.Reader.ReadAsync(cancellationToken);
}
