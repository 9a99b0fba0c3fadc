namespace PaymentApp.Payments;

/// <summary>
/// What the ledger read a payment from, for the ledger alone: a change under the same version need not read it again.
/// Equal to any other, because it says nothing of the payment.
/// </summary>
internal readonly struct LedgerReading(object? rows) : IEquatable<LedgerReading>
{
    /// <summary>The ledger's own rows; null where the payment did not come from it.</summary>
    public object? Rows { get; } = rows;

    public bool Equals(LedgerReading other) => true;

    public override bool Equals(object? obj) => obj is LedgerReading;

    public override int GetHashCode() => 0;
}
