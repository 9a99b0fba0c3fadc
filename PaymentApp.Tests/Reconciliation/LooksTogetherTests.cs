using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;

namespace PaymentApp.Tests.Reconciliation;

/// <summary>Many orders, two workers, one order that fails, and nothing at all.</summary>
public sealed class LooksTogetherTests : IAsyncLifetime
{
    private volatile string brokenIntent = "";
    private int calls;
    private StillShop shop = null!;

    public async Task InitializeAsync() => shop = await StillShop.OpenAsync(services =>
    {
        var real = services.Single(service => service.ServiceType == typeof(IPaymentGateway));
        services.Remove(real);
        services.AddSingleton(provider => Intercepted<IPaymentGateway>.Around(
            (IPaymentGateway)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!), CountAsync));
    });

    public async Task DisposeAsync() => await shop.DisposeAsync();

    [Fact]
    public async Task Nothing_is_asked_and_nothing_is_logged_while_nothing_is_due()
    {
        await shop.OrderAsync();
        await shop.OrderTriedWithAsync(StillShop.GoodCard);
        await shop.OrderTriedWithAsync(StillShop.PoorCard);
        await shop.RunDueAsync();
        var (before, logged) = (calls, shop.Logs.Entries.Count);

        for (var minutes = 0; minutes < 60; minutes++)
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(0, await shop.LookAtDueAsync());
        }

        Assert.Equal(before, calls);
        Assert.Equal(logged, shop.Logs.Entries.Count);
    }

    [Fact]
    public async Task Two_workers_beside_each_other_pay_each_order_once_and_look_at_none_twice()
    {
        var orders = new List<OrderId>();
        for (var i = 0; i < 8; i++)
            orders.Add(await AuthenticatedAsync());
        shop.Clock.Advance(TimeSpan.FromMinutes(2));

        var done = await Task.WhenAll(shop.RunDueAsync(), ActivatorUtilities.CreateInstance<WorkProcessor>(shop.Services).RunDueAsync());

        Assert.Equal(8, done.SelectMany(items => items).Count(item => item.Kind is WorkKind.Look));
        foreach (var order in orders)
            await shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task An_order_that_cannot_be_finished_holds_up_no_other_and_is_looked_at_again()
    {
        var bad = await AuthenticatedAsync();
        brokenIntent = (await shop.IntentOfAsync(bad)).Id;
        var good = await AuthenticatedAsync();

        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, await shop.LookAtDueAsync());
        await shop.Shop.AssertPaidOnceAsync(good);
        Assert.Equal(PaymentState.AwaitingAuthentication, (await shop.FindAsync(bad)).State);

        brokenIntent = "";
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await shop.LookAtDueAsync();
        await shop.Shop.AssertPaidOnceAsync(bad);
    }

    private async Task<OrderId> AuthenticatedAsync()
    {
        var order = await shop.OrderTriedWithAsync(StillShop.BankCard);
        await shop.EndChallengeAsync((await shop.IntentOfAsync(order)).Id, passes: true);
        return order;
    }

    private Task CountAsync(string method, object?[] arguments)
    {
        Interlocked.Increment(ref calls);
        return arguments.OfType<PaymentIntentId>().Any(intent => intent.Value == brokenIntent) ? throw new InvalidOperationException("This one cannot be finished.") : Task.CompletedTask;
    }
}
