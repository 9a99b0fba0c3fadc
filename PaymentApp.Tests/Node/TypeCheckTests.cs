using System.Collections.Concurrent;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Node;

/// <summary>
/// The JavaScript on both sides of Stripe.js against the types that Stripe publishes: the sandbox's script implements them,
/// the shop's calls them. <c>types/</c> holds a project for each, with lines that must not pass.
/// </summary>
public sealed class TypeCheckTests
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<NodeRun>>> Checks = new();

    [NodeTheory]
    [FullData("sandbox")]
    [InlineData("shop")]
    public async Task The_script_keeps_to_the_types_that_Stripe_publishes(string project)
    {
        var run = await CheckAsync(project);
        Assert.True(run.ExitCode == 0, run.Output);
    }

    [NodeTheory(isDear: true)]
    [InlineData("sandbox", "host/stripe.js")]
    [InlineData("sandbox", "host/element.js")]
    [InlineData("shop", "CheckoutForm.razor.js")]
    public async Task The_check_looks_at_the_script_that_is_served(string project, string script)
    {
        var run = await CheckAsync(project);
        Assert.Contains(script, run.Output, StringComparison.Ordinal);
        Assert.Contains("@stripe/stripe-js", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Checks a project once, and lists the files that were looked at.</summary>
    private static Task<NodeRun> CheckAsync(string project) => Checks.GetOrAdd(project, name => new Lazy<Task<NodeRun>>(
        () => NodePackages.RunAsync(["node_modules/typescript/bin/tsc", "-p", $"types/{name}", "--listFiles"]))).Value;
}
