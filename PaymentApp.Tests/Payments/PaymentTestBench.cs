using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Ledger;

namespace PaymentApp.Tests.Payments;

/// <summary>The payment service on the real ledger, in front of a Stripe in memory that checks invariant 2 on every call.</summary>
internal sealed class PaymentTestBench : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public PaymentTestBench(params IInterceptor[] interceptors)
    {
        Ledger = new TestLedger(interceptors);
        Stripe.Before = MustBeWrittenAsync;
    }

    public TestLedger Ledger { get; }

    public FakeStripe Stripe { get; } = new();

    public LogCapture Logs { get; } = new();

    /// <summary>What the limits are counts from the first call on.</summary>
    public PaymentsOptions Settings { get; } = new() { AttemptsPerOrder = 1000, AttemptsPerAddress = 1_000_000, AttemptsOverall = 1_000_000, QuestionsPerOrder = 1_000_000, QuestionsOverall = 1_000_000 };

    private AttemptLimits Limits => field ??= new AttemptLimits(
        Options.Create(Settings), new PaymentMetrics(_services.GetRequiredService<IMeterFactory>()), Ledger.Clock, Logs.For<AttemptLimits>());

    /// <summary>The service of one circuit. Another one is another tab, or the same shop after a restart.</summary>
    public PaymentService Service(IPaymentLedger? ledger = null)
    {
        var written = ledger ?? Ledger.Payments;
        return new PaymentService(
            written,
            Stripe,
            new PaymentStepRunner(written, Stripe, Ledger.Clock, Logs.For<PaymentStepRunner>()),
            Limits,
            new ShopperConnection(),
            Options.Create(Settings),
            Logs.For<PaymentService>());
    }

    public async Task<OrderId> OrderAsync() => (await Ledger.PlaceAsync()).Order.Id;

    /// <summary>Pays with a fresh card of this behaviour, in a circuit of its own.</summary>
    public Task<PaymentOutcome> PayAsync(OrderId order, string behaviour = "good", AuthenticationMode? authentication = null) =>
        Service().PayAsync(order, FakeCard.Fresh(behaviour), authentication);

    public Task<PaymentOutcome> ConfirmAsync(OrderId order) => Service().ConfirmAsync(order, PaymentActor.Shopper);

    public Task<Payment?> RefreshAsync(OrderId order) => Service().RefreshAsync(order, PaymentActor.Shopper);

    public Task<Payment> FindAsync(OrderId order) => Ledger.FindAsync(order);

    /// <summary>An order that a card which needs the bank has been tried on.</summary>
    public async Task<OrderId> OrderAtBankAsync(string behaviour = "bank")
    {
        var order = await OrderAsync();
        Assert.IsType<PaymentOutcome.ActionRequired>(await PayAsync(order, behaviour));
        return order;
    }

    /// <summary>Invariants 1 and 6: one intent, one charge, one fulfilment, or none of them.</summary>
    public async Task MustBeChargedOnceAsync(OrderId order)
    {
        var intent = Stripe.IntentOf(order);
        Assert.Equal(1, intent.Charges);
        var found = await FindAsync(order);
        Assert.Equal((PaymentState.Paid, intent.Id), (found.State, found.Intent));
        Assert.Equal(1, await Ledger.FulfilmentsAsync(order));
    }

    public async Task MustNotBeChargedAsync(OrderId order)
    {
        Assert.Equal(0, Stripe.Intents.Where(intent => intent.Order == order).Sum(intent => intent.Charges));
        Assert.NotEqual(PaymentState.Paid, (await FindAsync(order)).State);
        Assert.Equal(0, await Ledger.FulfilmentsAsync(order));
    }

    public void Dispose()
    {
        _services.Dispose();
        Ledger.Dispose();
    }

    /// <summary>Invariant 2: whoever else looks finds the key in the database before the call is made.</summary>
    private async Task MustBeWrittenAsync(StripeCall call)
    {
        if (call.IdempotencyKey is not { } key)
            return;

        Assert.True(
            await Ledger.ReadAsync(context => context.Steps.AnyAsync(step => step.IdempotencyKey == key)),
            $"{call} was made before its key was written.");
    }
}
