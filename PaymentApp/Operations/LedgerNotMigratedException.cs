namespace PaymentApp.Operations;

/// <summary>The ledger lacks migrations, and the start is not to apply them. The message says what does.</summary>
internal sealed class LedgerNotMigratedException(string message) : InvalidOperationException(message);
