using System.Diagnostics;
using System.Globalization;

namespace PaymentApp.Tests.Infrastructure.Postgres;

/// <summary>
/// A throw-away cluster of the machine's own PostgreSQL, which takes connections on a socket in its folder. The benchmark
/// uses it too.
/// </summary>
internal sealed class PostgresCluster : IDisposable
{
    // PostgreSQL does not run as root; Debian's package brings this user.
    private const string UnprivilegedUser = "postgres";

    /// <summary>
    /// Makes a cluster, runs it, and removes it once its standard input ends: that it does, however this process ends. It
    /// ignores the signals that end the process group, or nobody would be left to remove it.
    /// </summary>
    private const string Script = """
        trap '' HUP INT TERM
        binaries=$1 folder=$(mktemp -d "$2/payment-app-postgres-XXXXXX") || exit 1
        shift 2
        fail() { cat "$folder/log"; rm -rf "$folder"; exit 1; }
        cd "$folder" && "$binaries/initdb" --pgdata=data --username=payments --auth=trust --encoding=UTF8 --locale=C --no-sync >log 2>&1 || fail
        "$binaries/postgres" -D data -k "$folder" -c listen_addresses= "$@" >>log 2>&1 </dev/null &
        until "$binaries/pg_isready" --host="$folder" --quiet; do kill -0 $! || fail; sleep 0.05; done
        echo "$! $folder"
        cat >/dev/null
        kill -INT $!; wait $!; rm -rf "$folder"
        """;

    private static readonly string? Binaries = FindBinaries();

    // Its input stays open as long as this process lives.
    private readonly Process _script;

    private PostgresCluster(Process script, int server, string folder) =>
        (_script, ProcessId, Connection) = (script, server, $"Host={folder};Username=payments;Database=postgres");

    /// <summary>Why there can be none; null where there can.</summary>
    public static string? WhyMissing { get; } =
        Binaries is null ? "There is no PostgreSQL."
        : Environment.IsPrivilegedProcess && !File.Exists("/usr/bin/setpriv") ? "PostgreSQL does not run as root, and there is no setpriv." : null;

    /// <summary>The connection string of its maintenance database, for its superuser.</summary>
    public string Connection { get; }

    /// <summary>The server that all its other processes are children of.</summary>
    public int ProcessId { get; }

    /// <param name="parent">A folder that PostgreSQL's user may write in, with a short path: a socket's is limited.</param>
    /// <param name="settings">Such as <c>fsync=off</c>.</param>
    public static PostgresCluster Start(string parent, params IEnumerable<string> settings)
    {
        // It becomes the shell; runuser would stay beside it, and kill it when the process group is ended.
        string[] asUser = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={UnprivilegedUser}", $"--regid={UnprivilegedUser}", "--init-groups", "--"] : [];
        string[] command = [.. asUser, "sh", "-c", Script, "sh", Binaries!, parent, .. settings.SelectMany(setting => new[] { "-c", setting })];
        var script = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        var said = script.StandardOutput.ReadLine();
        return said?.Split(' ', 2) is [var server, ['/', ..] and var folder] && int.TryParse(server, CultureInfo.InvariantCulture, out var id)
            ? new PostgresCluster(script, id, folder)
            : throw new InvalidOperationException($"PostgreSQL did not start: {said}\n{script.StandardOutput.ReadToEnd()}");
    }

    public void Dispose()
    {
        _script.StandardInput.Close();
        _script.WaitForExit();
        _script.Dispose();
    }

    private static string? FindBinaries()
    {
        const string Debian = "/usr/lib/postgresql";
        var folders = Directory.Exists(Debian) ? Directory.GetDirectories(Debian).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [];
        var path = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        return folders.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")));
    }
}
