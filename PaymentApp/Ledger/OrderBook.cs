using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IOrderBook"/>
internal sealed class OrderBook(IDbContextFactory<LedgerContext> contexts, TimeProvider clock, IOptions<PaymentsOptions> options) : IOrderBook
{
    // Without the letters and digits that people mix up when they read them out.
    private const string NumberCharacters = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private const int MostCollisions = 5;

    public async Task<Order> PlaceAsync(Product product, PurchaseToken? purchase = null, string? language = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(product);
        for (var collisions = 0; ; collisions++)
        {
            try
            {
                return await InsertAsync(product, purchase, language, cancellationToken);
            }
            catch (DbUpdateException taken) when (LedgerDatabase.IsUniqueViolation(taken) && collisions < MostCollisions)
            {
                // The form was sent before; otherwise two orders drew one number, and this one draws again.
                if (purchase is { } token && await FindAsync(product, token, cancellationToken) is { } made)
                    return made;
            }
            catch (Exception busy) when (LedgerDatabase.IsBusy(busy))
            {
                throw new OrderBookBusyException(busy);
            }
        }
    }

    public async Task<Order?> FindAsync(Product product, PurchaseToken purchase, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(product);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Orders.AsNoTracking().SingleOrDefaultAsync(
            order => EF.Property<string?>(order, OrderConfiguration.PurchaseToken) == purchase.Value && order.ProductId == product.Id, cancellationToken);
    }

    public async Task<OrderStanding?> FindAsync(OrderId id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await LedgerEntry.LoadAsync(context, id, options.Value, cancellationToken))?.ToStanding();
    }

    private async Task<Order> InsertAsync(Product product, PurchaseToken? purchase, string? language, CancellationToken cancellationToken)
    {
        var now = clock.GetLedgerTime();
        var order = new Order
        {
            Id = OrderId.New(),
            Number = RandomNumberGenerator.GetString(NumberCharacters, 4) + "-" + RandomNumberGenerator.GetString(NumberCharacters, 5),
            ProductId = product.Id,
            ProductName = product.Name,
            Amount = product.Price,
            Language = language,
            PlacedAt = now,
        };

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Orders.Add(order).Property(OrderConfiguration.PurchaseToken).CurrentValue = purchase?.Value;
        context.Payments.Add(new PaymentRow { OrderId = order.Id, MovedAt = now });
        context.Timeline.Add(new TimelineRow { OrderId = order.Id, At = now, Actor = PaymentActor.Shopper, Event = TimelineEvent.Placed });
        // Nobody may ever come to pay it: then this look ends it.
        context.Work.Add(WorkRow.Create(WorkKind.Look, order.Id.Value, order.Id, now + options.Value.AbandonAfter, now));
        // Nothing was promised yet: the first step of a payment waits for the disk, and for this with it.
        await LedgerDatabase.SaveWithoutSyncAsync(context, cancellationToken);
        return order;
    }
}
