using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure.Postgres;

namespace PaymentApp.Tests.Ledger.Postgres;

public sealed class PostgresSchemaTests
{
    /// <summary>Compares types, and so needs no server.</summary>
    [Fact]
    public void The_migrations_for_PostgreSQL_say_what_the_model_says()
    {
        using var context = LedgerDatabase.CreateContext(
            (DbContextOptions<LedgerContext>)new DbContextOptionsBuilder<LedgerContext>().UseLedger("Host=nowhere").Options);

        Assert.False(context.Database.HasPendingModelChanges(), "Write a migration: eng/add-migration.");
    }

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_missing_and_an_empty_database_become_a_ledger(bool isThere)
    {
        using var database = isThere ? PostgresDatabase.CreateEmpty() : PostgresDatabase.Missing();
        await using var context = database.Open();

        await LedgerDatabase.BringUpToDateAsync(context);

        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
        Assert.Empty(await context.Orders.ToListAsync());
    }

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nodes_that_start_at_the_same_time_migrate_one_after_another(bool isThere)
    {
        using var database = isThere ? PostgresDatabase.CreateEmpty() : PostgresDatabase.Missing();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var context = database.Open();
            await LedgerDatabase.BringUpToDateAsync(context);
        }));

        await using var after = database.Open();
        Assert.Empty(await after.Database.GetPendingMigrationsAsync());
    }

    [PostgresFact]
    public async Task Every_migration_can_be_taken_back()
    {
        using var database = PostgresDatabase.CreateLedger();
        await using var context = database.Open();

        await context.GetService<IMigrator>().MigrateAsync(Migration.InitialDatabase);

        Assert.Empty(await context.Database.GetAppliedMigrationsAsync());
    }

    [PostgresFact]
    public async Task What_must_be_one_of_a_kind_is_refused_a_second_time_and_what_belongs_to_nothing_at_once()
    {
        using var database = PostgresDatabase.CreateLedger();
        var order = LedgerSchemaTests.SomeOrder();
        await using (var context = database.Open())
        {
            context.AddRange(order, new FulfilmentRow { OrderId = order.Id, ReleasedAt = order.PlacedAt });
            await context.SaveChangesAsync();
        }

        Assert.True(LedgerDatabase.IsUniqueViolation(await RefusedAsync(database, LedgerSchemaTests.SomeOrder(order.Number))));
        Assert.True(LedgerDatabase.IsUniqueViolation(await RefusedAsync(database, new FulfilmentRow { OrderId = order.Id, ReleasedAt = order.PlacedAt })));
        Assert.False(LedgerDatabase.IsUniqueViolation(await RefusedAsync(database, new FulfilmentRow { OrderId = OrderId.New(), ReleasedAt = order.PlacedAt })));
    }

    [PostgresFact]
    public async Task Money_times_and_states_come_back_as_they_went_in()
    {
        using var database = PostgresDatabase.CreateLedger();
        var order = LedgerSchemaTests.SomeOrder();
        var payment = new PaymentRow { OrderId = order.Id, MovedAt = order.PlacedAt, State = PaymentState.Authorized, PaidAt = new DateTime(2026, 3, 29, 1, 30, 0, 123, DateTimeKind.Utc) };
        await using (var context = database.Open())
        {
            context.AddRange(order, payment);
            await context.SaveChangesAsync();
        }

        await using var again = database.Open();
        var (read, itsPayment) = (await again.Orders.SingleAsync(), await again.Payments.SingleAsync());

        Assert.Equal((order.Id, order.Amount, order.PlacedAt), (read.Id, read.Amount, read.PlacedAt));
        Assert.Equal((payment.State, payment.PaidAt), (itsPayment.State, itsPayment.PaidAt));
        Assert.Equal((DateTimeKind.Utc, DateTimeKind.Utc), (read.PlacedAt.Kind, itsPayment.PaidAt!.Value.Kind));
    }

    /// <summary>SQLite keeps a text of any length; PostgreSQL would refuse one that is longer than its column.</summary>
    [PostgresFact]
    public async Task A_code_that_is_longer_than_any_of_today_fails_no_payment()
    {
        using var ledger = new TestLedger(isPostgres: true);
        var code = new string('x', 150);
        var step = await ledger.BeginAttemptAsync(await ledger.PlaceAsync());

        await ledger.Payments.EndStepAsync(step, PaymentStepResult.Rejected, new PaymentFailure(FailureReason.GenericDecline, code, code));

        var attempt = Assert.Single(await ledger.AttemptsAsync(step.Order));
        Assert.Equal((code, code), (attempt.FailureCode, attempt.DeclineCode));
    }

    /// <summary>PostgreSQL counts in microseconds, .NET in tenths of them: a time that was written is compared with what was kept.</summary>
    [PostgresFact]
    public async Task A_try_is_known_again_by_its_time_whatever_the_clock_says_below_a_microsecond()
    {
        using var ledger = new TestLedger(isPostgres: true);
        ledger.Clock.Advance(TimeSpan.FromTicks(7));
        var first = await ledger.BeginAttemptAsync(await ledger.PlaceAsync());
        ledger.Clock.Advance(TimeSpan.FromTicks(12));
        var again = (await ledger.Payments.RepeatStepAsync(first))!.OpenStep!;

        Assert.Equal(again.TriedAt, (await ledger.FindAsync(first.Order)).OpenStep!.TriedAt);
        Assert.True(await ledger.Payments.EndStepAsync(
            again, PaymentStepResult.NotExecuted, new PaymentFailure(FailureReason.GenericDecline), PaymentActor.Sweeper, isProven: true));
    }

    private static async Task<DbUpdateException> RefusedAsync(PostgresDatabase database, object row)
    {
        await using var context = database.Open();
        context.Add(row);
        return await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());
    }
}
