using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;

namespace PaymentApp.Tests.Ledger;

/// <summary>Fills a ledger with other people's orders, in the database itself: each was paid, part was given back, and events came.</summary>
internal static partial class LargeLedger
{
    private const string WorkColumns = "Kind, Subject, OrderId, Status, DueAt, Tries, Revision, ScheduledAt, CreatedAt, EndedAt";

    /// <param name="apart">The milliseconds between two payments.</param>
    /// <param name="first">When the first was begun, in milliseconds since 1970; the start of 2026 without it.</param>
    public static async Task FillAsync(LedgerContext context, int orders, long apart = 60_000, long first = 1_767_225_600_000)
    {
        var begun = string.Create(CultureInfo.InvariantCulture, $"({first} + n * {apart})");
        foreach (var (table, columns, values) in new[]
        {
            ("Orders", "Id, Number, ProductId, ProductName, PlacedAt, AmountMinorUnits, Currency, PurchaseToken",
                "id, substr(id, 17, 16), 'kettle', 'Kettle', '2026-01-01 00:00:00', 4900, 'usd', id"),
            ("Payments", "OrderId, State, IntentId, MovedAt, ChargeId, AuthorizedMinorUnits, CapturedMinorUnits, RefundedMinorUnits, RefundPendingMinorUnits, " +
                "DisputedMinorUnits, LostMinorUnits, ReleasedMinorUnits, IsDisputed, Version, PlacedKey, Currency, AmountMinorUnits, LastFailureCode, CardBrand, CardLast4, EmailKey",
                "id, CASE WHEN n % 20 = 0 THEN 'Canceled' ELSE 'Paid' END, 'pi_' || id, '2026-01-01 00:00:00', 'ch_' || id, 4900, 4900, 100, 0, 0, 100, 0, n % 50 = 0, 3, " +
                begun + " * 1048576, 'usd', 4900, CASE WHEN n % 10 = 0 THEN 'insufficient_funds' END, 'visa', substr('000' || n % 10000, -4), 'ada.' || n % 100 || '@mail.example'"),
            ("Attempts", "OrderId, Number, PaymentMethodId, Authentication, Capture, StartedAt, Day",
                $"id, 1, 'pm_' || id, 'Handle', 'Automatic', '2026-01-01 00:00:00', {begun} / 86400000"),
            ("Steps", "OrderId, AttemptNumber, Sequence, Kind, IdempotencyKey, WrittenAt, Tries, EndedAt, Result",
                "id, 1, 1, 'Create', 'order-' || id || '-attempt-1-step-1', '2026-01-01 00:00:00', 1, '2026-01-01 00:00:01', 'Answered'"),
            ("Refunds", "Id, OrderId, MinorUnits, Status, IsRelease, RecordedAt", "'re_' || id, id, 100, 'Succeeded', FALSE, '2026-01-01 00:00:00'"),
            ("Disputes", "Id, OrderId, MinorUnits, Status, Reason, RecordedAt", "'dp_' || id, id, 100, 'Lost', 'fraudulent', '2026-01-01 00:00:00'"),
            ("FraudWarnings", "Id, OrderId, Type, IsActionable, RecordedAt", "'issfr_' || id, id, 'misc', FALSE, '2026-01-01 00:00:00'"),
            ("Fulfilments", "OrderId, ReleasedAt, FulfilledAt", "id, '2026-01-01 00:00:00', '2026-01-01 00:00:01'"),
            ("Timeline", "OrderId, At, Actor, Event, State", "id, '2026-01-01 00:00:00', 'Shopper', 'StateChanged', 'Paid'"),
            ("Inbox", "EventId, Type, ObjectId, IntentId, ReceivedAt",
                "'evt_' || id, 'payment_intent.succeeded', 'pi_' || id, 'pi_' || id, '2026-01-01 00:00:00'"),
            ("Work", WorkColumns, WorkOf("Event", "'evt_' || id")),
            ("Work", WorkColumns, WorkOf("Look", "id")),
            ("Work", WorkColumns, WorkOf("Fulfilment", "id")),
        })
        {
            await context.Database.ExecuteSqlRawAsync(context.Database.IsNpgsql()
                ? Postgres($"INSERT INTO {table} ({columns}) SELECT {values} FROM", orders)
                : Sqlite($"INSERT INTO {table} ({columns}) SELECT {values} FROM", orders));
        }

        // With what it then knows of the tables, SQLite may choose other plans than in a ledger that it knows nothing of.
        await context.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    private static string Sqlite(string insert, int orders) =>
        "WITH RECURSIVE numbers(n, id) AS (SELECT 1, printf('%032x', 1) UNION ALL SELECT n + 1, printf('%032x', n + 1) FROM numbers " +
        $"WHERE n < {orders}) {insert} numbers";

    /// <summary>Quotes the names, says that times are times, and takes the last letters in PostgreSQL's way.</summary>
    private static string Postgres(string insert, int orders)
    {
        var quoted = Names().Replace(insert, "\"$0\"").Replace("substr('000' || n % 10000, -4)", "right('000' || n % 10000, 4)", StringComparison.Ordinal);
        var timed = Times().Replace(quoted, "timestamptz '$1+00'");
        return $"{timed} (SELECT n, lpad(to_hex(n), 32, '0') AS id FROM generate_series(1::bigint, {orders}) AS n) AS numbers";
    }

    // Tables and columns are the words with a capital that no quotes are around, but for SQL's own.
    [GeneratedRegex(@"(?<!')\b(?!(?:INSERT|INTO|SELECT|FROM|CASE|WHEN|THEN|ELSE|END|TRUE|FALSE)\b)[A-Z]\w*(?!')\b")]
    private static partial Regex Names();

    [GeneratedRegex(@"'(\d{4}-\d\d-\d\d [\d:]+)'")]
    private static partial Regex Times();

    /// <summary>Most is done, some waits for a day to come, and a little is parked.</summary>
    private static string WorkOf(string kind, string subject) =>
        $"'{kind}', {subject}, CASE WHEN '{kind}' <> 'Event' THEN id END, " +
        "CASE WHEN n % 50 = 0 THEN 'Waiting' WHEN n % 1001 = 0 THEN 'Parked' ELSE 'Done' END, " +
        "CASE WHEN n % 50 = 0 THEN '2126-01-01 00:00:00' ELSE '2026-01-01 00:00:00' END, " +
        "0, 0, '2026-01-01 00:00:00', '2026-01-01 00:00:00', '2026-01-01 00:00:00'";
}
