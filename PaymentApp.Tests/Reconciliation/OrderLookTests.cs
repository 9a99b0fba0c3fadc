using Microsoft.Extensions.Logging;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Reconciliation;

public sealed class OrderLookTests(ManualShopFixture fixture) : IClassFixture<ManualShopFixture>
{
    private readonly ManualShop _shop = fixture.Shop;

    [Fact]
    public async Task A_payment_whose_answer_was_lost_is_found_and_paid_once()
    {
        var order = await _shop.OrderAsync();
        await _shop.FaultAsync("reset_after", "POST /v1/payment_intents", count: 5);
        Assert.IsType<PaymentOutcome.Unknown>(await _shop.WhileTimePassesAsync(_shop.PayAsync(order, ManualShop.GoodCard)));
        await _shop.NoMoreFaultsAsync();

        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await _shop.LookAtDueAsync();

        await _shop.Shop.AssertPaidOnceAsync(order);
        Assert.Contains(await _shop.TimelineAsync(order), line => line is { Event: TimelineEvent.Released, Actor: PaymentActor.Sweeper });
    }

    [Fact]
    public async Task A_payment_that_never_reached_Stripe_is_made_once_Stripe_is_back()
    {
        var order = await _shop.OrderAsync();
        await _shop.FaultAsync("error_before", "POST /v1/payment_intents", count: 5);
        Assert.IsType<PaymentOutcome.Unknown>(await _shop.WhileTimePassesAsync(_shop.PayAsync(order, ManualShop.GoodCard)));
        await _shop.NoMoreFaultsAsync();
        await _shop.Shop.AssertNotChargedAsync(order);

        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await _shop.LookAtDueAsync();

        await _shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task A_shopper_who_satisfied_the_bank_and_closed_the_tab_has_paid_within_the_hour()
    {
        var order = await AuthenticatedAsync(_shop);
        Assert.Equal(IntentStatus.RequiresConfirmation, (await _shop.IntentOfAsync(order)).Status);

        _shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await _shop.LookAtDueAsync();

        await _shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task A_shopper_who_satisfies_the_bank_late_in_the_hour_has_still_paid()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.BankCard);
        await SweepForAsync(TimeSpan.FromMinutes(50));
        Assert.Equal(PaymentState.AwaitingAuthentication, (await _shop.FindAsync(order)).State);
        await _shop.EndChallengeAsync((await _shop.IntentOfAsync(order)).Id, passes: true);

        await SweepForAsync(TimeSpan.FromMinutes(6));

        await _shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task Where_the_shop_waits_for_the_shopper_the_attempt_expires_after_an_hour()
    {
        await using var waiting = await ManualShop.OpenAsync(null, ("Payments:AfterAuthentication", "Wait"));
        var order = await AuthenticatedAsync(waiting);

        waiting.Clock.Advance(TimeSpan.FromMinutes(30));
        await waiting.LookAtDueAsync();
        Assert.Equal(PaymentState.AwaitingConfirmation, (await waiting.FindAsync(order)).State);

        waiting.Clock.Advance(TimeSpan.FromMinutes(31));
        await waiting.LookAtDueAsync();

        var expired = await waiting.FindAsync(order);
        Assert.Equal(PaymentState.AwaitingPayment, expired.State);
        Assert.NotNull(expired.LastFailure);
        await waiting.Shop.AssertNotChargedAsync(order);
    }

    [Fact]
    public async Task An_order_left_at_the_bank_for_an_hour_can_be_paid_again()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.BankCard);

        await SweepForAsync(TimeSpan.FromMinutes(65));

