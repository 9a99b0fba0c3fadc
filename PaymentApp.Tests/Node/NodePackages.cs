using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PaymentApp.Tests.Node;

/// <summary>Stripe's npm packages, as this folder's lock file pins them: installed once a test run, beside it.</summary>
public static class NodePackages
{
    public const string WhyNot = "Node.js and npm are not installed: Stripe's own JavaScript packages were not asked.";

    private static readonly Lazy<Task> Installed = new(InstallAsync);

    public static bool HasNode { get; } = IsOnPath("node") && IsOnPath("npm");

    /// <summary>This folder; its <c>node_modules</c> are there once <see cref="RunAsync"/> has run anything.</summary>
    public static string Folder { get; } = OwnFolder();

    /// <summary>Runs a script of this folder by Node.</summary>
    /// <param name="arguments">What follows <c>node</c>.</param>
    /// <param name="settings">Environment variables beside the inherited ones.</param>
    public static async Task<NodeRun> RunAsync(IEnumerable<string> arguments, params (string Name, string Value)[] settings)
    {
        await Installed.Value;
        return await RunAsync("node", arguments, settings);
    }

    private static async Task InstallAsync()
    {
        var run = await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--loglevel=error"], []);
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"npm could not install what {Folder} pins:\n{run.Output}");
    }

    private static async Task<NodeRun> RunAsync(string command, IEnumerable<string> arguments, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new NodeRun(process.ExitCode, await output + await errors);
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => new[] { "", ".exe", ".cmd" }.Any(ending => File.Exists(Path.Combine(folder, program + ending))));

    private static string OwnFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

/// <summary>How a Node program ended, and all that it printed.</summary>
public sealed record NodeRun(int ExitCode, string Output);
