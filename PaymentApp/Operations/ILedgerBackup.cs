namespace PaymentApp.Operations;

/// <summary>Copies the ledger while the shop runs.</summary>
internal interface ILedgerBackup
{
    /// <summary>Writes a consistent copy of the whole ledger, as of one instant.</summary>
    /// <param name="file">Where; nothing may be there yet.</param>
    /// <exception cref="IOException">There is no ledger to copy, or the file exists or cannot be written.</exception>
    /// <exception cref="NotSupportedException">The ledger is on a database server, which has its own way; the message says which.</exception>
    Task CopyAsync(string file, CancellationToken cancellationToken = default);
}
