using PaymentApp.Operations;

namespace PaymentApp.Tests.Operations;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("check-strip")]
    [InlineData("Check-Stripe")]
    [InlineData("serve")]
    public async Task A_command_that_there_is_not_is_told_which_there_are(string name)
    {
        var run = await CommandRun.OfAsync([name]);

        Assert.Equal(CommandLine.Misused, run.ExitCode);
        Assert.Contains($"There is no command {name}.", run.Output, StringComparison.Ordinal);
        Assert.Contains("  check-stripe  makes test payments", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Files);
    }

    [Theory]
    [InlineData()]
    [InlineData("--Payments:Capture=Manual")]
    [InlineData("--Payments:Capture", "Manual")]
    [InlineData("/Payments:Capture", "Manual")]
    [InlineData("Payments:Capture=Manual")]
    public async Task Without_a_command_the_shop_is_served(params string[] args)
    {
        var run = await CommandRun.OfAsync(args);

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains("payments.db", run.Files);
    }
}
