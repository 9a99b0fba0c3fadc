using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;

namespace PaymentApp.Tests.Ledger;

/// <summary>Fills a ledger with other people's orders, in the database itself: each was paid, part was given back, and events came.</summary>
internal static class LargeLedger
{
    public static async Task FillAsync(LedgerContext context, int orders)
    {
        foreach (var (table, columns, values) in new[]
        {
            ("Orders", "Id, Number, ProductId, ProductName, PlacedAt, AmountMinorUnits, Currency, PurchaseToken",
                "id, substr(id, 17, 16), 'kettle', 'Kettle', '2026-01-01 00:00:00', 4900, 'usd', id"),
            ("Payments", "OrderId, State, IntentId, MovedAt, ReceivedMinorUnits, RefundedMinorUnits, IsDisputed, NextLookAt, Looks, Version",
                "id, 'Paid', 'pi_' || id, '2026-01-01 00:00:00', 4900, 100, 0, CASE WHEN n % 50 = 0 THEN '2126-01-01 00:00:00' END, 0, 3"),
            ("Attempts", "OrderId, Number, PaymentMethodId, Authentication, Capture, StartedAt",
                "id, 1, 'pm_' || id, 'Handle', 'Automatic', '2026-01-01 00:00:00'"),
            ("Steps", "OrderId, AttemptNumber, Sequence, Kind, IdempotencyKey, WrittenAt, Tries, EndedAt, Result",
                "id, 1, 1, 'Create', 'order-' || id || '-attempt-1-step-1', '2026-01-01 00:00:00', 1, '2026-01-01 00:00:01', 'Answered'"),
            ("Refunds", "Id, OrderId, MinorUnits, Status, RecordedAt", "'re_' || id, id, 100, 'Succeeded', '2026-01-01 00:00:00'"),
            ("Fulfilments", "OrderId, ReleasedAt", "id, '2026-01-01 00:00:00'"),
            ("Timeline", "OrderId, At, Actor, Event, State", "id, '2026-01-01 00:00:00', 'Shopper', 'StateChanged', 'Paid'"),
            ("Inbox", "EventId, Type, ObjectId, IntentId, ReceivedAt, Status, Tries, NextTryAt",
                "'evt_' || id, 'payment_intent.succeeded', 'pi_' || id, 'pi_' || id, '2026-01-01 00:00:00', " +
                "CASE WHEN n % 1000 = 0 THEN 'Waiting' WHEN n % 100 = 0 THEN 'Parked' WHEN n % 4 = 0 THEN 'Ignored' ELSE 'Done' END, 1, " +
                "CASE WHEN n % 1000 = 0 THEN '2126-01-01 00:00:00' ELSE '2026-01-01 00:00:00' END"),
        })
        {
            var sql = string.Create(
                CultureInfo.InvariantCulture,
                $"WITH RECURSIVE numbers(n, id) AS (SELECT 1, printf('%032x', 1) UNION ALL SELECT n + 1, printf('%032x', n + 1) FROM numbers WHERE n < {orders}) INSERT INTO {table} ({columns}) SELECT {values} FROM numbers");
            await context.Database.ExecuteSqlRawAsync(sql);
        }

        // With what it then knows of the tables, SQLite may choose other plans than in a ledger that it knows nothing of.
        await context.Database.ExecuteSqlRawAsync("ANALYZE");
    }
}
