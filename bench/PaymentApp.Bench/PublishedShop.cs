using System.Diagnostics;

namespace PaymentApp.Bench;

/// <summary>The shop as it is deployed: published, its files compressed, in a process of its own.</summary>
internal static class PublishedShop
{
    public const string FileName = "PaymentApp.dll";

    /// <param name="settings">Its settings; a colon in a name makes a section.</param>
    /// <param name="folder">Where it is published, unless it has been.</param>
    public static async Task<ServerProcess> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings, string folder)
    {
        var assembly = Path.Combine(folder, FileName);
        if (!File.Exists(assembly))
            await PublishAsync(folder);
        return await ServerProcess.StartAsync(
            assembly,
            [],
            [
                new("ASPNETCORE_ENVIRONMENT", BenchShop.EnvironmentName),
                new("Logging__LogLevel__Microsoft.Hosting.Lifetime", "Information"),
                .. settings.Select(setting => KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value)),
            ]);
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
