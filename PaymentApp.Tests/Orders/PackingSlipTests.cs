using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Orders;

/// <summary>What the demo shop does with a paid order.</summary>
public sealed class PackingSlipTests(ManualShopFixture fixture) : IClassFixture<ManualShopFixture>
{
    private readonly ManualShop _shop = fixture.Shop;

    [Fact]
    public async Task A_paid_order_gets_a_packing_slip_by_its_number()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.RunDueAsync();

        var number = (await _shop.FindAsync(order)).Order.Number;
        var slip = await File.ReadAllTextAsync(Path.Combine(_shop.Shop.PackingSlips, number + ".txt"));
        Assert.Contains(number, slip, StringComparison.Ordinal);
        Assert.Contains("Pour-over kettle", slip, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Written_twice_it_is_the_same_slip_and_nothing_is_left_beside_it()
    {
        await using var scope = _shop.Services.CreateAsyncScope();
        var handler = scope.ServiceProvider.GetRequiredService<IFulfilmentHandler>();
        var order = new FulfilmentOrder(OrderId.New(), "TWICE", "desk-lamp", "Desk lamp", Money.OfMajor(129, Currency.Usd), _shop.Now);
        var path = Path.Combine(_shop.Shop.PackingSlips, "TWICE.txt");

        await handler.FulfilAsync(order, "fulfilment-1");
        var first = await File.ReadAllTextAsync(path);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => handler.FulfilAsync(order, "fulfilment-1")));

        Assert.Equal(first, await File.ReadAllTextAsync(path));
        Assert.DoesNotContain(Directory.EnumerateFiles(_shop.Shop.PackingSlips), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }
}
