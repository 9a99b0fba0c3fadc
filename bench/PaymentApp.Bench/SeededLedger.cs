using System.Globalization;
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

        await LargeLedger.FillAsync(context, orders);
        var first = DateTimeOffset.UtcNow.AddDays(-Days);
        var apart = (long)TimeSpan.FromDays(Days).TotalMilliseconds / orders;
        foreach (var spread in new[]
        {
            $"UPDATE Payments SET PlacedKey = ({first.ToUnixTimeMilliseconds()} + rowid * {apart}) * 1048576",
            $"UPDATE Attempts SET Day = ({first.ToUnixTimeMilliseconds()} + rowid * {apart}) / 86400000",
            "ANALYZE",
        })
        {
            await context.Database.ExecuteSqlRawAsync(string.Create(CultureInfo.InvariantCulture, $"{spread}"));
        }

        // What the seed left in the log would be carried over in the middle of a measurement.
        await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
