using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;
using PaymentApp.Tests.Ledger;

namespace PaymentApp.Bench;

/// <summary>A ledger with a year's orders, as many on each day.</summary>
internal static class SeededLedger
{
    private const int Days = 365;

    /// <exception cref="InvalidOperationException">It is not empty: the benchmark writes into no shop's ledger.</exception>
    public static async Task FillAsync(IDbContextFactory<LedgerContext> contexts, int orders)
    {
        await using var context = await contexts.CreateDbContextAsync();
        context.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        if (await context.Orders.AnyAsync())
            throw new InvalidOperationException("The ledger holds orders: name an empty one.");

        // One connection for all, which need not ask for each row whether its order is there; only a superuser may say that.
        await context.Database.OpenConnectionAsync();
        if (context.Database.IsNpgsql())
            await context.Database.ExecuteSqlRawAsync("SELECT set_config('session_replication_role', 'replica', false) WHERE current_setting('is_superuser')::boolean");
        await LargeLedger.FillAsync(
            context, orders, (long)TimeSpan.FromDays(Days).TotalMilliseconds / orders, DateTimeOffset.UtcNow.AddDays(-Days).ToUnixTimeMilliseconds());
        if (context.Database.IsNpgsql())
        {
            // Or it would be done in the middle of a measurement.
            await context.Database.ExecuteSqlRawAsync("RESET session_replication_role");
            await context.Database.ExecuteSqlRawAsync("VACUUM (ANALYZE)");
            await context.Database.ExecuteSqlRawAsync("CHECKPOINT");
        }
        else
        {
            // What the seed left in the log would be carried over in the middle of a measurement.
            await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        await context.Database.CloseConnectionAsync();
    }
}
