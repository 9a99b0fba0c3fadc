using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Infrastructure.Postgres;
using PaymentApp.Work;

namespace PaymentApp.Tests.Ledger;

/// <summary>The real ledger on a database of its own, with time that only the test moves.</summary>
internal sealed class TestLedger : IDbContextFactory<LedgerContext>, IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly string _file = LedgerFile.NewName();
    private readonly PostgresDatabase? _postgres;
    private readonly DbContextOptions<LedgerContext> _options;

    public TestLedger(params IInterceptor[] interceptors)
        : this(TestDatabase.IsPostgres, interceptors)
    {
    }

    /// <param name="isPostgres">Which database it is on, whatever the others of the test run are on.</param>
    /// <param name="interceptors">See every command.</param>
    public TestLedger(bool isPostgres, params IInterceptor[] interceptors)
    {
        if (isPostgres)
            _postgres = PostgresDatabase.CreateLedger();
        else
            LedgerFile.Create(_file);
        _options = _postgres is null ? LedgerFile.Options(_file, interceptors) : OptionsOf(_postgres.Connection, interceptors);
        Payments = new PaymentLedger(this, Clock, Changes, Signal, Options.Create(new PaymentsOptions()), Logs.For<PaymentLedger>());
        Orders = new OrderBook(this, Clock, Options.Create(new PaymentsOptions()));
    }

    public FakeTimeProvider Clock { get; } = TestClock.Create();

    public LogCapture Logs { get; } = new();

    public OrderChanges Changes { get; } = new();

    /// <summary>Raised where something was put into the queue that is due at once.</summary>
    public WorkSignal Signal { get; } = new();

    public PaymentLedger Payments { get; }

    public OrderBook Orders { get; }

    public static Product Kettle { get; } = new("kettle", "Kettle", "Boils.", Money.OfMajor(49, Currency.Usd), "images/kettle.svg");

    public WorkOptions WorkSettings { get; } = new();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    /// <summary>The queue as one process has it. Another one is another process on the same ledger.</summary>
    public WorkQueue Queue() => new(this, Clock, Signal, new WorkMetrics(Meters), Options.Create(WorkSettings), Logs.For<WorkQueue>());

    public LedgerContext CreateDbContext() => LedgerDatabase.CreateContext(_options);

    /// <summary>A new order for a kettle at 49 dollars, as the payment service sees it.</summary>
    public async Task<Payment> PlaceAsync() => await FindAsync((await Orders.PlaceAsync(Kettle)).Id);

    public async Task<Payment> FindAsync(OrderId order) =>
        await Payments.FindAsync(order) ?? throw new InvalidOperationException("The order is gone.");

    public async Task<PaymentStep> BeginAttemptAsync(
        Payment seen, string paymentMethod = "pm_good", AuthenticationMode authentication = AuthenticationMode.Handle) =>
        await Payments.BeginAttemptAsync(seen, PaymentMethodId.Parse(paymentMethod), authentication, CaptureMode.Automatic, PaymentActor.Shopper)
        ?? throw new InvalidOperationException("Another writer was there first.");

    public async Task<T> ReadAsync<T>(Func<LedgerContext, Task<T>> query)
    {
        await using var context = CreateDbContext();
        return await query(context);
    }

    public Task<int> FulfilmentsAsync(OrderId order) =>
        ReadAsync(context => context.Fulfilments.CountAsync(row => row.OrderId == order));

    public Task<List<StepRow>> StepsAsync(OrderId order) => ReadAsync(context => context.Steps
        .Where(row => row.OrderId == order).OrderBy(row => row.AttemptNumber).ThenBy(row => row.Sequence).ToListAsync());

    public Task<List<AttemptRow>> AttemptsAsync(OrderId order) => ReadAsync(context => context.Attempts
        .Where(row => row.OrderId == order).OrderBy(row => row.Number).ToListAsync());

    /// <summary>Ends every connection to a ledger on PostgreSQL, as the death of all of its nodes would.</summary>
    public void EndConnections() => _postgres!.EndConnections();

    public void Dispose()
    {
        _services.Dispose();
        _postgres?.Dispose();
        LedgerFile.Delete(_file);
    }

    private static DbContextOptions<LedgerContext> OptionsOf(string connection, IInterceptor[] interceptors) =>
        (DbContextOptions<LedgerContext>)new DbContextOptionsBuilder<LedgerContext>().UseLedger(connection).AddInterceptors(interceptors).Options;
}
