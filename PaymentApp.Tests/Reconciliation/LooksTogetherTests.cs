using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;

namespace PaymentApp.Tests.Reconciliation;

/// <summary>Many orders, two workers, one order that fails, and nothing at all.</summary>
public sealed class LooksTogetherTests : IAsyncLifetime
{
    private volatile string _brokenIntent = "";
    private int _calls;
    private ManualShop _shop = null!;

    public async Task InitializeAsync() => _shop = await ManualShop.OpenAsync(services =>
    {
        var real = services.Single(service => service.ServiceType == typeof(IPaymentGateway));
        services.Remove(real);
        services.AddSingleton(provider => Intercepted<IPaymentGateway>.Around(
            (IPaymentGateway)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!), CountAsync));
    });

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task Nothing_is_asked_and_nothing_is_logged_while_nothing_is_due()
    {
        await _shop.OrderAsync();
        await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.OrderTriedWithAsync(ManualShop.PoorCard);
        await _shop.RunDueAsync();
        var (before, logged) = (_calls, _shop.Logs.Entries.Count);

        for (var minutes = 0; minutes < 60; minutes++)
        {
            _shop.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(0, await _shop.LookAtDueAsync());
        }

        Assert.Equal(before, _calls);
        Assert.Equal(logged, _shop.Logs.Entries.Count);
    }

    [Fact]
    public async Task Two_workers_beside_each_other_pay_each_order_once_and_look_at_none_twice()
    {
        var orders = new List<OrderId>();
        for (var i = 0; i < 8; i++)
            orders.Add(await AuthenticatedAsync());
        _shop.Clock.Advance(TimeSpan.FromMinutes(2));

        var done = await Task.WhenAll(_shop.RunDueAsync(), ActivatorUtilities.CreateInstance<WorkProcessor>(_shop.Services).RunDueAsync());

        Assert.Equal(8, done.SelectMany(items => items).Count(item => item.Kind is WorkKind.Look));
        foreach (var order in orders)
            await _shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task An_order_that_cannot_be_finished_holds_up_no_other_and_is_looked_at_again()
    {
        var bad = await AuthenticatedAsync();
        _brokenIntent = (await _shop.IntentOfAsync(bad)).Id;
        var good = await AuthenticatedAsync();

        _shop.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, await _shop.LookAtDueAsync());
        await _shop.Shop.AssertPaidOnceAsync(good);
        Assert.Equal(PaymentState.AwaitingAuthentication, (await _shop.FindAsync(bad)).State);

        _brokenIntent = "";
        _shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await _shop.LookAtDueAsync();
        await _shop.Shop.AssertPaidOnceAsync(bad);
    }

    private async Task<OrderId> AuthenticatedAsync()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.BankCard);
        await _shop.EndChallengeAsync((await _shop.IntentOfAsync(order)).Id, passes: true);
        return order;
    }

    private Task CountAsync(string method, object?[] arguments)
    {
        Interlocked.Increment(ref _calls);
        return arguments.OfType<PaymentIntentId>().Any(intent => intent.Value == _brokenIntent) ? throw new InvalidOperationException("This one cannot be finished.") : Task.CompletedTask;
    }
}
