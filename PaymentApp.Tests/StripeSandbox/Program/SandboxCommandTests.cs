using System.Net;
using System.Net.Sockets;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Killing;
using PaymentApp.Tests.Reach;
using StripeSandbox;

namespace PaymentApp.Tests.Sandbox.Program;

/// <summary>The sandbox's own process: what it is told, by its command line and its environment, and what it refuses.</summary>
public sealed class SandboxCommandTests
{
    [Theory]
    [FullData("--url http://127.0.0.1:0")]
    [InlineData("--urls http://127.0.0.1:0")]
    [FullData("--urls=http://127.0.0.1:0")]
    [FullData("--Sandbox:Url=http://127.0.0.1:0")]
    [InlineData("--Sandbox:Url http://127.0.0.1:0 --Logging:LogLevel:Default Warning --Logging:LogLevel:StripeSandbox=Information")]
    public async Task It_listens_where_its_command_line_says(string arguments)
    {
        var command = SandboxCommand.Parse(arguments.Split(' '));
        Assert.Null(command.Text);
        Assert.Equal("http://127.0.0.1:0", command.Settings["Sandbox:Url"]);

        // A process costs a second: one is started for all, and in a full run for each.
        if (TestSize.IsFull || arguments.StartsWith("--urls ", StringComparison.Ordinal))
            await AnswersAsync("http://127.0.0.1:", arguments.Split(' '), ("ASPNETCORE_URLS", "http://localhost:1"));
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:0", "http://127.0.0.1:")]
    [FullData("ASPNETCORE_HTTP_PORTS", "0", "http://[::]:")]
    [InlineData("Sandbox:Url", "http://127.0.0.1:0", "http://127.0.0.1:")]
    public Task It_listens_where_its_environment_says(string name, string value, string address) => AnswersAsync(address, [], (name, value));

    [Theory]
    [InlineData("--help")]
    [FullData("-h")]
    [FullData("--data x --help")]
    public async Task It_says_what_it_can_be_told(string arguments)
    {
        var command = SandboxCommand.Parse(arguments.Split(' '));

        Assert.Equal(0, command.ExitCode);
        Assert.All(
            ["Usage: stripe-sandbox", "--urls", "--data", "--secret-key", "--make-keys", "--allow-remote-control", "ASPNETCORE_URLS"],
            word => Assert.Contains(word, command.Text, StringComparison.Ordinal));
        if (TestSize.IsFull || arguments == "--help")
            await AssertSaidAsync(arguments, command);
    }

    [Theory]
    [InlineData("--dta sandbox.data", "Unknown option --dta")]
    [FullData("--Data sandbox.data", "Unknown option --Data")]
    [FullData("-data sandbox.data", "Unknown option -data")]
    [InlineData("sandbox.data", "Unknown argument sandbox.data")]
    [FullData("--Sandbox:Dta=x", "Unknown option --Sandbox:Dta")]
    [InlineData("--Kestrel:Endpoints:A:Url=http://localhost:1", "Unknown option --Kestrel:Endpoints:A:Url")]
    [InlineData("--data", "--data needs a value")]
    [FullData("--data=", "--data needs a value")]
    [InlineData("--urls 12111", "--urls takes addresses")]
    [FullData("--urls ftp://localhost", "--urls takes addresses")]
    [FullData("--make-keys=perhaps", "--make-keys is true or false")]
    public async Task What_it_does_not_know_it_names_and_refuses(string arguments, string says)
    {
        var command = SandboxCommand.Parse(arguments.Split(' '));

        Assert.Equal(2, command.ExitCode);
        Assert.Contains(says, command.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', command.Text!);
        if (TestSize.IsFull || arguments.StartsWith("--dta", StringComparison.Ordinal))
            await AssertSaidAsync(arguments, command);
    }

    [Fact]
    public async Task What_keeps_it_from_starting_it_says_in_one_line()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (held, foreign) = (Path.Combine(folder.Path, "held.data"), Path.Combine(folder.Path, "foreign.data"));
        await File.WriteAllTextAsync(foreign, "SQLite format 3\n");
        await using var other = await SandboxServer.StartAsync(new SandboxOptions { Url = "http://127.0.0.1:0", Data = held });

        foreach (var (arguments, says) in new[]
                 {
                     ($"--urls http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}", "is in use"), ($"--urls http://127.0.0.1:0 --data {held}", "held.data is in use"),
                     ("--urls http://127.0.0.1:0 --secret-key sk_live_51Real", "was given a live key"),
                     ($"--urls http://127.0.0.1:0 --data {foreign}", "foreign.data is not a data file"), ($"--urls http://127.0.0.1:0 --data {folder.Path}", "is a folder"),
                 })
        {
            using var process = Start(arguments.Split(' '));
            await process.Ended;

            Assert.Equal(1, process.ExitCode);
            Assert.Contains(says, Assert.Single(process.Lines, line => line.Contains("cannot start", StringComparison.Ordinal)), StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", process.Said, StringComparison.Ordinal);
            Assert.DoesNotContain("51Real", process.Said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("sk_live_51Real", "pk_test_sandbox", true)]
    [FullData("rk_live_51Real", "pk_test_sandbox", true)]
    [InlineData("sk_test_sandbox", "pk_live_51Real", true)]
    [InlineData("sk_test_51Own", "pk_test_51Own", false)]
    [FullData("rk_test_51Own", "pk_test_51Own", false)]
    public void A_live_key_keeps_it_from_starting(string secret, string publishable, bool isRefused)
    {
        var options = new SandboxOptions { Url = "http://127.0.0.1:0", SecretKey = secret, PublishableKey = publishable };

        Assert.Equal(isRefused, SandboxPlace.FindProblem(options) is not null);
    }

    [Fact]
    public async Task Settings_of_the_folder_that_it_is_started_in_are_not_its_own()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "appsettings.json"), """{ "Kestrel": { "Endpoints": { "Shop": { "Url": "http://127.0.0.1:1" } } }, "Sandbox": { "SecretKey": "sk_test_of_the_shop" } }""");

        var address = await AnswersAsync("http://127.0.0.1:", ["--urls", "http://127.0.0.1:0"], folder: folder.Path);

        Assert.NotEqual(1, address.Port);
    }

    [Fact]
    public void Options_become_settings()
    {
        var command = SandboxCommand.Parse(
            ["--data=a=b", "--secret-key", "sk_test_1", "--make-keys", "--allow-remote-control=false", "--allowed-hosts", "a.test; b.test"]);

        Assert.Null(command.Text);
        Assert.Equal("a=b", command.Settings["Sandbox:Data"]);
        Assert.Equal("sk_test_1", command.Settings["Sandbox:SecretKey"]);
        Assert.Equal("true", command.Settings["Sandbox:MakeKeys"]);
        Assert.Equal("false", command.Settings["Sandbox:AllowRemoteControl"]);
        Assert.Equal(["a.test", "b.test"], command.Settings.Where(setting => setting.Key.StartsWith("Sandbox:AllowedHosts:", StringComparison.Ordinal)).Select(setting => setting.Value).Order());
    }

    private static async Task AssertSaidAsync(string arguments, SandboxCommand command)
    {
        using var process = Start(arguments.Split(' '));
        await process.Ended;

        Assert.Equal(command.ExitCode, process.ExitCode);
        Assert.Equal(command.Text!.Split('\n').Where(line => line.Length > 0), process.Lines.Where(line => line.Length > 0));
    }

    private static async Task<Uri> AnswersAsync(string address, string[] arguments, (string Name, string Value)? setting = null, string? folder = null)
    {
        using var process = Start(arguments, setting, folder);
        var line = await process.Ready ?? throw new InvalidOperationException("The sandbox did not start: " + process.Said);
        var told = line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(',')[0];
        Assert.StartsWith(address, told, StringComparison.Ordinal);
        var reached = new Uri(told.Replace("[::]", "127.0.0.1", StringComparison.Ordinal));
        using var client = new HttpClient();
        Assert.Equal("ok", await client.GetStringAsync(new Uri(reached, "/healthz")));
        return reached;
    }

    private static ChildProcess Start(string[] arguments, (string Name, string Value)? setting = null, string? folder = null) => ChildProcess.Start(
        [typeof(SandboxServer).Assembly.Location, .. arguments], setting is { } set ? [KeyValuePair.Create(set.Name, set.Value)] : [],
        folder ?? Path.GetTempPath(), "StripeSandbox answers at ");
}
