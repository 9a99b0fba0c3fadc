namespace PaymentApp.Operations;

/// <summary>Brings the ledger up to date for this version of the app.</summary>
internal interface ILedgerMigration
{
    /// <summary>Makes the ledger where there is none, and applies the migrations that it lacks, one process at a time.</summary>
    /// <returns>The names of those that it lacked.</returns>
    /// <exception cref="System.Data.Common.DbException">The database cannot be reached, or refuses.</exception>
    Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken = default);
}
