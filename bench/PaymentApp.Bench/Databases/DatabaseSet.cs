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
    public static DatabaseSet Open(IReadOnlyList<string>? names)
    {
        var missing = names is null ? PostgresCluster.WhyMissing : null;
        names ??= missing is null ? [BenchOptions.Sqlite, BenchOptions.Postgres] : [BenchOptions.Sqlite];
        return new DatabaseSet(
            [.. names.Select(name => name == BenchOptions.Sqlite ? (BenchDatabase)new SqliteFiles() : new PostgresLedgers())],
            missing is null ? null : $"{missing} SQLite is measured alone.");
    }

    public void Dispose()
    {
        foreach (var database in All)
            database.Dispose();
    }
}
