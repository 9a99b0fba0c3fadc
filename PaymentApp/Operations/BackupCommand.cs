namespace PaymentApp.Operations;

/// <summary>Copies the ledger of a shop that may be running, for whoever has no <c>sqlite3</c> at hand.</summary>
internal sealed class BackupCommand(ILedgerBackup ledger, IConfiguration configuration) : ICommand
{
    private const string Target = "to";

    public string Name => "backup";

    public string Purpose => "copies the ledger while the shop runs: backup --to <file>";

    public async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (configuration[Target] is not { Length: > 0 } file)
        {
            await output.WriteLineAsync("Say where the copy goes: backup --to <file>");
            return CommandLine.Misused;
        }

        try
        {
            await ledger.CopyAsync(file, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            await output.WriteLineAsync($"The ledger was not copied. {problem.Message}");
            return 1;
        }

        await output.WriteLineAsync($"The ledger was copied to {Path.GetFullPath(file)}.");
        return 0;
    }
}
