using System.Globalization;
using System.Text.RegularExpressions;

namespace PaymentApp.Tests.Node;

/// <summary>
/// Stripe's own Node client against the sandbox, as a shop would use it: what it cannot tell from Stripe, other clients cannot
/// either. The tests are those of <c>conformance/</c>.
/// </summary>
public sealed partial class ConformanceTests(ConformanceRun conformance) : IClassFixture<ConformanceRun>
{
    public static TheoryData<string, string> Runs
    {
        get
        {
            var runs = new TheoryData<string, string>();
            foreach (var file in ConformanceRun.Files)
                foreach (var version in ConformanceRun.Versions)
                    runs.Add(file, version);
            return runs;
        }
    }

    [NodeTheory]
    [MemberData(nameof(Runs))]
    public void The_official_client_takes_the_sandbox_for_Stripe(string file, string version)
    {
        var run = conformance[file, version];

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.True(Count(run, "pass") > 0, run.Output);
        Assert.All(["fail", "skipped", "todo", "cancelled"], outcome => Assert.Equal(0, Count(run, outcome)));
    }

    /// <summary>The refund of a card is never in a state in which it can be canceled.</summary>
    [NodeFact]
    public void The_official_client_gets_what_it_asks_for_from_every_route() =>
        Assert.Equal(["POST /v1/refunds/{id}/cancel"], conformance.RoutesNeverAnswered);

    private static int Count(NodeRun run, string outcome)
    {
        var line = Summary().Matches(run.Output).LastOrDefault(line => line.Groups["outcome"].Value == outcome)
            ?? throw new InvalidOperationException($"Node counted nothing as '{outcome}':\n{run.Output}");
        return int.Parse(line.Groups["count"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^. (?<outcome>\w+) (?<count>\d+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Summary();
}
