using System.Text.Json;
using System.Text.RegularExpressions;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Killing;
using StripeSandbox;

namespace PaymentApp.Tests.Sandbox.Program;

/// <summary>What the Dockerfile does, without Docker: what it copies is published by its command, and its entry point answers.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "StripeSandbox", "Dockerfile"));

    [Fact]
    public async Task What_it_copies_is_published_and_its_entry_point_answers()
    {
        using var folder = new TemporaryFolder();
        var (source, app, data) = (Path.Combine(folder.Path, "source"), Path.Combine(folder.Path, "app"), Path.Combine(folder.Path, "data"));
        foreach (var arguments in Instructions("COPY").Where(copied => !copied.StartsWith("--from", StringComparison.Ordinal)).Select(copied => copied.Split(' ')))
        {
            foreach (var copied in arguments[..^1])
                Copy(Path.Combine(Repository.Root, copied), Path.Combine(source, arguments[^1] == "./" ? copied : arguments[^1]));
        }

        var publish = Instructions("RUN").First();
        Assert.StartsWith("dotnet publish StripeSandbox ", publish, StringComparison.Ordinal);
        // Building it all again is the dearest test of the suite: what was built beside the tests stands in for it, unless asked.
        if (TestSize.IsFull)
            await DotNet.RunAsync(source, [.. publish.Split(' ')[1..].Select(argument => argument == "/app" ? app : argument)]);
        else
            app = Path.GetDirectoryName(typeof(SandboxServer).Assembly.Location)!;
        AssertComplete(source);

        var command = Words(Instructions("ENTRYPOINT").Single()).Concat(Words(Instructions("CMD").Single()))
            .Select(word => word.Replace("/data/", data + Path.DirectorySeparatorChar, StringComparison.Ordinal)).ToList();
        Assert.Equal("dotnet", command[0]);
        var settings = Instructions("ENV").Select(setting => setting.Split('=', 2)).ToDictionary(setting => setting[0], setting => setting[1]);
        Assert.Equal("12111", settings["ASPNETCORE_HTTP_PORTS"]);
        Assert.Equal("12111", Instructions("EXPOSE").Single());
        settings["ASPNETCORE_HTTP_PORTS"] = "0";
        using var process = ChildProcess.Start(command[1..], settings, app, "StripeSandbox answers at ");
        var line = await process.Ready ?? throw new InvalidOperationException("The entry point did not start: " + process.Said);
        using var client = new HttpClient();
        Assert.Equal("ok", await client.GetStringAsync(new Uri($"http://127.0.0.1:{Port().Match(line).Groups[1].Value}/healthz")));
        Assert.True(File.Exists(Path.Combine(data, "sandbox.data")));
    }

    [Fact]
    public void It_runs_as_nobody_in_particular_and_keeps_its_data_in_a_volume()
    {
        Assert.Equal("$APP_UID", Instructions("USER").Single());
        Assert.Equal("/data", Instructions("VOLUME").Single());
        Assert.Contains(Instructions("RUN"), run => run == "mkdir /data && chown $APP_UID /data");
        Assert.All(Instructions("FROM"), image => Assert.Matches(@"^mcr\.microsoft\.com/dotnet/(sdk|aspnet):10\.0( AS build)?$", image));
    }

    /// <summary>Nothing that the project is made of stays behind: its own files, and what every project here builds on.</summary>
    private static void AssertComplete(string source)
    {
        var shared = new[] { "Directory.Build.props", "Directory.Packages.props" };
        var own = Directory.EnumerateFiles(Path.Combine(Repository.Root, "StripeSandbox"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" or ".csproj" or ".txt" or ".js" or ".css" or ".html" or ".json" or ".svg")
            .Where(file => file.Split(Path.DirectorySeparatorChar)[1] is not ("bin" or "obj"));
        Assert.All(shared.Concat(own), file => Assert.True(File.Exists(Path.Combine(source, file)), $"The Dockerfile does not copy {file}."));
    }

    private static IEnumerable<string> Instructions(string name) =>
        Lines.Where(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Select(line => line[(name.Length + 1)..]);

    private static string[] Words(string json) => JsonSerializer.Deserialize<string[]>(json)!;

    private static void Copy(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(from, file);
            // What Dockerfile.dockerignore leaves out.
            if (path.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
                Copy(file, Path.Combine(to, path));
        }
    }

    [GeneratedRegex(@":(\d+),")]
    private static partial Regex Port();
}
