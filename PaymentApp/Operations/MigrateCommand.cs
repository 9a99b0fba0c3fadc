using System.Data.Common;

namespace PaymentApp.Operations;

/// <summary>Migrates the ledger before the nodes of a new version are started.</summary>
internal sealed class MigrateCommand(ILedgerMigration ledger) : ICommand
{
    public string Name => "migrate";

    public string Purpose => "brings the ledger up to date for this version, and ends";

    public async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        try
        {
            var applied = await ledger.MigrateAsync(cancellationToken);
            foreach (var name in applied)
                await output.WriteLineAsync($"Applied {name}.");
            await output.WriteLineAsync("The ledger is up to date.");
            return 0;
        }
        catch (Exception problem) when (FindCause(problem) is { } cause)
        {
            await output.WriteLineAsync($"The ledger was not migrated. {cause.Message}");
            return 1;
        }
    }

    // Retries wrap what the database said last.
    private static Exception? FindCause(Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException or IOException or UnauthorizedAccessException)
                return cause;
        }

        return null;
    }
}
