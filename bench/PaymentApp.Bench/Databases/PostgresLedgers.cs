using System.Globalization;
using Npgsql;
using PaymentApp.Tests.Infrastructure.Postgres;

namespace PaymentApp.Bench.Databases;

/// <summary>
/// A PostgreSQL server that runs as long as the benchmark, as durable as a shop's: its settings are PostgreSQL's own, but
/// for its connections and for a log that is long enough for the ledgers to be filled.
/// </summary>
internal sealed class PostgresLedgers : BenchDatabase
{
    // proc(5): USER_HZ, a hundred on every architecture that .NET runs on.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    // On the disk that the SQLite files are on.
    private readonly PostgresCluster _cluster =
        PostgresCluster.Start(Path.GetTempPath().TrimEnd(Path.DirectorySeparatorChar), "max_connections=300", "max_wal_size=4GB");

    private int _ledgers;

    public override string Name => Postgres;

    public override TimeSpan? Processor
    {
        get
        {
            var children = $"/proc/{_cluster.ProcessId}/task/{_cluster.ProcessId}/children";
            if (!File.Exists(children))
                return null;
            // Of those that have ended their parent knows.
            var spent = Ticks(_cluster.ProcessId, withEnded: true);
            return File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Aggregate(spent, (sum, child) => sum + Spent(int.Parse(child, CultureInfo.InvariantCulture)));
        }
    }

    public override bool TakesNodes => true;

    /// <inheritdoc/>
    // The shop's migration creates it.
    public override string NewLedger(int orders, string folder) =>
        new NpgsqlConnectionStringBuilder(_cluster.Connection) { Database = $"ledger_{++_ledgers}" }.ConnectionString;

    public override void Dispose()
    {
        _cluster.Dispose();
        base.Dispose();
    }

    /// <summary>To the nanosecond, where Linux keeps that: https://docs.kernel.org/scheduler/sched-stats.html.</summary>
    private static TimeSpan Spent(int process)
    {
        try
        {
            return File.Exists($"/proc/{process}/schedstat")
                ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText($"/proc/{process}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1000)
                : Ticks(process, withEnded: false);
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return TimeSpan.Zero;
        }
    }

    private static TimeSpan Ticks(int process, bool withEnded)
    {
        // Behind the name, which may contain anything: utime, stime, and the same of children that were waited for.
        var fields = File.ReadAllText($"/proc/{process}/stat");
        return fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[11..(withEnded ? 15 : 13)].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) * Tick;
    }
}
