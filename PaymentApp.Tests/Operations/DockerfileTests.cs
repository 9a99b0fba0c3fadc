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
    private readonly Dockerfile _dockerfile = new("PaymentApp");

    [FullFact]
    public async Task What_it_copies_is_published_and_its_entry_point_is_ready()
    {
        using var folder = new TemporaryFolder();
        var (source, app, data) = (Path.Combine(folder.Path, "source"), Path.Combine(folder.Path, "app"), Path.Combine(folder.Path, "data"));
        _dockerfile.CopyTo(source);

        Dockerfile.AssertComplete(
            source, ["PaymentApp", "StripeSandbox", "wwwroot"],
            ["Directory.Build.props", "Directory.Packages.props", "eng/TopLevelContent.targets", "appsettings.json", "appsettings.Development.json"]);
        var publish = _dockerfile.Instructions("RUN").First();
        Assert.Equal("dotnet publish PaymentApp -c Release --use-current-runtime -o /app", publish);
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
        var environment = _dockerfile.Instructions("ENV").Select(setting => setting.Split('=', 2))
            .ToDictionary(setting => setting[0], setting => setting[1].Trim('"').Replace("/data", data, StringComparison.Ordinal));
        Assert.Equal((environment["ASPNETCORE_HTTP_PORTS"], "8080"), (_dockerfile.Instructions("EXPOSE").Single(), environment["ASPNETCORE_HTTP_PORTS"]));
        environment["ASPNETCORE_HTTP_PORTS"] = "0";
        // The image sets no environment: .NET takes that for Production. Nobody answers at the account's address here.
        foreach (var (name, value) in new[]
                 {
                     ("ASPNETCORE_ENVIRONMENT", "Production"), ("DOTNET_ENVIRONMENT", "Production"), ("HOME", folder.Path), ("HTTPS_PROXY", "http://127.0.0.1:9"),
                     ("Stripe:SecretKey", "sk_live_51NoSuchAccount"), ("Stripe:PublishableKey", "pk_live_51NoSuchAccount"), ("Stripe:WebhookSecret", "whsec_of_nobody"),
                 })
            environment[name] = value;
        var command = _dockerfile.Words("ENTRYPOINT");
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
    public void It_runs_as_nobody_in_particular_and_keeps_its_data_in_a_volume() => _dockerfile.AssertUnprivilegedWithVolume();

    [Fact]
    public void Neither_ledgers_nor_keys_of_this_machine_go_into_the_image()
    {
        var ignored = File.ReadAllLines(Path.Combine(Repository.Root, "PaymentApp", "Dockerfile.dockerignore"));

        Assert.Superset(new HashSet<string> { "**/bin", "**/obj", "**/*.db", "**/*.db-*", "**/App_Data", ".git" }, ignored.ToHashSet());
    }

    private static HttpStatusCode StatusOf(HttpClient client, string file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/" + file);
        using var answer = client.Send(request);
        return answer.StatusCode;
    }

    [GeneratedRegex(@"Now listening on: http://\S+:(\d+)")]
    private static partial Regex Port();

    [GeneratedRegex("(?:href|src)=\"([^\":]+\\.(?:css|js|svg))\"")]
    private static partial Regex LocalFiles();
}
