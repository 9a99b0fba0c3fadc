using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PaymentApp.Desk.Queries;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;

namespace PaymentApp.Tests.Ledger;

/// <summary>A ledger of the first version, with payments in every part of their life, goes on under the current one.</summary>
public sealed class OldLedgerTests : IDisposable
{
    private const string FirstVersion = "Initial";

    private static readonly OrderId UnderWay = OrderId.New();
    private static readonly OrderId Paid = OrderId.New();
    private static readonly OrderId Untried = OrderId.New();

    private readonly string _file = LedgerFile.NewName();

    public void Dispose() => LedgerFile.Delete(_file);

    [Fact]
    public async Task A_payment_under_way_goes_on_where_it_was()
    {
        await using var context = await MigratedAsync();

        var payment = (await LoadAsync(context, UnderWay)).ToPayment();

        Assert.Equal(new PayableOrder(UnderWay, "2222-22222", Money.OfMajor(49, Currency.Usd)), payment.Order);
        Assert.Equal((PaymentState.AwaitingAuthentication, PaymentIntentId.Parse("pi_1"), 1, 3), (payment.State, payment.Intent, payment.Attempts, payment.Version));
        Assert.Equal(new DateTime(2026, 11, 22, 10, 2, 0, DateTimeKind.Utc), payment.MovedAt);
        Assert.Equal((PaymentStepKind.ConfirmAuthenticated, 2, PaymentMethodId.Parse("pm_1")), (payment.OpenStep!.Kind, payment.OpenStep.Sequence, payment.OpenStep.PaymentMethod));
        Assert.Equal(TimelineEvent.StepWritten, (await context.Timeline.SingleAsync()).Event);
        var look = await LookAsync(context, UnderWay);
        Assert.Equal((WorkStatus.Waiting, new DateTime(2026, 11, 22, 10, 4, 0, DateTimeKind.Utc), UnderWay), (look!.Status, look.DueAt, look.OrderId));
    }

    [Fact]
    public async Task What_was_paid_and_given_back_is_kept()
    {
        await using var context = await MigratedAsync();

        var payment = (await LoadAsync(context, Paid)).ToPayment();

        Assert.Equal((PaymentState.Paid, PaymentIntentId.Parse("pi_2"), new CardSummary("visa", "4242")), (payment.State, payment.Intent, payment.Card));
        Assert.Equal((4000, 900, 3100), (payment.Captured.MinorUnits, payment.Refunded.MinorUnits, payment.Refundable.MinorUnits));
        var row = await context.Payments.SingleAsync(row => row.OrderId == Paid);
        Assert.Equal((true, new DateTime(2026, 11, 22, 9, 0, 0, DateTimeKind.Utc)), (row.IsDisputed, row.PaidAt));
        Assert.Equal((4900, 900), (payment.Authorized.MinorUnits, payment.Released.MinorUnits));
        // What the dispute is about nobody has read yet.
        Assert.Equal(row.MovedAt, (await LookAsync(context, Paid))?.DueAt);
        var fulfilment = await context.Fulfilments.SingleAsync();
        Assert.Equal((fulfilment.ReleasedAt, Paid), (fulfilment.FulfilledAt, fulfilment.OrderId));
    }

    [Fact]
    public async Task An_order_that_nobody_tried_to_pay_can_be_paid()
    {
        await using var context = await MigratedAsync();
        var entry = await LoadAsync(context, Untried);

        entry.Begin(PaymentMethodId.Parse("pm_1"), AuthenticationMode.Handle, CaptureMode.Automatic, DateTime.UtcNow);
        entry.Write(new NewStep(PaymentStepKind.Create, Amount: null), PaymentActor.Shopper, DateTime.UtcNow);
        await context.SaveChangesAsync();

        Assert.NotNull((await LoadAsync(context, Untried)).ToPayment().OpenStep);
    }

    [Fact]
    public async Task An_order_that_nobody_tried_to_pay_ends_a_day_after_it_was_placed()
    {
        await using var context = await MigratedAsync();

        Assert.Equal(new DateTime(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc), (await LookAsync(context, Untried))!.DueAt);
    }

