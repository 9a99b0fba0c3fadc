using System.Diagnostics;
using PaymentApp.Tests.Killing;
using StripeSandbox;

namespace PaymentApp.Tests.Sandbox;

/// <summary>The README's command lines, run as they stand against a sandbox that its first one starts.</summary>
public sealed class ReadmeShellTests
{
    private const string Start = "dotnet run --project StripeSandbox -- ";

    [ShellFact]
    public async Task Every_command_line_of_the_readme_prints_what_stands_under_it()
    {
        var folder = Directory.CreateTempSubdirectory("payment-app-").FullName;
        var blocks = SandboxReadme.Blocks("bash");
        using (var sandbox = await StartAsync(blocks[0].Trim(), folder))
        {
            // Names that one block sets are used by those below it: one shell runs them all.
            var marked = blocks.Skip(1).Select((block, index) => $"echo '--- {index}'\n{block}");
            var run = await RunAsync("set -euo pipefail\n"
                + string.Concat(marked).Replace(SandboxReadme.Address, sandbox.Address, StringComparison.Ordinal));

            Assert.True(run.ExitCode == 0, run.Errors + run.Output);
            SandboxReadme.AssertPrinted(
                [.. blocks.Skip(1).SelectMany((block, index) => SandboxReadme.Prints(block, "#").Prepend($"--- {index}"))], run.Output);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<StartedSandbox> StartAsync(string command, string folder)
    {
        Assert.StartsWith(Start, command, StringComparison.Ordinal);
        // What was built for the tests, so that nothing is built twice; on a free port, so that nobody's is taken.
        var process = ChildProcess.Start(
            [typeof(SandboxServer).Assembly.Location, .. command[Start.Length..].Split(' '), "--url", "http://127.0.0.1:0"],
            [], folder, "StripeSandbox answers at ");
        var line = await process.Ready ?? throw new InvalidOperationException("The sandbox did not start: " + process.Said);
        var address = line[line.IndexOf("http://", StringComparison.Ordinal)..];
        return new StartedSandbox(process, address[..address.IndexOf(',', StringComparison.Ordinal)]);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var output = shell.StandardOutput.ReadToEndAsync();
        var errors = shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, await output, await errors);
    }

    private sealed record StartedSandbox(ChildProcess Process, string Address) : IDisposable
    {
        public void Dispose() => Process.Dispose();
    }
}

/// <summary>A test that needs the programs of the README's command lines: where one is missing, it is shown as skipped.</summary>
public sealed class ShellFactAttribute : FactAttribute
{
    private static readonly string[] Programs = ["bash", "curl", "jq"];

    public ShellFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (Array.Find(Programs, program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))) is { } missing)
            Skip = $"{missing} is not installed: the README's command lines were not run.";
    }
}
