using System.Diagnostics;
using Npgsql;

namespace PaymentApp.Tests.Infrastructure.Postgres;

/// <summary>
/// The PostgreSQL server of this test run: the one that <c>PAYMENTAPP_TEST_POSTGRES</c> names by a connection string, whose
/// user may create databases, or a throw-away cluster of the machine's own binaries, started when a test first needs it.
/// </summary>
internal static class PostgresServer
{
    private const string ConnectionVariable = "PAYMENTAPP_TEST_POSTGRES";

    // PostgreSQL does not run as root; Debian's package brings this user.
    private const string UnprivilegedUser = "postgres";

    /// <summary>
    /// Makes a cluster, runs it, and removes it once its standard input ends: that it does, however this process ends. It
    /// ignores the signals that end the process group, or nobody would be left to remove it.
    /// </summary>
    private const string Script = """
        trap '' HUP INT TERM
        folder=$(mktemp -d /tmp/payment-app-postgres-XXXXXX) || exit 1
        fail() { cat "$folder/log"; rm -rf "$folder"; exit 1; }
        cd "$folder" && "$1/initdb" --pgdata=data --username=payments --auth=trust --encoding=UTF8 --locale=C --no-sync >log 2>&1 || fail
        "$1/postgres" -D data -k "$folder" -c listen_addresses= -c max_connections=400 -c shared_buffers=64MB \
          -c max_wal_size=4GB -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 >>log 2>&1 </dev/null &
        until "$1/pg_isready" --host="$folder" --quiet; do kill -0 $! || fail; sleep 0.05; done
        echo "$folder"
        cat >/dev/null
        kill -INT $!; wait $!; rm -rf "$folder"
        """;

    private static readonly string? Binaries = FindBinaries();

    // Its input stays open as long as this process lives.
    private static Process? _cluster;

    private static readonly Lazy<string> Running = new(Start);

    /// <summary>Why no test can use a server; null where they can.</summary>
    public static string? WhyMissing { get; } =
        Environment.GetEnvironmentVariable(ConnectionVariable) is { Length: > 0 } ? null
        : Binaries is null ? $"There is no PostgreSQL: install it, or name a server by {ConnectionVariable}."
        : Environment.IsPrivilegedProcess && !File.Exists("/usr/bin/setpriv") ? "PostgreSQL does not run as root, and there is no setpriv." : null;

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

        // It becomes the shell; runuser would stay beside it, and kill it when the process group is ended.
        string[] asUser = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={UnprivilegedUser}", $"--regid={UnprivilegedUser}", "--init-groups", "--"] : [];
        string[] command = [.. asUser, "sh", "-c", Script, "sh", Binaries!];
        _cluster = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        var said = _cluster.StandardOutput.ReadLine();
        return said is ['/', ..]
            ? $"Host={said};Username=payments;Database=postgres"
            : throw new InvalidOperationException($"PostgreSQL did not start: {said}\n{_cluster.StandardOutput.ReadToEnd()}");
    }

    private static string? FindBinaries()
    {
        const string Debian = "/usr/lib/postgresql";
        var folders = Directory.Exists(Debian) ? Directory.GetDirectories(Debian).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [];
        var path = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        return folders.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")));
    }
}
