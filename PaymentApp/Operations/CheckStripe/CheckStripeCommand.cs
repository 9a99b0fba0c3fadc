using Microsoft.Extensions.Options;
using PaymentApp.Stripe;

namespace PaymentApp.Operations.CheckStripe;

/// <summary>
/// Plays Stripe's guide server-side against the configured account, or the embedded sandbox where there is none, and says
/// whether a checkout would work. Makes test payments; touches neither the ledger nor the sandbox's kept books.
/// </summary>
internal sealed class CheckStripeCommand(
    IOptions<StripeOptions> options,
    EmbeddedSandbox sandbox,
    StripeConnection connection,
    StripeClientFactory clients,
    IEnumerable<IStripeCheck> checks,
    TimeProvider clock) : ICommand
{
    public string Name => "check-stripe";

    public string Purpose => "makes test payments with the configured keys and says whether a checkout would work";

    public async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        var report = new CheckReport(output);
        if (!AreSettingsUsable(report))
            return await EndAsync(report, output);

        if (sandbox.IsUsed)
            await sandbox.OpenAloneAsync(cancellationToken);
        var where = sandbox.IsUsed ? "StripeSandbox in this process, for no keys are set" : connection.ApiBase?.ToString() ?? "Stripe";
        await output.WriteLineAsync($"{where}, API version {connection.Dialect.Version}, {connection.Dialect.MethodTypesParameter}[]=card");

        using var stripe = new StripeUnderCheck(connection, clients, connection.Dialect, clock);
        foreach (var check in checks)
        {
            if (!await check.RunAsync(stripe, report, cancellationToken))
                break;
        }

        return await EndAsync(report, output);
    }

    private bool AreSettingsUsable(CheckReport report)
    {
        try
        {
            _ = options.Value;
        }
        catch (OptionsValidationException invalid)
        {
            foreach (var problem in invalid.Failures)
                report.NotOk(problem);
            return false;
        }

        // The sandbox has no keys before it runs, and never live ones.
        if (sandbox.IsUsed || !connection.IsLive)
            return true;
        report.NotOk("Stripe:SecretKey is a live key, and this command makes payments: run it with the test keys of the account.");
        return false;
    }

    private static async Task<int> EndAsync(CheckReport report, TextWriter output)
    {
        await output.WriteLineAsync(report.Failed == 0
            ? $"A checkout would work: {report.Passed} of {report.Passed} ok."
            : $"A checkout would not work: {report.Failed} not ok.");
        return report.Failed == 0 ? 0 : 1;
    }
}
