using System.IO.Compression;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Killing;

namespace PaymentApp.Tests.Sandbox.Program;

/// <summary>The two packages: the command, installed and started, and the library that tests reference.</summary>
public sealed class ToolPackageTests
{
    [FullFact]
    public async Task The_packed_tool_installs_and_starts()
    {
        using var folder = new TemporaryFolder();
        var (packages, tools) = (Path.Combine(folder.Path, "packages"), Path.Combine(folder.Path, "tools"));
        await PackAsync(packages, "-p:PackAsTool=true");
        var package = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(packages, "*.nupkg")));
        Assert.StartsWith("StripeSandbox.Tool.", package, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "nuget.config"), $"""<configuration><packageSources><clear /><add key="own" value="{packages}" /></packageSources></configuration>""");

        await DotNet.RunAsync(
            folder.Path, "tool", "install", "StripeSandbox.Tool", "--tool-path", tools, "--version", package["StripeSandbox.Tool.".Length..],
            "--configfile", Path.Combine(folder.Path, "nuget.config"));

        using var process = ChildProcess.StartProgram(
            Path.Combine(tools, OperatingSystem.IsWindows() ? "stripe-sandbox.exe" : "stripe-sandbox"), ["--urls", "http://127.0.0.1:0", "--data", "tool.data"],
            [], folder.Path, "StripeSandbox answers at ");
        var line = await process.Ready ?? throw new InvalidOperationException("The tool did not start: " + process.Said);
        using var client = new HttpClient();
        var script = await client.GetStringAsync(new Uri(new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(',')[0]), "/v3/"));
        Assert.Contains("window.Stripe", script, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, "tool.data")));
    }

    [FullFact]
    public async Task The_packed_library_is_what_a_test_project_references()
    {
        using var folder = new TemporaryFolder();
        await PackAsync(folder.Path);

        using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(folder.Path, "*.nupkg")));
        var files = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("lib/net10.0/StripeSandbox.dll", files);
        Assert.Contains("lib/net10.0/StripeSandbox.xml", files);
        Assert.Contains("README.md", files);
    }

    private static Task PackAsync(string output, params string[] properties) => DotNet.RunAsync(
        Repository.Root, ["pack", "StripeSandbox", "--no-build", "--nologo", "-c", DotNet.Configuration, "-o", output, .. properties]);
}
