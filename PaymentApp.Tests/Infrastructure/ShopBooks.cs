using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>What both sides hold of an order: the shop's ledger and Stripe's books.</summary>
internal sealed record OrderBooks(
    PaymentState State, int Fulfilments, int Attempts, int OpenSteps, IReadOnlyList<PaymentIntent> Intents, IReadOnlyList<Charge> Charges)
{
    public IEnumerable<Charge> Taken => Charges.Where(charge => charge is { Status: ChargeStatus.Succeeded, Captured: true });
}

/// <summary>Compares the two sides.</summary>
internal static class ShopBooks
{
    public static async Task<OrderBooks> BooksOfAsync(this Shop shop, OrderId order)
    {
        var factory = shop.Services.GetRequiredService<IDbContextFactory<LedgerContext>>();
        await using var ledger = await factory.CreateDbContextAsync();
        var intents = shop.Sandbox.Books.All<PaymentIntent>()
            .Where(intent => intent.Metadata.Entries.Contains(new("order_id", order.Value))).ToList();
        return new OrderBooks(
            (await ledger.Payments.SingleAsync(row => row.OrderId == order)).State,
            await ledger.Fulfilments.CountAsync(row => row.OrderId == order),
            await ledger.Attempts.CountAsync(row => row.OrderId == order),
            await ledger.Steps.CountAsync(row => row.OrderId == order && row.Result == null),
            intents,
            shop.Sandbox.Books.All<Charge>().Where(charge => intents.Any(intent => intent.Id == charge.PaymentIntent)).ToList());
    }

    /// <summary>Paid, charged once, by one intent, and fulfilled once: on both sides.</summary>
    public static async Task AssertPaidOnceAsync(this Shop shop, OrderId order)
    {
        var books = await shop.BooksOfAsync(order);
        Assert.Equal(PaymentState.Paid, books.State);
        Assert.Equal(1, books.Fulfilments);
        Assert.Equal(0, books.OpenSteps);
        Assert.Equal(IntentStatus.Succeeded, Assert.Single(books.Intents).Status);
        Assert.Equal(books.Intents[0].Amount, Assert.Single(books.Taken).AmountCaptured);
    }

    public static async Task AssertNotChargedAsync(this Shop shop, OrderId order)
    {
        var books = await shop.BooksOfAsync(order);
        Assert.NotEqual(PaymentState.Paid, books.State);
        Assert.Equal(0, books.Fulfilments);
        Assert.Empty(books.Taken);
    }
}