    [Fact]
    public async Task Events_are_where_they_were()
    {
        await using var context = await MigratedAsync();

        var events = await context.Work.Where(work => work.Kind == WorkKind.Event).OrderBy(work => work.Subject).ToListAsync();

        Assert.Equal(
            [("evt_done", WorkStatus.Done), ("evt_foreign", WorkStatus.Done), ("evt_parked", WorkStatus.Parked), ("evt_waiting", WorkStatus.Waiting)],
            events.ConvertAll(work => (work.Subject, work.Status)));
        Assert.Equal((3, "why"), (events[2].Tries, events[2].Note));
        Assert.Equal(new DateTime(2026, 11, 22, 11, 0, 0, DateTimeKind.Utc), events[3].DueAt);
        Assert.Equal(PaymentIntentId.Parse("pi_1"), (await context.Inbox.SingleAsync(row => row.EventId == "evt_waiting")).IntentId);
    }

    [Fact]
    public async Task The_desk_lists_old_payments_beside_new_ones()
    {
        await using var context = await MigratedAsync();
        var day = new DayRange(new DateOnly(2026, 11, 22), new DateOnly(2026, 11, 22));

        var payments = await context.Payments.Where(row => row.PlacedKey >= day.FirstKey && row.PlacedKey < day.EndKey).ToListAsync();

        Assert.Equal(3, payments.Select(row => row.PlacedKey).Distinct().Count());
        Assert.All(payments, row => Assert.Equal((Currency.Usd, 4900), (row.Currency, row.AmountMinorUnits)));
        Assert.Equal(
            ["insufficient_funds"], payments.Select(row => row.LastFailureCode).OfType<string>());
        Assert.Equal([day.FirstDay], await context.Attempts.Select(row => row.Day).Distinct().ToListAsync());
    }

    [Fact]
    public async Task An_order_whose_address_was_kept_before_addresses_were_searched_is_found_by_it()
    {
        await using var context = new LedgerContext(LedgerFile.Options(_file));
        await context.GetService<IMigrator>().MigrateAsync("OrderEmail");
        var payments = new[] { Paid, Untried }.Select(order =>
            "INSERT INTO Payments (OrderId, State, MovedAt, AuthorizedMinorUnits, CapturedMinorUnits, RefundedMinorUnits, RefundPendingMinorUnits, " +
            "DisputedMinorUnits, LostMinorUnits, ReleasedMinorUnits, IsDisputed, Version, PlacedKey, Currency, AmountMinorUnits) " +
            $"VALUES ('{order}', 'AwaitingPayment', '2026-11-22 08:00:00', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'usd', 4900)");
        foreach (var statement in payments.Prepend(
            "INSERT INTO Orders (Id, Number, ProductId, ProductName, PlacedAt, AmountMinorUnits, Currency, Email) " +
            $"VALUES ('{Paid}', '3333-33333', 'kettle', 'Kettle', '2026-11-22 08:00:00', 4900, 'usd', 'Ada@Mail.Example'), " +
            $"('{Untried}', '4444-44444', 'kettle', 'Kettle', '2026-11-22 08:00:00', 4900, 'usd', NULL)"))
            await context.Database.ExecuteSqlRawAsync(statement);

        await LedgerDatabase.BringUpToDateAsync(context);

        Assert.Equal(
            [(Paid, EmailAddress.Parse("ada@mail.example").Key), (Untried, null)],
            (await context.Payments.Select(row => new { row.OrderId, row.EmailKey }).ToListAsync()).Select(row => (row.OrderId, row.EmailKey)).OrderBy(row => row.EmailKey is null));
    }

    [Fact]
    public async Task The_migration_can_be_taken_back_without_a_loss()
    {
        await using var context = await MigratedAsync();

        await context.GetService<IMigrator>().MigrateAsync(FirstVersion);

        Assert.Equal(
            ["pi_1 AwaitingAuthentication 0 0", "pi_2 Paid 4000 0", " AwaitingPayment 0 0"],
            await context.Database.SqlQueryRaw<string>(
                "SELECT coalesce(PaymentIntentId, '') || ' ' || State || ' ' || ReceivedMinorUnits || ' ' || Looks AS Value FROM Orders ORDER BY Number").ToListAsync());
        Assert.Equal(
            ["2026-11-22 10:04:00", "2026-11-22 09:30:00", ""],
            await context.Database.SqlQueryRaw<string>("SELECT coalesce(NextLookAt, '') AS Value FROM Orders ORDER BY Number").ToListAsync());
        Assert.Equal(
            ["evt_done Done", "evt_foreign Done", "evt_parked Parked", "evt_waiting Waiting"],
            await context.Database.SqlQueryRaw<string>("SELECT EventId || ' ' || Status AS Value FROM Inbox ORDER BY EventId").ToListAsync());
    }

