using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace PaymentApp.Ledger.Postgres;

/// <summary>
/// Reads connection strings of PostgreSQL: Npgsql's own (https://www.npgsql.org/doc/connection-string-parameters.html), and
/// the URLs that hosting providers hand out (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING).
/// </summary>
internal static class PostgresConnection
{
    private const int ConnectTimeoutInSeconds = 5;

    // A shopper waits no longer for what others have locked.
    private const int CommandTimeoutInSeconds = 10;

    // PostgreSQL takes 100 connections by default: three nodes fit, with room for migrations and for people.
    private const int ConnectionsPerNode = 25;

    // What payments, pages and the worker ask again and again is parsed once for each connection, and planned once where one plan is as good as any.
    private const int PreparedStatements = 100;

    private const int MostRetries = 4;

    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(2);

    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    // libpq's names that are not Npgsql's with an underscore in place of a space.
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["connect_timeout"] = "Timeout",
        ["sslmode"] = "SSL Mode",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["sslrootcert"] = "Root Certificate",
    };

    /// <summary>Whether a connection string names a PostgreSQL server: by a URL, or by a key <c>Host</c> or <c>Server</c>.</summary>
    public static bool IsUsedBy(string connection)
    {
        if (IsUrl(connection))
            return true;
        try
        {
            var keys = new DbConnectionStringBuilder { ConnectionString = connection };
            return keys.ContainsKey("Host") || keys.ContainsKey("Server");
        }
        catch (ArgumentException)
        {
            // It is malformed: SQLite's own reader says what is wrong with it.
            return false;
        }
    }

    public static bool IsUsedBy(DbContextOptions options) =>
        RelationalOptionsExtension.Extract(options).ConnectionString is { } connection && IsUsedBy(connection);

    /// <summary>The connection string as Npgsql reads it, with this app's defaults where it leaves them open.</summary>
    /// <exception cref="ArgumentException">It cannot be read. The message names the setting and no password.</exception>
    public static string Normalize(string connection)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = IsUrl(connection) ? OfUrl(new Uri(connection)) : new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            throw new ArgumentException(
                "ConnectionStrings:Payments names a PostgreSQL server and cannot be read. It is either Host=…;Database=…;Username=…;Password=… "
                + $"or postgres://user:password@host:5432/database, special characters in the URL percent-encoded. {KeyOf(malformed)}");
        }

        // ContainsKey says that Npgsql knows a key; Keys are those that were given.
        var given = builder.Keys.Cast<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!given.Contains("Application Name"))
            builder.ApplicationName = nameof(PaymentApp);
        if (!given.Contains("Timeout"))
            builder.Timeout = ConnectTimeoutInSeconds;
        if (!given.Contains("Command Timeout"))
            builder.CommandTimeout = CommandTimeoutInSeconds;
        if (!given.Contains("Maximum Pool Size"))
            builder.MaxPoolSize = Math.Max(ConnectionsPerNode, builder.MinPoolSize);
        if (!given.Contains("Max Auto Prepare"))
            builder.MaxAutoPrepare = PreparedStatements;
        return builder.ConnectionString;
    }

    /// <summary>
    /// Has a command that lost its connection run again, as after a restart of the server. Where the first run was committed
    /// after all, the second finds the version or the key taken, which is what losing a race looks like.
    /// </summary>
    public static void RetryLostConnections(NpgsqlDbContextOptionsBuilder options) =>
        options.ExecutionStrategy(dependencies => new LostConnectionStrategy(dependencies));

    private static bool IsUrl(string connection) => Schemes.Any(scheme => connection.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    private static NpgsqlConnectionStringBuilder OfUrl(Uri url)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
        };
        if (url.Port > 0)
            builder.Port = url.Port;
        var user = url.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            builder.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split('=', 2) is [var name, var text] ? (name, Uri.UnescapeDataString(text)) : (pair, "");
            // Npgsql writes verify-full as VerifyFull.
            builder[Renamed.GetValueOrDefault(key) ?? key.Replace('_', ' ')] = key == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return builder;
    }

    // Npgsql's message names the key that it does not know, never a value; a URL's parser may quote all of it.
    private static string? KeyOf(Exception malformed) => malformed is ArgumentException { ParamName: { Length: > 0 } key } ? $"The problem is near {key}." : null;

    // What a statement was prepared for is another type since a migration: Npgsql has forgotten it, and prepares it anew.
    private sealed class LostConnectionStrategy(ExecutionStrategyDependencies dependencies)
        : NpgsqlRetryingExecutionStrategy(dependencies, MostRetries, LongestRetryDelay, errorCodesToAdd: [PostgresErrorCodes.FeatureNotSupported])
    {
        // What took too long once takes as long again, and its shopper has waited.
        protected override bool ShouldRetryOn(Exception? exception) =>
            exception is not TimeoutException and not NpgsqlException { InnerException: TimeoutException } && base.ShouldRetryOn(exception);
    }
}
