using PaymentApp.Ledger.Postgres;

namespace PaymentApp.Bench.Databases;

/// <summary>A database whose ledgers are measured.</summary>
internal abstract class BenchDatabase : IDisposable
{
    public const string Sqlite = "SQLite";
    public const string Postgres = "PostgreSQL";

    public abstract string Name { get; }

    /// <summary>The CPU time of its own processes; null where it has none, or none that can be seen.</summary>
    public virtual TimeSpan? Processor => null;

    /// <summary>Whether several nodes can keep one ledger in it.</summary>
    public virtual bool TakesNodes => false;

    /// <summary>The connection string of a ledger that nobody has used.</summary>
    /// <param name="orders">How many orders it is going to hold.</param>
    /// <param name="folder">Where its file may be.</param>
    public abstract string NewLedger(int orders, string folder);

    public virtual void Dispose()
    {
    }
}

/// <summary>Files of this machine, read and written by the shop's own process.</summary>
internal sealed class SqliteFiles : BenchDatabase
{
    public override string Name => Sqlite;

    public override string NewLedger(int orders, string folder) => $"Data Source={Path.Combine(folder, "payments.db")}";
}

/// <summary>Ledgers that somebody else has made, one for each size.</summary>
/// <param name="connection">With <c>{orders}</c> where the size belongs.</param>
internal sealed class GivenLedgers(string connection) : BenchDatabase
{
    public override string Name => PostgresConnection.IsUsedBy(connection) ? Postgres : Sqlite;

    public override string NewLedger(int orders, string folder) =>
        connection.Replace("{orders}", FormattableString.Invariant($"{orders}"), StringComparison.Ordinal);
}
