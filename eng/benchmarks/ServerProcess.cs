using System.Diagnostics;
using System.Reflection;

namespace StripeSandbox.Benchmarks;

/// <summary>A server in a process of its own. It ends with the process that started it: when its input is closed.</summary>
internal sealed class ServerProcess : IDisposable
{
    public const string EchoArgument = "serve-echo";
    public const string SandboxArgument = "serve-sandbox";

    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>How much memory it holds, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>How long it has kept a core busy, on all of them together.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ServerProcess> StartAsync(string argument)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", Assembly.GetExecutingAssembly().Location, argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{argument} ended at once.");
        return new ServerProcess(process, new Uri(line));
    }

    /// <summary>Says where the server in this process listens, and waits until the starting process lets it go.</summary>
    public static async Task AnnounceAsync(Uri address)
    {
        Console.WriteLine(address);
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Nobody says anything: the end is what is waited for.
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
