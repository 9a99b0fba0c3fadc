using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;

namespace PaymentApp.Tests.Operations;

/// <summary>
/// A payment's refunds, disputes and warnings are read by requests of their own. While one of them fails, the ledger keeps
/// what it had, and the event that told of it waits (invariants 10 and 13).
/// </summary>
public sealed class UnreadFiguresTests
{
    [Theory]
    [FullData("GET /v1/payment_intents/{id}")]
    [InlineData("GET /v1/refunds")]
    [FullData("GET /v1/disputes")]
    [FullData("GET /v1/radar/early_fraud_warnings")]
    public async Task What_could_not_be_read_is_read_once_Stripe_is_back(string route)
    {
        foreach (var fault in new[] { "rate_limit", "reset_before", "reset_after", "error_before" })
        {
            await using var shop = await ManualShop.OpenAsync();
            var order = await shop.OrderTriedWithAsync(ManualShop.DisputedCard);
            var before = MoneyFigures.Of(await shop.FindAsync(order));
            await shop.FaultAsync(fault, route, count: 1000);
            var opened = Assert.Single(await shop.EventsOfAsync(order, "charge.dispute.created"));
            await shop.DeliverAsync(opened.Body);

            await shop.WhileTimePassesAsync(shop.RunDueAsync());

            Assert.Equal(before, MoneyFigures.Of(await shop.FindAsync(order)));
            Assert.Equal(WorkStatus.Waiting, (await shop.EventAsync(opened.Id)).Status);

            await shop.NoMoreFaultsAsync();
            // Twice: where a look at the order was there first, the event comes again.
            for (var hours = 0; hours < 2; hours++)
            {
                shop.Clock.Advance(TimeSpan.FromHours(1));
                await shop.RunDueAsync();
            }

            await shop.MustHaveFiguresOfStripeAsync(order);
            Assert.Equal(4900, (await shop.FindAsync(order)).Disputed.MinorUnits);
            Assert.Equal(WorkStatus.Done, (await shop.EventAsync(opened.Id)).Status);
        }
    }
}