    private async Task<LedgerContext> MigratedAsync()
    {
        var context = new LedgerContext(LedgerFile.Options(_file));
        await context.GetService<IMigrator>().MigrateAsync(FirstVersion);
        foreach (var statement in new[]
        {
            OrderOf(UnderWay, "2222-22222", "'AwaitingAuthentication', 'pi_1', NULL, NULL, NULL, '2026-11-22 10:02:00', 0, 0, 0, '2026-11-22 10:04:00', 2, 3"),
            OrderOf(Paid, "3333-33333", "'Paid', 'pi_2', 'visa', '4242', '2026-11-22 09:00:00', '2026-11-22 09:30:00', 4000, 900, 1, NULL, 0, 5"),
            OrderOf(Untried, "4444-44444", "'AwaitingPayment', NULL, NULL, NULL, NULL, '2026-11-22 10:00:00', 0, 0, 0, NULL, 0, 0"),
            $"INSERT INTO Attempts VALUES ('{UnderWay}', 1, 'pm_1', 'Handle', 'Automatic', '2026-11-22 10:00:00', NULL, NULL, NULL)",
            $"INSERT INTO Attempts VALUES ('{Paid}', 1, 'pm_2', 'Handle', 'Automatic', '2026-11-22 08:59:00', 'InsufficientFunds', 'card_declined', 'insufficient_funds')",
            StepOf(1, "Create", "'2026-11-22 10:00:01', 'Answered'"),
            StepOf(2, "ConfirmAuthenticated", "NULL, NULL"),
            $"INSERT INTO Fulfilments VALUES ('{Paid}', '2026-11-22 09:00:00')",
            EventOf("evt_done", "Done", 1, "NULL"),
            EventOf("evt_foreign", "Ignored", 1, "NULL"),
            EventOf("evt_parked", "Parked", 3, "'why'"),
            EventOf("evt_waiting", "Waiting", 0, "NULL"),
            $"INSERT INTO Timeline (OrderId, At, Actor, Event, State, Detail) VALUES ('{UnderWay}', '2026-11-22 10:00:00', 'Shopper', 'RequestWritten', 'AwaitingPayment', 'Create, attempt 1')",
        })
            await context.Database.ExecuteSqlRawAsync(statement);

        await LedgerDatabase.BringUpToDateAsync(context);
        return context;
    }

    private static string StepOf(int sequence, string kind, string end) =>
        "INSERT INTO Steps (OrderId, AttemptNumber, Sequence, Kind, IdempotencyKey, WrittenAt, Tries, EndedAt, Result) " +
        $"VALUES ('{UnderWay}', 1, {sequence}, '{kind}', 'order-{UnderWay}-attempt-1-step-{sequence}', '2026-11-22 10:00:00', 1, {end})";

    private static string EventOf(string id, string status, int tries, string error) =>
        "INSERT INTO Inbox (EventId, Type, ObjectId, IntentId, ReceivedAt, Status, Tries, NextTryAt, Error, EndedAt) " +
        $"VALUES ('{id}', 'payment_intent.succeeded', 'pi_1', 'pi_1', '2026-11-22 10:00:00', '{status}', {tries}, '2026-11-22 11:00:00', {error}, NULL)";

    private static string OrderOf(OrderId id, string number, string payment) =>
        "INSERT INTO Orders (Id, Number, ProductId, ProductName, PlacedAt, AmountMinorUnits, Currency, State, PaymentIntentId, CardBrand, CardLast4, " +
        "PaidAt, MovedAt, ReceivedMinorUnits, RefundedMinorUnits, IsDisputed, NextLookAt, Looks, Version) " +
        $"VALUES ('{id}', '{number}', 'kettle', 'Kettle', '2026-11-22 08:00:00', 4900, 'usd', {payment})";

    private static Task<WorkRow?> LookAsync(LedgerContext context, OrderId order) =>
        context.Work.SingleOrDefaultAsync(work => work.Kind == WorkKind.Look && work.Subject == order.Value);

    private static async Task<LedgerEntry> LoadAsync(LedgerContext context, OrderId order) =>
        (await LedgerEntry.LoadAsync(context, order, new PaymentsOptions(), CancellationToken.None))!;
}
