using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Components;

/// <summary>One shop for all tests of a class.</summary>
public sealed class OpenShop : IAsyncLifetime
{
    public Shop Shop { get; private set; } = null!;

    internal Visitor Visit() => Visitor.At(Shop.Address);

    internal Task<Order> PlaceAsync(string product = "desk-lamp") =>
        Shop.Services.GetRequiredService<IOrderBook>().PlaceAsync(new Catalogue().Find(product)!);

    internal Task<Payment?> PaymentAsync(OrderId order) => Shop.Services.GetRequiredService<IPaymentLedger>().FindAsync(order);

    internal async Task<List<Order>> OrdersAsync()
    {
        await using var ledger = await Shop.Services.GetRequiredService<IDbContextFactory<LedgerContext>>().CreateDbContextAsync();
        return await ledger.Orders.AsNoTracking().ToListAsync();
    }

    public async Task InitializeAsync() => Shop = await Shop.OpenAsync();

    public async Task DisposeAsync() => await Shop.DisposeAsync();
}
