using PaymentApp.Tests.Infrastructure.Postgres;

namespace PaymentApp.Bench.Databases;

/// <summary>The databases that are measured side by side. A PostgreSQL server among them ends with this.</summary>
internal sealed class DatabaseSet : IDisposable
{
    private DatabaseSet(IReadOnlyList<BenchDatabase> all, string? note) => (All, Note) = (all, note);

    public IReadOnlyList<BenchDatabase> All { get; }

    /// <summary>Which one is missing that would have been measured, and why; null where none is.</summary>
    public string? Note { get; }

    /// <param name="names">As <see cref="BenchOptions"/> has them; null for all that this machine has.</param>
    /// <exception cref="InvalidOperationException">One that was named is not there.</exception>
    public static DatabaseSet Open(IReadOnlyList<string>? names)
    {
        var missing = PostgresCluster.WhyMissing;
        if (missing is not null && names?.Contains(BenchOptions.Postgres) == true)
            throw new InvalidOperationException(missing);
        var chosen = names ?? (missing is null ? [BenchOptions.Sqlite, BenchOptions.Postgres] : [BenchOptions.Sqlite]);
        return new DatabaseSet(
            [.. chosen.Select(name => name == BenchOptions.Sqlite ? (BenchDatabase)new SqliteFiles() : new PostgresLedgers())],
            names is null && missing is not null ? $"{missing} SQLite is measured alone." : null);
    }

    public void Dispose()
    {
        foreach (var database in All)
            database.Dispose();
    }
}
