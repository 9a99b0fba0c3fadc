using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;

namespace PaymentApp.Tests.Reconciliation;

/// <summary>What the sweeper does about a payment whose shopper wants to use another card.</summary>
public sealed class GivenUpLookTests
{
    [Fact]
    public async Task A_card_that_was_given_up_after_its_challenge_is_never_charged_and_the_order_expires()
    {
        await using var shop = await ManualShop.OpenAsync();
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        await shop.EndChallengeAsync((await shop.IntentOfAsync(order)).Id, passes: true);

        await GiveUpAsync(shop, order);
        for (var hour = 0; hour < 60; hour++)
        {
            shop.Clock.Advance(TimeSpan.FromHours(1));
            await shop.LookAtDueAsync();
        }

        await shop.Shop.AssertNotChargedAsync(order);
        Assert.Equal(PaymentState.Canceled, (await shop.FindAsync(order)).State);
    }

    [Fact]
    public async Task The_other_card_pays_although_the_sweeper_looks_meanwhile()
    {
        await using var shop = await ManualShop.OpenAsync();
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        await shop.EndChallengeAsync((await shop.IntentOfAsync(order)).Id, passes: true);
        await GiveUpAsync(shop, order);

        shop.Clock.Advance(TimeSpan.FromMinutes(10));
        await shop.LookAtDueAsync();
        await shop.Shop.AssertNotChargedAsync(order);

        Assert.IsType<PaymentOutcome.Succeeded>(await shop.PayAsync(order, ManualShop.GoodCard));
        await shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task A_look_that_is_due_at_once_does_not_confirm_the_card_that_was_given_up()
    {
        var calls = new GatewayCalls();
        await using var shop = await ManualShop.OpenAsync(calls.Count);
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        await shop.EndChallengeAsync((await shop.IntentOfAsync(order)).Id, passes: true);
        await GiveUpAsync(shop, order);

        // As an operator's replay, or a change that was not read yet, has it.
        await shop.Services.GetRequiredService<IWorkQueue>().ScheduleAsync(WorkKind.Look, order.Value, shop.Now);
        calls.Reset();
        Assert.Equal(1, await shop.LookAtDueAsync());

        Assert.Equal(1, calls.Made);
        await shop.Shop.AssertNotChargedAsync(order);
        Assert.Equal(PaymentState.AwaitingConfirmation, (await shop.FindAsync(order)).State);
    }

    private static async Task GiveUpAsync(ManualShop shop, OrderId order)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var given = await scope.ServiceProvider.GetRequiredService<IPaymentService>().GiveUpAuthenticationAsync(order);
        Assert.True(given!.IsGivenUp);
    }
}
