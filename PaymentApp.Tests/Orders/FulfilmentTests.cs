using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;

namespace PaymentApp.Tests.Orders;

/// <summary>Invariant 6: the shop's handler is called until it succeeds, always with the same id, and one completion is recorded.</summary>
public sealed class FulfilmentTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(FulfilmentOrder Order, string Id)> _calls = new();
    private int _failures;
    private int _lostCompletions;
    private ManualShop _shop = null!;

    public async Task InitializeAsync() => _shop = await ManualShop.OpenAsync(services =>
    {
        services.AddSingleton<IFulfilmentHandler>(new Handler(this));
        var real = services.Single(service => service.ServiceType == typeof(IFulfilments));
        services.AddSingleton(provider => Intercepted<IFulfilments>.Around(
            (IFulfilments)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!), LoseCompletionAsync));
    });

    public Task DisposeAsync() => _shop.DisposeAsync().AsTask();

    [Fact]
    public async Task A_paid_order_is_fulfilled_once()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        Assert.Empty(_calls);
        Assert.Null((await FulfilmentAsync(order)).FulfilledAt);

        await _shop.RunDueAsync();
        await _shop.RunDueAsync();

        var call = Assert.Single(_calls);
        Assert.Equal((order, "pour-over-kettle", Money.OfMajor(49, Currency.Usd), _shop.Now), (call.Order.Id, call.Order.ProductId, call.Order.Amount, call.Order.PaidAt));
        Assert.Equal(_shop.Now, (await FulfilmentAsync(order)).FulfilledAt);
        Assert.Equal(
            [(TimelineEvent.Released, PaymentActor.Shopper), (TimelineEvent.Fulfilled, PaymentActor.Shop)],
            (await _shop.TimelineAsync(order)).Where(line => line.Event is TimelineEvent.Released or TimelineEvent.Fulfilled).Select(line => (line.Event, line.Actor)));
    }

    [Fact]
    public async Task An_order_that_is_not_paid_is_not_fulfilled()
    {
        await _shop.OrderTriedWithAsync(ManualShop.PoorCard);
        await _shop.OrderTriedWithAsync(ManualShop.BankCard);

        await _shop.RunDueAsync();

        Assert.Empty(_calls);
    }

    [Fact]
    public async Task A_handler_that_throws_is_called_again_with_the_same_id_until_it_succeeds()
    {
        _failures = 5;
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);

        for (var i = 0; i < 5; i++)
        {
            await _shop.RunDueAsync();
            Assert.Equal(i + 1, _calls.Count);
            Assert.Null((await FulfilmentAsync(order)).FulfilledAt);
            _shop.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        await _shop.RunDueAsync();

        Assert.Equal(6, _calls.Count);
        await MustBeFulfilledOnceAsync(order);
    }

    [Fact]
    public async Task A_process_that_dies_after_the_handler_leads_to_another_call_with_the_same_id_and_one_completion()
    {
        _lostCompletions = 1;
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.RunDueAsync();
        Assert.Null((await FulfilmentAsync(order)).FulfilledAt);

        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await _shop.RunDueAsync();

        Assert.Equal(2, _calls.Count);
        await MustBeFulfilledOnceAsync(order);
    }

    [Fact]
    public async Task A_process_that_dies_before_its_success_is_written_into_the_queue_does_not_lead_to_another_call()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var queue = _shop.Services.GetRequiredService<IWorkQueue>();
        var item = Assert.Single(await queue.ClaimAsync(4), item => item.Kind is WorkKind.Fulfilment);
        await using (var scope = _shop.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredKeyedService<IWorkHandler>(WorkKind.Fulfilment).HandleAsync(item);

        _shop.Clock.Advance(WorkQueue.Lease);
        await _shop.RunDueAsync();

        Assert.Single(_calls);
        await MustBeFulfilledOnceAsync(order);
    }

    [Fact]
    public async Task Of_two_workers_that_fulfilled_the_same_order_one_is_recorded()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var fulfilments = _shop.Services.GetRequiredService<IFulfilments>();

        Assert.Equal([false, true], (await Task.WhenAll(fulfilments.CompleteAsync(order), fulfilments.CompleteAsync(order))).Order());

        Assert.Single(await _shop.TimelineAsync(order), line => line.Event is TimelineEvent.Fulfilled);
    }

    private async Task MustBeFulfilledOnceAsync(OrderId order)
    {
        Assert.Single(_calls.Select(call => call.Id).Distinct());
        Assert.NotNull((await FulfilmentAsync(order)).FulfilledAt);
        Assert.Single(await _shop.TimelineAsync(order), line => line.Event is TimelineEvent.Fulfilled);
        Assert.Equal(WorkStatus.Done, (await _shop.WorkAsync(WorkKind.Fulfilment, order.Value))!.Status);
    }

    private Task<FulfilmentRow> FulfilmentAsync(OrderId order) => _shop.ReadAsync(context => context.Fulfilments.SingleAsync(row => row.OrderId == order));

    private Task LoseCompletionAsync(string method, object?[] arguments) =>
        method == nameof(IFulfilments.CompleteAsync) && Interlocked.Decrement(ref _lostCompletions) >= 0
            ? throw new IOException("The process ends here.")
            : Task.CompletedTask;

    private sealed class Handler(FulfilmentTests test) : IFulfilmentHandler
    {
        public Task FulfilAsync(FulfilmentOrder order, string fulfilmentId, CancellationToken cancellationToken = default)
        {
            test._calls.Enqueue((order, fulfilmentId));
            return Interlocked.Decrement(ref test._failures) >= 0 ? throw new IOException("The warehouse is closed.") : Task.CompletedTask;
        }
    }
}
