using System.Diagnostics;
using System.Runtime.CompilerServices;
using PaymentApp.Tests.Sandbox;

namespace PaymentApp.Tests.Python;

/// <summary>
/// Stripe's own Python client against the sandbox, in the release that Debian packages.
/// </summary>
public sealed class PythonClientTests
{
    [PythonFact]
    public async Task The_official_client_pays_declines_refunds_and_lists()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var run = await PythonFactAttribute.RunAsync(Path.Combine(Folder(), "smoke.py"), sandbox.Server.ApiBase);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal("all of it", run.Output.Trim());
    }

    [Theory]
    [InlineData("True", "succeeded")]
    [InlineData("true", "succeeded")]
    [InlineData("1", "succeeded")]
    [InlineData("False", "requires_confirmation")]
    [InlineData("0", "requires_confirmation")]
    public async Task Booleans_are_taken_as_clients_write_them(string confirm, string status)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var intent = await sandbox.PostAsync(
            "/v1/payment_intents",
            ("amount", "1999"), ("currency", "usd"), ("confirm", confirm), ("allowed_payment_method_types[]", "card"), ("payment_method", "pm_card_visa"),
            ("_stripe_version", "2026-10-28.endive"));

        Assert.Equal(status, intent.Ok().State);
        Assert.Equal(400, (await sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"), ("confirm", "yes"))).Status);
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

/// <summary>A test that needs Python and its package <c>stripe</c>: where either is missing, the test is shown as skipped.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    // The system's own is the one that a distribution's packages are for.
    private static readonly Lazy<string?> Python = new(() => new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(python =>
    {
        try
        {
            return RunAsync(python, "-c", "import stripe").GetAwaiter().GetResult().ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }));

    public PythonFactAttribute()
    {
        if (Python.Value is null)
            Skip = "Python's package stripe is not installed: Stripe's own Python client was not asked.";
    }

    internal static Task<(int ExitCode, string Output)> RunAsync(string script, string argument) => RunAsync(Python.Value!, script, argument);

    private static async Task<(int ExitCode, string Output)> RunAsync(string python, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(python, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
