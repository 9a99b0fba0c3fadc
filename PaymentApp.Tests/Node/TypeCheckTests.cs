namespace PaymentApp.Tests.Node;

/// <summary>
/// The JavaScript on both sides of Stripe.js against the types that Stripe publishes: the sandbox's script implements them,
/// the shop's calls them. <c>types/</c> holds a project for each, with lines that must not pass.
/// </summary>
public sealed class TypeCheckTests
{
    [NodeTheory]
    [InlineData("sandbox")]
    [InlineData("shop")]
    public async Task The_script_keeps_to_the_types_that_Stripe_publishes(string project)
    {
        var run = await CheckAsync($"types/{project}");
        Assert.True(run.ExitCode == 0, run.Output);
    }

    [NodeTheory]
    [InlineData("sandbox", "host/stripe.js")]
    [InlineData("sandbox", "host/element.js")]
    [InlineData("shop", "CheckoutForm.razor.js")]
    public async Task The_check_looks_at_the_script_that_is_served(string project, string script)
    {
        var run = await CheckAsync($"types/{project}", "--listFilesOnly");
        Assert.Contains(script, run.Output, StringComparison.Ordinal);
        Assert.Contains("@stripe/stripe-js", run.Output, StringComparison.Ordinal);
    }

    private static Task<NodeRun> CheckAsync(string project, params string[] options) =>
        NodePackages.RunAsync(["node_modules/typescript/bin/tsc", "-p", project, .. options]);
}
