using System.Collections.Concurrent;
using PaymentApp.Tests.Sandbox;
using StripeSandbox;
using StripeSandbox.Api;
using StripeSandbox.Calls;
using StripeSandbox.Idempotency;

namespace PaymentApp.Tests.Node;

/// <summary>
/// One run of all the files of <c>conformance/</c> in each API version, each beside a sandbox of its own: how each ended, and
/// which routes the client was answered by.
/// </summary>
public sealed class ConformanceRun : IAsyncLifetime
{
    private readonly ConcurrentDictionary<(string File, string Version), NodeRun> _runs = new();
    private readonly ConcurrentDictionary<string, bool> _routes = new();
    private readonly ConcurrentDictionary<int, bool> _sandboxes = new();
    private IReadOnlyList<string> _allRoutes = [];

    public static IReadOnlyList<string> Files { get; } = [.. Directory
        .EnumerateFiles(Path.Combine(NodePackages.Folder, "conformance"), "*.test.mjs").Select(file => Path.GetFileName(file)).Order()];

    /// <summary>The last version of each release train that the sandbox's own users may speak: the guide's parameters, and today's.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["2026-07-29.dahlia", "2026-10-28.endive"];

    /// <summary>The routes of Stripe's API that nothing in the files has had a 200 from.</summary>
    public IEnumerable<string> RoutesNeverAnswered => _allRoutes.Except(_routes.Keys);

    public NodeRun this[string file, string version] => _runs[(file, version)];

    public async Task InitializeAsync()
    {
        if (!NodePackages.HasNode)
            return;
        AnswerWatch.Answered += Note;
        try
        {
            // Two at a time: a file is a process, and other tests run beside it.
            await Parallel.ForEachAsync(
                Files.SelectMany(file => Versions.Select(version => (file, version))), new ParallelOptions { MaxDegreeOfParallelism = 2 },
                async (run, _) => _runs[run] = await RunAsync(run.file, run.version));
        }
        finally
        {
            AnswerWatch.Answered -= Note;
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<NodeRun> RunAsync(string file, string version)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Url = "http://127.0.0.1:0" });
        _sandboxes[sandbox.Address.Port] = true;
        _allRoutes = [.. sandbox.Routes.Where(route => route.Pattern.StartsWith("/v1/", StringComparison.Ordinal)).Select(NameOf)];
        var run = await NodePackages.RunAsync(
            ["--test-reporter=spec", $"conformance/{file}"], ("STRIPE_SANDBOX", sandbox.Address.ToString()), ("STRIPE_VERSION", version));
        try
        {
            AnswerWatch.Verify(sandbox.Address);
            return run;
        }
        catch (WrongAnswerException wrong)
        {
            return new NodeRun(1, $"{wrong.Message}\n{run.Output}");
        }
    }

    private void Note(GivenAnswer given)
    {
        if (given.Answer.Status == 200 && _sandboxes.ContainsKey(new Uri(given.Origin).Port))
            _routes[NameOf(given.Route)] = true;
    }

    private static string NameOf(ApiRoute route) => $"{route.Method} {route.Pattern}";
}
