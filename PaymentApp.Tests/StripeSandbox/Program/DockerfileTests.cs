using System.Text.Json;
using System.Text.RegularExpressions;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Killing;
using StripeSandbox;

namespace PaymentApp.Tests.Sandbox.Program;

/// <summary>What the Dockerfile does, without Docker: what it copies is published by its command, and its entry point answers.</summary>
public sealed partial class DockerfileTests
{
    private readonly Dockerfile _dockerfile = new("StripeSandbox");

    [Fact]
    public async Task What_it_copies_is_published_and_its_entry_point_answers()
    {
        using var folder = new TemporaryFolder();
        var (source, app, data) = (Path.Combine(folder.Path, "source"), Path.Combine(folder.Path, "app"), Path.Combine(folder.Path, "data"));
        _dockerfile.CopyTo(source);

        var publish = _dockerfile.Instructions("RUN").First();
        Assert.StartsWith("dotnet publish StripeSandbox ", publish, StringComparison.Ordinal);
        // Building it all again is the dearest test of the suite: what was built beside the tests stands in for it, unless asked.
        if (TestSize.IsFull)
            await DotNet.RunAsync(source, [.. publish.Split(' ')[1..].Select(argument => argument == "/app" ? app : argument)]);
        else
            app = Path.GetDirectoryName(typeof(SandboxServer).Assembly.Location)!;
        Dockerfile.AssertComplete(source, ["StripeSandbox"], ["Directory.Build.props", "Directory.Packages.props"]);

        var command = _dockerfile.Words("ENTRYPOINT").Concat(_dockerfile.Words("CMD"))
            .Select(word => word.Replace("/data/", data + Path.DirectorySeparatorChar, StringComparison.Ordinal)).ToList();
        Assert.Equal("dotnet", command[0]);
        var settings = _dockerfile.Instructions("ENV").Select(setting => setting.Split('=', 2)).ToDictionary(setting => setting[0], setting => setting[1]);
        Assert.Equal("12111", settings["ASPNETCORE_HTTP_PORTS"]);
        Assert.Equal("12111", _dockerfile.Instructions("EXPOSE").Single());
        settings["ASPNETCORE_HTTP_PORTS"] = "0";
        using var process = ChildProcess.Start(command[1..], settings, app, "StripeSandbox answers at ");
        var line = await process.Ready ?? throw new InvalidOperationException("The entry point did not start: " + process.Said);
        using var client = new HttpClient();
        Assert.Equal("ok", await client.GetStringAsync(new Uri($"http://127.0.0.1:{Port().Match(line).Groups[1].Value}/healthz")));
        Assert.True(File.Exists(Path.Combine(data, "sandbox.data")));
    }

    [Fact]
    public void It_runs_as_nobody_in_particular_and_keeps_its_data_in_a_volume() => _dockerfile.AssertUnprivilegedWithVolume();

    [GeneratedRegex(@":(\d+),")]
    private static partial Regex Port();
}
