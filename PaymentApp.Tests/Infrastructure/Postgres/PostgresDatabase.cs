using Microsoft.EntityFrameworkCore;
using Npgsql;
using PaymentApp.Ledger;

namespace PaymentApp.Tests.Infrastructure.Postgres;

/// <summary>A database of its own on the test run's server, dropped when it is disposed.</summary>
internal sealed class PostgresDatabase : IDisposable
{
    // Migrated once; every ledger is a copy.
    private static readonly Lazy<string> Template = new(CreateTemplate);

    private readonly string _name;

    private PostgresDatabase(string name) => (_name, Connection) = (name, ConnectionTo(name));

    public string Connection { get; }

    /// <summary>A ledger without orders.</summary>
    public static PostgresDatabase CreateLedger()
    {
        var name = NewName();
        PostgresServer.Execute($"CREATE DATABASE {name} TEMPLATE {Template.Value}");
        return new PostgresDatabase(name);
    }

    /// <summary>A database without tables.</summary>
    public static PostgresDatabase CreateEmpty()
    {
        var name = NewName();
        PostgresServer.Execute($"CREATE DATABASE {name}");
        return new PostgresDatabase(name);
    }

    /// <summary>The connection string of a database that nobody has created yet; it is dropped all the same.</summary>
    public static PostgresDatabase Missing() => new(NewName());

    public LedgerContext Open() => LedgerDatabase.CreateContext(
        (DbContextOptions<LedgerContext>)new DbContextOptionsBuilder<LedgerContext>().UseLedger(Connection).Options);

    /// <summary>Ends the connections of everybody else to this database, or of those with such an application name.</summary>
    // With a time to wait: without one a connection may hold its locks for a moment more.
    public void EndConnections(string applicationName = "%") => PostgresServer.Execute(
        $"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{_name}' AND application_name LIKE '{applicationName}'");

    /// <summary>All rows of all tables.</summary>
    public string Dump()
    {
        using var connection = new NpgsqlConnection(Connection);
        connection.Open();
        using var command = new NpgsqlCommand("SELECT database_to_xml(true, false, '')::text", connection);
        return (string)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        using (var pool = new NpgsqlConnection(Connection))
            NpgsqlConnection.ClearPool(pool);
        PostgresServer.Execute($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    private static string NewName() => $"payment_app_test_{Guid.NewGuid():n}";

    private static string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder(PostgresServer.Connection) { Database = database, ConnectionIdleLifetime = 10, ConnectionPruningInterval = 5 }.ConnectionString;

    private static string CreateTemplate()
    {
        var name = NewName();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DropTemplate(name);
        PostgresServer.Execute($"CREATE DATABASE {name}");
        // Nobody may be connected to a template while it is copied.
        var connection = new NpgsqlConnectionStringBuilder(ConnectionTo(name)) { Pooling = false }.ConnectionString;
        using var context = LedgerDatabase.CreateContext(
            (DbContextOptions<LedgerContext>)new DbContextOptionsBuilder<LedgerContext>().UseLedger(connection).Options);
        context.Database.Migrate();
        return name;
    }

    private static void DropTemplate(string name)
    {
        try
        {
            PostgresServer.Execute($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
        catch (NpgsqlException)
        {
            // The cluster is gone already, and the template with it.
        }
    }
}
