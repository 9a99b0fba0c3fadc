namespace PaymentApp.Ledger;

/// <summary>The time as both databases keep it.</summary>
internal static class LedgerClock
{
    /// <summary>UTC, in whole microseconds: PostgreSQL cuts off the rest, and what was kept must equal what was written.</summary>
    public static DateTime GetLedgerTime(this TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
