namespace StripeSandbox.Benchmarks;

/// <summary>A sandbox in memory, as <c>dotnet run --project StripeSandbox</c> starts it, on a free port.</summary>
internal static class SandboxServerProcess
{
    public static async Task RunAsync()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Url = "http://127.0.0.1:0" });
        await ServerProcess.AnnounceAsync(sandbox.Address);
    }
}
