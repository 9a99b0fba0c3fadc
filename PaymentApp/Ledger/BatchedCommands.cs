using Microsoft.EntityFrameworkCore.Update;

namespace PaymentApp.Ledger;

/// <summary>
/// Sends all that a change writes as one command. Without it, SQLite's provider sends one command a row, and each
/// payment writes ten. https://learn.microsoft.com/ef/core/performance/efficient-updating#batching.
/// </summary>
internal sealed class BatchedCommands(ModificationCommandBatchFactoryDependencies dependencies) : IModificationCommandBatchFactory
{
    // A change of one payment stays far below it; SQLite takes 32,766 parameters a command.
    private const int MostRows = 200;

    public ModificationCommandBatch Create() => new Batch(dependencies);

    private sealed class Batch(ModificationCommandBatchFactoryDependencies dependencies)
        : AffectedCountModificationCommandBatch(dependencies, MostRows);
}
