using System.Threading.Channels;
using StripeSandbox.Books;

namespace StripeSandbox.Dashboard.Live;

/// <summary>Tells those who watch that something happened. While nobody does, telling costs one read.</summary>
internal sealed class LiveFeed
{
    private readonly Lock _gate = new();
    private Channel<bool>[] _watchers = [];

    public LiveFeed(SandboxBooks books)
    {
        books.Changed += _ => Signal();
        books.Cleared += Signal;
    }

    public void Signal()
    {
        foreach (var watcher in Volatile.Read(ref _watchers))
            watcher.Writer.TryWrite(true);
    }

    /// <summary>Begins to watch; what happens while a signal waits to be read is in that signal.</summary>
    public Watcher Watch()
    {
        var signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        lock (_gate)
            Volatile.Write(ref _watchers, [.. _watchers, signals]);
        return new Watcher(this, signals);
    }

    internal sealed class Watcher(LiveFeed feed, Channel<bool> signals) : IDisposable
    {
        public ValueTask<bool> NextAsync(CancellationToken cancellationToken) => signals.Reader.ReadAsync(cancellationToken);

        public void Dispose()
        {
            lock (feed._gate)
                Volatile.Write(ref feed._watchers, [.. feed._watchers.Where(watcher => watcher != signals)]);
        }
    }
}
