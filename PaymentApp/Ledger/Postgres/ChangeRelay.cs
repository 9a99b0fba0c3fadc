using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PaymentApp.Payments;

namespace PaymentApp.Ledger.Postgres;

/// <summary>
/// Carries changes of payments between the nodes that share a PostgreSQL ledger, so that a page that is open on one follows
/// what another one did: https://www.postgresql.org/docs/current/sql-notify.html. A notification is sent after the change is
/// committed and beside it, for PostgreSQL lets one transaction that notifies commit at a time. One that is lost costs a few
/// seconds: the versions of the payments whose pages are open are read again and again, in one query for all of them.
/// </summary>
internal sealed partial class ChangeRelay(
    IDbContextFactory<LedgerContext> contexts,
    IPaymentLedger ledger,
    OrderChanges changes,
    CallsUnderWay calls,
    TimeProvider clock,
    IOptions<LedgerOptions> options,
    ILogger<ChangeRelay> logger) : BackgroundService, IHostedLifecycleService
{
    /// <summary>What the connection that listens calls itself in <c>pg_stat_activity</c>.</summary>
    public const string ListenerName = "PaymentApp listener";

    private const string Channel = "payment_changes";

    // So it is called by nodes of the version before this one, too.
    private const string Detail = "beside";

    private const int MostAtOnce = 200;

    // A connection that is silently gone is noticed by a query now and then.
    private const int KeepAliveInSeconds = 30;

    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(1);

    // Other nodes read again about as soon: a database that is away must not keep this one from ending.
    private static readonly TimeSpan LongestLastSend = TimeSpan.FromSeconds(3);

    private readonly string _node = Guid.NewGuid().ToString("n");
    private readonly Channel<Notice> _made = System.Threading.Channels.Channel.CreateBounded<Notice>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Channel<Notice> _heard = System.Threading.Channels.Channel.CreateBounded<Notice>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>The version of each watched payment that all its pages show or were told of.</summary>
    private readonly ConcurrentDictionary<OrderId, int> _told = new();

    private int _isListening;

    /// <summary>Whether notifications of other nodes come in.</summary>
    public bool IsListening => Volatile.Read(ref _isListening) == 1;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Goes on: others stop now, and finish what they are at.</summary>
    public override Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops when nothing changes payments any more, and tells the other nodes what did last.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await calls.WhenEndedAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
        using var late = new CancellationTokenSource(LongestLastSend, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            while (_made.Reader.TryPeek(out _))
                await SendOnceAsync(stop.Token);
        }
#pragma warning disable CA1031 // The database may be away: that keeps nobody from ending.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotTold(logger, exception.GetType());
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await ConnectionAsync(stoppingToken) is not { } connection)
            return;

        changes.MadeHere += OnMade;
        changes.WatchedFrom += OnWatched;
        try
        {
            await Task.WhenAll(
                RunUntilStoppedAsync(SendAsync, stoppingToken),
                RunUntilStoppedAsync(TellAsync, stoppingToken),
                RunUntilStoppedAsync(cancellation => ListenAsync(connection, cancellation), stoppingToken),
                RecheckAsync(stoppingToken));
        }
        finally
        {
            changes.MadeHere -= OnMade;
            changes.WatchedFrom -= OnWatched;
        }
    }

    private void OnMade(PaymentChange change, bool isDetail)
    {
        // Shoppers' pages are not told of a detail, nor with it of what another node did before.
        if (!isDetail && _told.ContainsKey(change.Order))
            _told[change.Order] = change.Version;
        _made.Writer.TryWrite(new Notice(change.Order, isDetail));
    }

    private void OnWatched(OrderId order, int version) => _told.AddOrUpdate(order, version, (_, told) => Math.Min(told, version));

    /// <summary>The connection string; null on SQLite, which one process uses.</summary>
    private async Task<string?> ConnectionAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!context.Database.IsNpgsql())
            return null;
        return new NpgsqlConnectionStringBuilder(context.Database.GetConnectionString())
        {
            Pooling = false,
            KeepAlive = KeepAliveInSeconds,
            ApplicationName = ListenerName,
        }.ConnectionString;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (true)
            await SendOnceAsync(cancellationToken);
    }

    private async Task SendOnceAsync(CancellationToken cancellationToken)
    {
        var notices = await TakeAsync(_made.Reader, cancellationToken);
        var messages = notices.Select(notice => $"{_node} {notice.Order.Value}{(notice.IsDetail ? $" {Detail}" : "")}").ToArray();
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await context.Database.ExecuteSqlAsync(
                $"SELECT pg_notify({Channel}, message) FROM unnest({messages}) AS message", cancellationToken);
        }
        catch
        {
            foreach (var notice in notices)
                _made.Writer.TryWrite(notice);
            throw;
        }
    }

    private async Task ListenAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        connection.Notification += (_, notification) => Hear(notification.Payload);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
                await listen.ExecuteNonQueryAsync(cancellationToken);
            Volatile.Write(ref _isListening, 1);
            // Nobody told this node of what was changed until now.
            await TellMissedAsync(all: true, cancellationToken);
            while (true)
                await connection.WaitAsync(cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _isListening, 0);
        }
    }

    private void Hear(string message)
    {
        if (message.Split(' ') is not [var node, var id, .. var more] || node == _node || !OrderId.TryParse(id, out var order))
            return;
        changes.MoveMark();
        if (changes.IsWatched(order))
            _heard.Writer.TryWrite(new Notice(order, more is [Detail]));
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var (order, isDetail) in await TakeAsync(_heard.Reader, cancellationToken))
                await TellAsync(order, cancellationToken, evenOfNoNews: isDetail);
        }
    }

    private async Task TellAsync(OrderId order, CancellationToken cancellationToken, bool evenOfNoNews = false)
    {
        if (await ledger.FindAsync(order, cancellationToken) is not { } payment)
            return;
        var isNews = IsNews(order, payment.Version);
        if (isNews || evenOfNoNews)
            changes.Tell(PaymentChange.To(payment), isDetail: !isNews);
    }

    /// <summary>Whether the pages were not told of this version or a later one; a notification and a reading may meet.</summary>
    private bool IsNews(OrderId order, int version)
    {
        while (true)
        {
            if (!_told.TryGetValue(order, out var told))
            {
                if (_told.TryAdd(order, version))
                    return true;
            }
            else if (told >= version)
            {
                return false;
            }
            else if (_told.TryUpdate(order, version, told))
            {
                return true;
            }
        }
    }

    private async Task RecheckAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RecheckEvery, clock);
        await RunUntilStoppedAsync(
            async cancellation =>
            {
                while (await timer.WaitForNextTickAsync(cancellation))
                    await TellMissedAsync(all: false, cancellation);
            },
            stoppingToken);
    }

    /// <summary>Tells the pages of payments whose version they were not told of.</summary>
    /// <param name="all">Whether nothing is known of what came before: details count, and pages that list payments are told, by the newest one.</param>
    private async Task TellMissedAsync(bool all, CancellationToken cancellationToken)
    {
        // A page that is not among those watched yet will find another mark.
        if (all)
            changes.MoveMark();
        var watched = changes.Watched;
        foreach (var order in _told.Keys.Except(watched).ToList())
            _told.TryRemove(order, out _);

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var some in watched.Chunk(MostAtOnce))
        {
            var versions = await context.Payments.Where(payment => some.Contains(payment.OrderId))
                .Select(payment => new { payment.OrderId, payment.Version }).ToListAsync(cancellationToken);
            foreach (var now in versions.Where(now => all || !_told.TryGetValue(now.OrderId, out var told) || told != now.Version))
                await TellAsync(now.OrderId, cancellationToken, evenOfNoNews: all);
        }

        if (!all || !changes.IsListWatched)
            return;
        var newest = await context.Payments.OrderByDescending(payment => payment.PlacedKey).Select(payment => (OrderId?)payment.OrderId)
            .FirstOrDefaultAsync(cancellationToken);
        if (newest is { } first)
            await TellAsync(first, cancellationToken, evenOfNoNews: true);
    }

    /// <summary>Takes what waits, each once; waits until something does.</summary>
    private static async Task<IReadOnlyCollection<Notice>> TakeAsync(ChannelReader<Notice> reader, CancellationToken cancellationToken)
    {
        var taken = new HashSet<Notice> { await reader.ReadAsync(cancellationToken) };
        while (taken.Count < MostAtOnce && reader.TryRead(out var more))
            taken.Add(more);
        return taken;
    }

    /// <summary>Begins anew whatever fails: the database may be away for a while.</summary>
    private async Task RunUntilStoppedAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Pages that are open outlive the connection.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.Interrupted(logger, exception.GetType());
                await Task.Delay(ReconnectAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <param name="IsDetail">Whether only the desk shows what changed.</param>
    private readonly record struct Notice(OrderId Order, bool IsDetail);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Changes are not carried between the nodes at the moment, because of {Exception}: open pages follow a few seconds later, and the connection is tried again")]
        public static partial void Interrupted(ILogger logger, Type exception);

        [LoggerMessage(2, LogLevel.Warning, "The other nodes were not told of this node's last changes, because of {Exception}: their open pages follow a few seconds later")]
        public static partial void NotTold(ILogger logger, Type exception);
    }
}
