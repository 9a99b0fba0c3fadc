using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;

namespace PaymentApp.Tests.Ledger;

public sealed class LedgerSchemaTests : IDisposable
{
    private readonly string _file = LedgerFile.NewName();

    public void Dispose() => LedgerFile.Delete(_file);

    [Fact]
    public async Task The_migrations_say_what_the_model_says()
    {
        await using var context = Context();

        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_missing_and_an_empty_file_become_a_ledger(bool fileIsThere)
    {
        if (fileIsThere)
            await File.WriteAllBytesAsync(_file, []);
        await using var context = Context();

        await LedgerDatabase.BringUpToDateAsync(context);

        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
        Assert.Empty(await context.Orders.ToListAsync());
        // Readers and the writer do not wait for each other.
        Assert.Equal(["wal"], await context.Database.SqlQueryRaw<string>("PRAGMA journal_mode").ToListAsync());
    }

    [Fact]
    public async Task Migrating_again_keeps_what_is_there()
    {
        await using var context = Context();
        await LedgerDatabase.BringUpToDateAsync(context);
        context.Orders.Add(SomeOrder());
        await context.SaveChangesAsync();

        await LedgerDatabase.BringUpToDateAsync(context);

        Assert.Equal(1, await context.Orders.CountAsync());
    }

    [Fact]
    public async Task Every_migration_can_be_taken_back()
    {
        await using var context = Context();
        await context.Database.MigrateAsync();

        await context.GetService<IMigrator>().MigrateAsync(Migration.InitialDatabase);

        Assert.Empty(await context.Database.GetAppliedMigrationsAsync());
    }

    [Fact]
    public async Task The_ledger_is_migrated_before_the_shop_takes_its_first_request()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Payments", $"Data Source={_file}")]);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<OrderChanges>().AddSingleton<CallsUnderWay>().AddSingleton<WorkSignal>();
        builder.AddLedger();
        var hasTables = false;
        builder.Services.AddHostedService(services => new FirstRequest(async () =>
            hasTables = await services.GetRequiredService<IOrderBook>().FindAsync(OrderId.New()) is null));
        using var host = builder.Build();

        await host.StartAsync();

        Assert.True(hasTables);
        await host.StopAsync();
    }

    [Fact]
    public async Task What_must_be_one_of_a_kind_is_refused_a_second_time()
    {
        await using var context = Context();
        await context.Database.MigrateAsync();
        var (order, other) = (SomeOrder(), SomeOrder());
        context.AddRange(order, other, Payment(order, "pi_1"), Attempt(order, 1), Step(order, 1, "key"), new FulfilmentRow { OrderId = order.Id, ReleasedAt = DateTime.UtcNow });
        await context.SaveChangesAsync();

        await RefusedAsync(SomeOrder(order.Number));
        await RefusedAsync(Payment(order));
        await RefusedAsync(Payment(other, "pi_1"));
        await RefusedAsync(Attempt(order, 1));
        await RefusedAsync(Attempt(order, 2), Step(order, 2, "key"));
        await RefusedAsync(new FulfilmentRow { OrderId = order.Id, ReleasedAt = DateTime.UtcNow });
    }

    [Fact]
    public async Task Nothing_is_kept_of_an_order_that_is_not_there()
    {
        await using var context = Context();
        await context.Database.MigrateAsync();
        context.Add(new FulfilmentRow { OrderId = OrderId.New(), ReleasedAt = DateTime.UtcNow });

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());

        Assert.False(LedgerDatabase.IsUniqueViolation(refused));
    }

    [Fact]
    public async Task Money_times_and_states_come_back_as_they_went_in()
    {
        var written = SomeOrder();
        var payment = Payment(written);
        payment.State = PaymentState.Authorized;
        payment.PaidAt = new DateTime(2026, 3, 29, 1, 30, 0, 123, DateTimeKind.Utc);
        await using (var context = Context())
        {
            await context.Database.MigrateAsync();
            context.AddRange(written, payment);
            await context.SaveChangesAsync();
        }

        await using var again = Context();
        var (read, itsPayment) = (await again.Orders.SingleAsync(), await again.Payments.SingleAsync());

        Assert.Equal((written.Id, written.Amount), (read.Id, read.Amount));
        Assert.Equal((written.Id, payment.State, payment.PaidAt), (itsPayment.OrderId, itsPayment.State, itsPayment.PaidAt));
        Assert.Equal((DateTimeKind.Utc, DateTimeKind.Utc), (read.PlacedAt.Kind, itsPayment.PaidAt!.Value.Kind));
        Assert.Equal("Authorized", await again.Database.SqlQueryRaw<string>("SELECT State AS Value FROM Payments").SingleAsync());
        Assert.Equal("kwd", await again.Database.SqlQueryRaw<string>("SELECT Currency AS Value FROM Orders").SingleAsync());
    }

    private LedgerContext Context() => new(LedgerFile.Options(_file));

    private async Task RefusedAsync(params object[] rows)
    {
        await using var context = Context();
        context.AddRange(rows);
        Assert.True(LedgerDatabase.IsUniqueViolation(await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync())));
    }

    internal static Order SomeOrder(string? number = null) => new()
    {
        Id = OrderId.New(),
        Number = number ?? Guid.NewGuid().ToString("n")[..10],
        ProductId = "kettle",
        ProductName = "Kettle",
        Amount = Money.OfMajor(1.230m, Currency.Of("kwd")),
        PlacedAt = new DateTime(2026, 10, 25, 2, 30, 0, DateTimeKind.Utc),
    };

    private static PaymentRow Payment(Order order, string? intent = null) =>
        new() { OrderId = order.Id, MovedAt = order.PlacedAt, IntentId = intent is null ? null : PaymentIntentId.Parse(intent) };

    private static AttemptRow Attempt(Order order, int number) => new()
    {
        OrderId = order.Id,
        Number = number,
        PaymentMethodId = PaymentMethodId.Parse("pm_1"),
        Authentication = AuthenticationMode.Handle,
        Capture = CaptureMode.Automatic,
        StartedAt = DateTime.UtcNow,
    };

    private static StepRow Step(Order order, int attempt, string key) => new()
    {
        OrderId = order.Id,
        AttemptNumber = attempt,
        Sequence = 1,
        Kind = PaymentStepKind.Create,
        IdempotencyKey = key,
        WrittenAt = DateTime.UtcNow,
    };

    private sealed class FirstRequest(Func<Task> request) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => request();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
