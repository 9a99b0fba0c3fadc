using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace PaymentApp.Bench;

/// <summary>A server in a process of its own, which says on its output where it listens.</summary>
internal sealed class ServerProcess : IDisposable
{
    public const string Listening = "Now listening on: ";

    private const int MostCollections = 20;
    private const int CollectionsThatLetNothingGo = 3;

    private static readonly TimeSpan BetweenCollections = TimeSpan.FromMilliseconds(100);

    // What the server does anyway, as its timers, allocates a little.
    private const double Noise = 0.001;

    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private TaskCompletionSource<long> _collected = new();

    private ServerProcess(Process process) => _process = process;

    public Uri Address => _address.Task.Result;

    /// <summary>What it has spent so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Its resident memory, in bytes.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="assembly">The program, which is started in its own folder.</param>
    public static async Task<ServerProcess> StartAsync(string assembly, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", assembly, .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(assembly),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment =
            {
                // As Microsoft.NET.Sdk.Web has it, so that all servers hold their memory alike.
                ["DOTNET_gcServer"] = "1",
                ["DOTNET_STARTUP_HOOKS"] = Assembly.GetExecutingAssembly().Location,
            },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var server = new ServerProcess(new Process { StartInfo = start });
        server._process.OutputDataReceived += (_, line) => server.Hear(line.Data);
        server._process.Start();
        server._process.BeginOutputReadLine();
        await server._address.Task;
        return server;
    }

    /// <summary>
    /// Has it collect its garbage until nothing more is let go: a server that is busy ends the circuits of pages that have
    /// left after they have. Returns what is left of its managed heap, in bytes.
    /// </summary>
    public async Task<long> CollectAsync()
    {
        var (least, sinceThen) = (await CollectOnceAsync(), 0);
        for (var times = 1; times < MostCollections && sinceThen < CollectionsThatLetNothingGo; times++)
        {
            await Task.Delay(BetweenCollections);
            var left = await CollectOnceAsync();
            sinceThen = left < least * (1 - Noise) ? 0 : sinceThen + 1;
            least = Math.Min(least, left);
        }

        return least;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<long> CollectOnceAsync()
    {
        _collected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _process.StandardInput.WriteLineAsync(StartupHook.Collect);
        return await _collected.Task;
    }

    private void Hear(string? line)
    {
        if (line is null)
            _address.TrySetException(new InvalidOperationException("The server did not start."));
        else if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Split(' ', '"')[0]));
        else if (line.StartsWith(StartupHook.Heap, StringComparison.Ordinal))
            _collected.TrySetResult(long.Parse(line[StartupHook.Heap.Length..], CultureInfo.InvariantCulture));
    }
}