        var expired = await _shop.FindAsync(order);
        Assert.Equal(PaymentState.AwaitingPayment, expired.State);
        Assert.NotNull(expired.LastFailure);
        await _shop.Shop.AssertNotChargedAsync(order);
        Assert.IsType<PaymentOutcome.Succeeded>(await _shop.PayAsync(order, ManualShop.GoodCard));
        await _shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task A_payment_that_was_in_progress_ends_as_Stripe_says()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.BankCard);
        var intent = await _shop.IntentOfAsync(order);
        var seen = await _shop.FindAsync(order);
        await _shop.LedgerRecordsAsync(order, new IntentSnapshot(PaymentIntentId.Parse(intent.Id), PaymentState.Processing, seen.Order.Amount, order, null, null, null));
        await _shop.EndChallengeAsync(intent.Id, passes: true);
        await _shop.StripeAsync($"/v1/payment_intents/{intent.Id}/confirm");
        Assert.Equal(PaymentState.Processing, (await _shop.FindAsync(order)).State);

        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await _shop.LookAtDueAsync();

        await _shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task An_order_that_nobody_wants_any_more_is_canceled_after_a_day_and_not_before()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.PoorCard);

        _shop.Clock.Advance(TimeSpan.FromHours(23));
        await _shop.LookAtDueAsync();
        Assert.Equal(PaymentState.AwaitingPayment, (await _shop.FindAsync(order)).State);

        _shop.Clock.Advance(TimeSpan.FromHours(1));
        await _shop.LookAtDueAsync();
        Assert.Equal(PaymentState.Canceled, (await _shop.FindAsync(order)).State);
        var intent = await _shop.IntentOfAsync(order);
        Assert.Equal((IntentStatus.Canceled, "abandoned"), (intent.Status, intent.CancellationReason));
    }

    [Fact]
    public async Task A_refund_that_was_pending_is_followed_to_its_end()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.SlowRefundCard);
        Assert.IsType<OperationOutcome.Pending>(
            await _shop.OperateAsync(operations => operations.RefundAsync(order, null, RefundReason.RequestedByCustomer, PaymentActor.Operator)));

        _shop.Clock.Advance(TimeSpan.FromMinutes(15));
        await _shop.LookAtDueAsync();

        Assert.Contains(
            await _shop.TimelineAsync(order),
            line => line is { Event: TimelineEvent.RefundChanged, Actor: PaymentActor.Sweeper } && line.Detail!.StartsWith("Succeeded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hold_near_its_end_is_told_and_one_that_lapsed_is_noticed()
    {
        await using var manual = await ManualShop.OpenAsync(null, ("Payments:Capture", "Manual"));
        var order = await manual.OrderTriedWithAsync(ManualShop.GoodCard);
        var number = (await manual.FindAsync(order)).Order.Number;

        manual.Clock.Advance(TimeSpan.FromDays(5));
        Assert.Equal(0, await manual.LookAtDueAsync());
        manual.Clock.Advance(TimeSpan.FromDays(1));
        await manual.LookAtDueAsync();
        Assert.Contains(manual.Logs.Entries, entry => entry.Level is LogLevel.Warning
            && entry.Text.Contains($"Order {number} has been authorized since", StringComparison.Ordinal));

        manual.Clock.Advance(TimeSpan.FromDays(1));
        await manual.LookAtDueAsync();
        Assert.Equal(PaymentState.Canceled, (await manual.FindAsync(order)).State);
        Assert.Equal(0, (await manual.FindAsync(order)).Refunded.MinorUnits);
    }

    [Fact]
    public async Task A_hold_that_was_captured_at_Stripe_is_noticed_without_an_event()
    {
        await using var manual = await ManualShop.OpenAsync(null, ("Payments:Capture", "Manual"));
        var order = await manual.OrderTriedWithAsync(ManualShop.GoodCard);
        await manual.StripeAsync($"/v1/payment_intents/{(await manual.IntentOfAsync(order)).Id}/capture", ("amount_to_capture", "3000"));

        manual.Clock.Advance(TimeSpan.FromDays(6));
        await manual.LookAtDueAsync();

        var paid = await manual.FindAsync(order);
        Assert.Equal((PaymentState.Paid, 3000), (paid.State, paid.Captured.MinorUnits));
        Assert.DoesNotContain("is not captured", manual.Logs.Text, StringComparison.Ordinal);
    }

    private static async Task<OrderId> AuthenticatedAsync(ManualShop shop)
    {
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        await shop.EndChallengeAsync((await shop.IntentOfAsync(order)).Id, passes: true);
        return order;
    }

    private async Task SweepForAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMinutes(1))
        {
            _shop.Clock.Advance(TimeSpan.FromMinutes(1));
            await _shop.LookAtDueAsync();
        }
    }
}
