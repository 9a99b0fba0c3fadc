using Microsoft.Data.Sqlite;
using PaymentApp.Tests.Infrastructure.Postgres;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>
/// The database that a test's ledger is in: a SQLite file, or, where the environment variable
/// <c>PAYMENTAPP_TEST_DATABASE</c> is <c>postgres</c>, a database on a PostgreSQL server.
/// </summary>
internal sealed class TestDatabase : IDisposable
{
    private const string Variable = "PAYMENTAPP_TEST_DATABASE";

    private readonly string _connection;
    private readonly PostgresDatabase? _postgres;

    private TestDatabase(string connection, PostgresDatabase? postgres) => (_connection, _postgres) = (connection, postgres);

    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "sqlite" => false,
        "postgres" => true,
        var other => throw new InvalidOperationException($"{Variable} is sqlite or postgres, not {other}."),
    };

    public string Connection => _connection;

    /// <summary>Makes an empty ledger that is up to date.</summary>
    /// <param name="folder">Where the SQLite file is put. Whoever owns the folder deletes it.</param>
    /// <param name="isPostgres">Which database; null for that of the test run.</param>
    public static TestDatabase Create(string folder, bool? isPostgres = null)
    {
        if (!(isPostgres ?? IsPostgres))
        {
            var file = Path.Combine(folder, "payments.db");
            LedgerFile.Create(file);
            return new TestDatabase($"Data Source={file}", postgres: null);
        }

        var database = PostgresDatabase.CreateLedger();
        return new TestDatabase(database.Connection, database);
    }

    /// <summary>All that is in a database of PostgreSQL, as text; null for SQLite.</summary>
    public string? Dump() => _postgres?.Dump();

    public void Dispose()
    {
        if (_postgres is not null)
        {
            _postgres.Dispose();
            return;
        }

        using var connection = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(connection);
    }
}
