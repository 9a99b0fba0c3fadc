using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;

namespace PaymentApp.Tests.Payments;

/// <summary>
/// Orders whose PaymentIntent the ledger made no attempt for, as after a backup from before the payment was restored: the
/// intent is learned from an event, and all that can be done to a payment can be done to it.
/// </summary>
public sealed class AdoptedPaymentTests
{
    [Fact]
    public async Task An_adopted_payment_can_be_given_back()
    {
        await using var shop = await ManualShop.OpenAsync();
        var order = await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await RestoreFromBeforeAsync(shop, order);

        Assert.IsType<OperationOutcome.Done>(await shop.RefundAsync(order, 1000));
        Assert.IsType<OperationOutcome.Done>(await shop.RefundAsync(order, 1000));

        await shop.MustHaveFiguresOfStripeAsync(order);
        Assert.Equal(2000, (await shop.FindAsync(order)).Refunded.MinorUnits);
        await shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task A_refund_from_before_does_not_answer_for_one_that_is_asked_now()
    {
        await using var shop = await ManualShop.OpenAsync();
        var order = await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await shop.RefundAsync(order, 1000);
        await RestoreFromBeforeAsync(shop, order);
        Assert.Equal(1000, (await shop.FindAsync(order)).Refunded.MinorUnits);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.IsType<OperationOutcome.Done>(await shop.RefundAsync(order, 1000));

        Assert.Equal(2000, (await shop.FindAsync(order)).Refunded.MinorUnits);
        await shop.MustHaveFiguresOfStripeAsync(order);
    }

    [Fact]
    public async Task An_adopted_hold_can_be_captured()
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Payments:Capture", "Manual"));
        var order = await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await RestoreFromBeforeAsync(shop, order);

        Assert.IsType<OperationOutcome.Done>(await shop.CaptureAsync(order, 4000));

        await shop.MustHaveFiguresOfStripeAsync(order);
    }

    [Theory]
    [InlineData("Manual", ManualShop.GoodCard)]
    [InlineData("Automatic", ManualShop.PoorCard)]
    [InlineData("Automatic", ManualShop.BankCard)]
    public async Task An_adopted_payment_can_be_canceled(string capture, string card)
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Payments:Capture", capture));
        var order = await shop.OrderTriedWithAsync(card);
        await RestoreFromBeforeAsync(shop, order);

        Assert.IsType<OperationOutcome.Done>(
            await shop.OperateAsync(operations => operations.CancelAsync(order, CancelReason.RequestedByCustomer, PaymentActor.Operator)));

        await shop.MustHaveFiguresOfStripeAsync(order);
        await shop.Shop.AssertNotChargedAsync(order);
    }

    [Fact]
    public async Task An_adopted_payment_whose_shopper_authenticated_can_be_confirmed()
    {
        await using var shop = await ManualShop.OpenAsync();
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        await shop.EndChallengeAsync((await shop.IntentOfAsync(order)).Id, passes: true);
        await RestoreFromBeforeAsync(shop, order);

        Assert.IsType<PaymentOutcome.Succeeded>(await shop.ConfirmAsync(order));

        await shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task An_adopted_payment_whose_card_was_declined_is_paid_by_the_next_card_of_the_same_intent()
    {
        await using var shop = await ManualShop.OpenAsync();
        var order = await shop.OrderTriedWithAsync(ManualShop.PoorCard);
        await RestoreFromBeforeAsync(shop, order);

        Assert.IsType<PaymentOutcome.Succeeded>(await shop.PayAsync(order, ManualShop.GoodCard));

        await shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task Before_any_event_comes_another_card_finds_the_intent_from_before_and_charges_nothing_more()
    {
        await using var shop = await ManualShop.OpenAsync();
        var order = await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await ForgetAsync(shop, order);

        Assert.IsType<PaymentOutcome.Succeeded>(await shop.PayAsync(order, ManualShop.GoodCard));

        await shop.Shop.AssertPaidOnceAsync(order);
    }

    /// <summary>The ledger is as it was before the order was tried, and then hears of its intent again.</summary>
    private static async Task RestoreFromBeforeAsync(ManualShop shop, OrderId order)
    {
        await ForgetAsync(shop, order);
        foreach (var sent in await shop.EventsOfAsync(order))
            await shop.DeliverAsync(sent.Body);
        await shop.DrainAsync();
        var seen = await shop.FindAsync(order);
        Assert.Equal((0, false), (seen.Attempts, seen.Intent is null));
    }

    private static async Task ForgetAsync(ManualShop shop, OrderId order)
    {
        await using var context = await shop.Services.GetRequiredService<IDbContextFactory<LedgerContext>>().CreateDbContextAsync();
        await context.Steps.Where(row => row.OrderId == order).ExecuteDeleteAsync();
        await context.Attempts.Where(row => row.OrderId == order).ExecuteDeleteAsync();
        await context.Refunds.Where(row => row.OrderId == order).ExecuteDeleteAsync();
        await context.Fulfilments.Where(row => row.OrderId == order).ExecuteDeleteAsync();
        await context.Work.Where(row => row.OrderId == order || row.Kind == WorkKind.Event).ExecuteDeleteAsync();
        await context.Inbox.ExecuteDeleteAsync();
        var version = (await context.Payments.AsNoTracking().SingleAsync(row => row.OrderId == order)).Version;
        await context.Payments.Where(row => row.OrderId == order).ExecuteDeleteAsync();
        context.Payments.Add(new PaymentRow { OrderId = order, MovedAt = shop.Now, Version = version });
        await context.SaveChangesAsync();
    }
}
