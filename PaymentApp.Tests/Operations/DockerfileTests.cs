using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Killing;
using PaymentApp.Tests.Sandbox;
using PaymentApp.Tests.Sandbox.Program;

namespace PaymentApp.Tests.Operations;

/// <summary>What the shop's Dockerfile does, without Docker: what it copies is published by its command, and its entry point is ready.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "PaymentApp", "Dockerfile"));

    [Fact]
    public async Task What_it_copies_is_published_and_its_entry_point_is_ready()
    {
        using var folder = new TemporaryFolder();
        var (source, app, data) = (Path.Combine(folder.Path, "source"), Path.Combine(folder.Path, "app"), Path.Combine(folder.Path, "data"));
        foreach (var arguments in Instructions("COPY").Where(copied => !copied.StartsWith("--from", StringComparison.Ordinal)).Select(copied => copied.Split(' ')))
        {
            foreach (var copied in arguments[..^1])
                Copy(Path.Combine(Repository.Root, copied), Directory.Exists(Path.Combine(Repository.Root, copied))
                    ? Path.Combine(source, arguments[^1])
                    : Path.Combine(source, arguments[^1], Path.GetFileName(copied)));
        }

        AssertComplete(source);
        var publish = Instructions("RUN").First();
        Assert.Equal("dotnet publish PaymentApp -c Release -o /app", publish);
        // Building it all again is dear: what was built beside the tests stands in for it by default, with the settings that a build leaves out.
        if (TestSize.IsFull)
        {
            await DotNet.RunAsync(source, [.. publish.Split(' ')[1..].Select(argument => argument == "/app" ? app : argument)]);
        }
        else
        {
            Directory.CreateDirectory(app);
            foreach (var settings in new[] { "appsettings.json", "appsettings.Development.json" })
                File.Copy(Path.Combine(source, settings), Path.Combine(app, settings));
        }

        Directory.CreateDirectory(data);
        var environment = Instructions("ENV").Select(setting => setting.Split('=', 2))
            .ToDictionary(setting => setting[0], setting => setting[1].Trim('"').Replace("/data", data, StringComparison.Ordinal));
        Assert.Equal((environment["ASPNETCORE_HTTP_PORTS"], "8080"), (Instructions("EXPOSE").Single(), environment["ASPNETCORE_HTTP_PORTS"]));
        environment["ASPNETCORE_HTTP_PORTS"] = "0";
        // The image sets no environment: .NET takes that for Production. Nobody answers at the account's address here.
        foreach (var (name, value) in new[]
                 {
                     ("ASPNETCORE_ENVIRONMENT", "Production"), ("DOTNET_ENVIRONMENT", "Production"), ("HOME", folder.Path), ("HTTPS_PROXY", "http://127.0.0.1:9"),
                     ("Stripe:SecretKey", "sk_live_51NoSuchAccount"), ("Stripe:PublishableKey", "pk_live_51NoSuchAccount"), ("Stripe:WebhookSecret", "whsec_of_nobody"),
                 })
            environment[name] = value;
        var command = Words(Instructions("ENTRYPOINT").Single());
        Assert.Equal(["dotnet", "PaymentApp.dll"], command);
        using var process = ChildProcess.Start(
            [TestSize.IsFull ? command[1] : typeof(IPaymentService).Assembly.Location], environment, app, "Now listening on");
        var line = await process.Ready ?? throw new InvalidOperationException("The entry point did not start: " + process.Said);

        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port().Match(line).Groups[1].Value}") };
        Assert.Equal("Healthy", await client.GetStringAsync(new Uri("/readyz", UriKind.Relative)));
        var home = await client.GetStringAsync(new Uri("/", UriKind.Relative));
        if (TestSize.IsFull)
            Assert.All(LocalFiles().Matches(home), file => Assert.Equal(HttpStatusCode.OK, StatusOf(client, file.Groups[1].Value)));
        Assert.True(File.Exists(Path.Combine(data, "payments.db")));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(data, "keys"), "key-*.xml"));
        Assert.All(process.Lines, said => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(said).RootElement.ValueKind));
        // All that it keeps is in the volume.
        Assert.Empty(Directory.GetFiles(app, "*.db", SearchOption.AllDirectories));
    }

    [Fact]
    public void It_runs_as_nobody_in_particular_and_keeps_its_data_in_a_volume()
    {
        Assert.Equal("$APP_UID", Instructions("USER").Single());
        Assert.Equal("/data", Instructions("VOLUME").Single());
        Assert.Contains(Instructions("RUN"), run => run == "mkdir /data && chown $APP_UID /data");
        Assert.All(Instructions("FROM"), image => Assert.Matches(@"^mcr\.microsoft\.com/dotnet/(sdk|aspnet):10\.0( AS build)?$", image));
    }

    [Fact]
    public void Neither_ledgers_nor_keys_of_this_machine_go_into_the_image()
    {
        var ignored = File.ReadAllLines(Path.Combine(Repository.Root, "PaymentApp", "Dockerfile.dockerignore"));

        Assert.Superset(new HashSet<string> { "**/bin", "**/obj", "**/*.db", "**/*.db-*", "**/App_Data", ".git" }, ignored.ToHashSet());
    }

    /// <summary>Nothing that the shop is made of stays behind.</summary>
    private static void AssertComplete(string source)
    {
        var own = new[] { "PaymentApp", "StripeSandbox", "wwwroot" }
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" or ".csproj" or ".txt" or ".js" or ".css" or ".html" or ".json" or ".svg")
            .Where(file => file.Split(Path.DirectorySeparatorChar)[1] is not ("bin" or "obj"));
        var shared = new[] { "Directory.Build.props", "Directory.Packages.props", "eng/TopLevelContent.targets", "appsettings.json", "appsettings.Development.json" };
        Assert.All(shared.Concat(own), file => Assert.True(File.Exists(Path.Combine(source, file)), $"The Dockerfile does not copy {file}."));
    }

    private static HttpStatusCode StatusOf(HttpClient client, string file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/" + file);
        using var answer = client.Send(request);
        return answer.StatusCode;
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
            if (path.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj" or "App_Data"))
                Copy(file, Path.Combine(to, path));
        }
    }

    [GeneratedRegex(@"Now listening on: http://\S+:(\d+)")]
    private static partial Regex Port();

    [GeneratedRegex("(?:href|src)=\"([^\":]+\\.(?:css|js|svg))\"")]
    private static partial Regex LocalFiles();
}
