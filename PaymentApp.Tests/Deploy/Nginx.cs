using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Infrastructure.Postgres;
using PaymentApp.Tests.Killing;
using PaymentApp.Tests.Reach;
using PaymentApp.Tests.Sandbox;

namespace PaymentApp.Tests.Deploy;

/// <summary>nginx with the configuration that <c>deploy/</c> has, on free ports and in a folder of its own.</summary>
internal sealed partial class Nginx : IDisposable
{
    private static readonly string? Program =
        new[] { "/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx" }.FirstOrDefault(File.Exists);

    private readonly TemporaryFolder _folder;
    private readonly ChildProcess _process;

    private Nginx(TemporaryFolder folder, ChildProcess process, Uri address) => (_folder, _process, Address) = (folder, process, address);

    /// <summary>Why no test can use it; null where they can.</summary>
    public static string? WhyMissing => Program is null ? "There is no nginx." : null;

    public Uri Address { get; }

    /// <summary>What <c>deploy/nginx.conf</c> says.</summary>
    public static string Configuration => File.ReadAllText(Path.Combine(Repository.Root, "deploy", "nginx.conf"));

    /// <summary>Starts it in front of nodes on these ports, without TLS.</summary>
    public static async Task<Nginx> StartAsync(IReadOnlyList<int> nodes)
    {
        var folder = new TemporaryFolder();
        var (port, redirectPort) = (FreePort.Take(), FreePort.Take());
        var plain = TlsLines().Replace(Configuration, "")
            .Replace("listen 443 ssl http2;", $"listen 127.0.0.1:{port};", StringComparison.Ordinal)
            .Replace("listen 80;", $"listen 127.0.0.1:{redirectPort};", StringComparison.Ordinal)
            .Replace(" Secure;", "", StringComparison.Ordinal);
        for (var node = 0; node < nodes.Count; node++)
            plain = plain.Replace(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{8080 + node} "), $"127.0.0.1:{nodes[node]} ", StringComparison.Ordinal);
        var process = ChildProcess.StartProgram(Program!, ["-c", Write(folder, plain), "-p", folder.Path], [], folder.Path, "never said");
        var nginx = new Nginx(folder, process, new Uri($"http://127.0.0.1:{port}"));
        await Eventually.TrueAsync(() => process.Ended.IsCompleted ? throw new InvalidOperationException(process.Said) : IsListening(port));
        return nginx;
    }

    /// <summary>Has it check a configuration; returns what it says, and whether it would start.</summary>
    public static async Task<(bool IsGood, string Said)> CheckAsync(TemporaryFolder folder, string configuration)
    {
        using var process = ChildProcess.StartProgram(Program!, ["-t", "-c", Write(folder, configuration), "-p", folder.Path], [], folder.Path, "never said");
        await process.Ended;
        return (process.ExitCode == 0, process.Said);
    }

    public void Dispose()
    {
        // The master ends its workers; killed, it would leave them.
        using (var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            stop.WaitForExit();
        _process.Ended.Wait();
        _process.Dispose();
        _folder.Dispose();
    }

    private static string Write(TemporaryFolder folder, string configuration)
    {
        var whole = $$"""
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            daemon off;
            worker_processes 1;
            pid {{folder.Path}}/nginx.pid;
            error_log stderr crit;
            events {}
            http {
              client_body_temp_path {{folder.Path}}/body;
              proxy_temp_path {{folder.Path}}/proxy;
              fastcgi_temp_path {{folder.Path}}/fastcgi;
              uwsgi_temp_path {{folder.Path}}/uwsgi;
              scgi_temp_path {{folder.Path}}/scgi;
            {{configuration.Replace("/var/log/nginx", folder.Path, StringComparison.Ordinal)}}
            }
            """;
        var file = Path.Combine(folder.Path, "nginx.conf");
        File.WriteAllText(file, whole);
        return file;
    }

    private static bool IsListening(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\s*ssl_.*$", RegexOptions.Multiline)]
    private static partial Regex TlsLines();
}

/// <summary>A test that needs nginx and PostgreSQL. Where one is missing, it is shown as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NginxFactAttribute : FactAttribute
{
    /// <param name="isDear">Whether it is left out but in a full run.</param>
    public NginxFactAttribute(bool isDear = false) => Skip = (isDear ? TestSize.WhyLeftOut : null) ?? Nginx.WhyMissing ?? PostgresServer.WhyMissing;
}

/// <inheritdoc cref="NginxFactAttribute"/>
public sealed class NginxTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc cref="NginxFactAttribute(bool)"/>
    public NginxTheoryAttribute(bool isDear = false) => Skip = (isDear ? TestSize.WhyLeftOut : null) ?? Nginx.WhyMissing ?? PostgresServer.WhyMissing;
}
