using Npgsql;

namespace PaymentApp.Tests.Infrastructure.Postgres;

/// <summary>
/// The PostgreSQL server of this test run: the one that <c>PAYMENTAPP_TEST_POSTGRES</c> names by a connection string, whose
/// user may create databases, or a throw-away cluster of the machine's own binaries, started when a test first needs it.
/// </summary>
internal static class PostgresServer
{
    private const string ConnectionVariable = "PAYMENTAPP_TEST_POSTGRES";

    private static readonly Lazy<string> Running = new(Start);

    // It ends with this process.
    private static PostgresCluster? _cluster;

    /// <summary>Why no test can use a server; null where they can.</summary>
    public static string? WhyMissing { get; } =
        Environment.GetEnvironmentVariable(ConnectionVariable) is { Length: > 0 } ? null
        : PostgresCluster.WhyMissing is { } why ? $"{why} Install it, or name a server by {ConnectionVariable}." : null;

    /// <summary>The connection string of the server's maintenance database.</summary>
    public static string Connection => Running.Value;

    /// <summary>Runs one statement in the maintenance database.</summary>
    public static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Connection) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own statements, with names that they made up.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static string Start()
    {
        if (Environment.GetEnvironmentVariable(ConnectionVariable) is { Length: > 0 } given)
            return given;
        // Nothing of it outlives the run: what makes it durable only makes it slow.
        _cluster = PostgresCluster.Start(
            "/tmp", "max_connections=400", "shared_buffers=64MB", "max_wal_size=4GB", "fsync=off", "synchronous_commit=off",
            "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0");
        return _cluster.Connection;
    }
}
