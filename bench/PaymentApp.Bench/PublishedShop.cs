using System.Diagnostics;

namespace PaymentApp.Bench;

/// <summary>The shop as it is deployed: published, its files compressed, in a process of its own.</summary>
internal sealed class PublishedShop : IDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private PublishedShop(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <param name="settings">Its settings; a colon in a name makes a section.</param>
    public static async Task<PublishedShop> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings, string folder)
    {
        await PublishAsync(folder);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "PaymentApp.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = BenchShop.EnvironmentName, ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information" },
        };
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;

        var process = new Process { StartInfo = start };
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                address.TrySetException(new InvalidOperationException("The published shop did not start."));
            else if (line.Data.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                address.TrySetResult(new Uri(line.Data[(at + Listening.Length)..].Split(' ', '"')[0]));
        };
        process.Start();
        process.BeginOutputReadLine();
        return new PublishedShop(process, await address.Task);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task PublishAsync(string folder)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "PaymentApp.sln")))
            root = root.Parent ?? throw new InvalidOperationException("The benchmark does not run below the folder of PaymentApp.sln, whose shop it publishes.");
        using var publish = Process.Start(
            new ProcessStartInfo("dotnet", ["publish", Path.Combine(root.FullName, "PaymentApp"), "-c", "Release", "-o", folder, "--nologo", "-v", "q"])
            {
                RedirectStandardOutput = true,
            })!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
            throw new InvalidOperationException("The shop could not be published: " + said);
    }
}
