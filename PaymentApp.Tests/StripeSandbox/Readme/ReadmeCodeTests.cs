using System.Runtime.CompilerServices;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Node;
using Stripe;
using StripeSandbox;

namespace PaymentApp.Tests.Sandbox;

/// <summary>The README's Node and .NET code: run, and found to print what stands under it.</summary>
public sealed class ReadmeCodeTests
{
    [NodeFact]
    public async Task The_Node_code_of_the_readme_prints_what_stands_under_it()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var address = sandbox.Server.Address;
        var code = Assert.Single(SandboxReadme.Blocks("js"));
        var here = code.Replace("host: '127.0.0.1', port: 12111", $"host: '{address.Host}', port: {address.Port}", StringComparison.Ordinal);
        Assert.NotEqual(code, here);

        var run = await NodePackages.RunAsync(["--input-type=module", "--eval", here]);

        Assert.True(run.ExitCode == 0, run.Output);
        SandboxReadme.AssertPrinted(SandboxReadme.Prints(code, "//"), run.Output);
    }

    [Fact]
    public async Task The_DotNet_code_of_the_readme_is_the_code_of_this_test()
    {
        // README
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Url = "http://127.0.0.1:0" });
        var client = new StripeClient(new StripeClientOptions { ApiKey = "sk_test_sandbox", ApiBase = sandbox.Address.ToString().TrimEnd('/') });

        var intent = await client.V1.PaymentIntents.CreateAsync(new PaymentIntentCreateOptions
        {
            Amount = 1999,
            Currency = "usd",
            PaymentMethod = "pm_card_visa",
            AllowedPaymentMethodTypes = ["card"],
            Confirm = true,
            ConfirmationMethod = "manual",
            UseStripeSdk = true,
        });
        Console.WriteLine(intent.Status);
        // README

        var code = SandboxReadme.Blocks("csharp")[0];
        Assert.Equal(
            string.Join('\n', code.Split('\n').Where(line => !line.StartsWith("//", StringComparison.Ordinal))).Trim(), OwnLines());
        Assert.Equal([intent.Status], SandboxReadme.Prints(code, "//"));
    }

    /// <summary>The README's test of somebody's shop is one of these tests, word for word.</summary>
    [Fact]
    public void The_test_of_the_readme_is_run_here()
    {
        var file = System.IO.File.ReadAllText(Path.Combine(Repository.Root, "PaymentApp.Tests", "StripeSandbox", "Readme", "CoffeeShopTests.cs"));

        Assert.Equal(2, SandboxReadme.Blocks("csharp").Count);
        Assert.Equal(file.Split("// README\n")[1], SandboxReadme.Blocks("csharp")[1]);
    }

    /// <summary>What stands above between the marks, as far out as it stands in the README.</summary>
    private static string OwnLines([CallerFilePath] string file = "") => string.Join('\n', System.IO.File.ReadLines(file)
        .SkipWhile(line => line.Trim() != "// README").Skip(1)
        .TakeWhile(line => line.Trim() != "// README")
        .Select(line => line.Length == 0 ? line : line[8..])).Trim();
}
