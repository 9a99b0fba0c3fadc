using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Operations;

/// <summary>Money that is moved in Stripe's dashboard or by banks, whether or not its events come (invariant 10).</summary>
public sealed class MoneyElsewhereTests(ManualShopFixture fixture) : IClassFixture<ManualShopFixture>
{
    private readonly ManualShop _shop = fixture.Shop;

    [Fact]
    public async Task A_refund_made_elsewhere_whose_events_were_lost_is_read()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.RefundElsewhereAsync(order, 700);

        Assert.True(await _shop.ReadAsync(order));

        Assert.Equal(700, (await _shop.FindAsync(order)).Refunded.MinorUnits);
        await _shop.MustHaveFiguresOfStripeAsync(order);
        Assert.Contains(
            await _shop.TimelineAsync(order),
            line => line is { Event: TimelineEvent.RefundChanged, Actor: PaymentActor.Sweeper, Detail: "Succeeded, $7.00, made elsewhere" });
    }

    [Fact]
    public async Task The_shops_own_refund_is_not_said_to_be_made_elsewhere()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);

        await _shop.RefundAsync(order, 700);
        await _shop.ReadAsync(order);

        Assert.Equal("Succeeded, $7.00", Assert.Single(await _shop.TimelineAsync(order), line => line.Event is TimelineEvent.RefundChanged).Detail);
    }

    [Fact]
    public async Task More_refunds_than_a_page_holds_are_all_counted()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        for (var i = 0; i < 105; i++)
            await _shop.RefundElsewhereAsync(order, 1);

        await _shop.ReadAsync(order);

        Assert.Equal(105, (await _shop.FindAsync(order)).Refunded.MinorUnits);
    }

    [Fact]
    public async Task The_rest_can_be_given_back_after_a_part_was_given_back_elsewhere()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.RefundElsewhereAsync(order, 700);

        var done = Assert.IsType<OperationOutcome.Done>(await _shop.RefundAsync(order));

        Assert.Equal((4900, 0), (done.Payment.Refunded.MinorUnits, done.Payment.Refundable.MinorUnits));
        await _shop.MustHaveFiguresOfStripeAsync(order);
        Assert.Equal(0, (await _shop.Shop.BooksOfAsync(order)).OpenSteps);
    }

    [Fact]
    public async Task A_refund_shows_what_was_given_back_elsewhere_before_it()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.RefundElsewhereAsync(order, 700);

        var done = Assert.IsType<OperationOutcome.Done>(await _shop.RefundAsync(order, 1000));

        Assert.Equal((1700, 3200), (done.Payment.Refunded.MinorUnits, done.Payment.Refundable.MinorUnits));
        await _shop.MustHaveFiguresOfStripeAsync(order);
    }

    [Theory]
    [InlineData(4900, null)]
    [InlineData(4900, 100L)]
    [InlineData(700, 4500L)]
    public async Task A_refund_of_more_than_is_left_since_is_refused_with_the_payment_as_it_stands(long elsewhere, long? asked)
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.RefundElsewhereAsync(order, elsewhere);

        var refused = Assert.IsType<OperationOutcome.Refused>(await _shop.RefundAsync(order, asked));

        Assert.Equal(elsewhere, refused.Payment!.Refunded.MinorUnits);
        await _shop.MustHaveFiguresOfStripeAsync(order);
        Assert.Equal(0, (await _shop.Shop.BooksOfAsync(order)).OpenSteps);
    }

    [Fact]
    public async Task A_refund_of_a_disputed_charge_fails_with_Stripes_code_and_the_dispute_is_read()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.DisputedCard);

        var failed = Assert.IsType<OperationOutcome.Failed>(await _shop.RefundAsync(order));

        Assert.Equal("charge_disputed", failed.Failure.Code);
        Assert.Equal(4900, (await _shop.FindAsync(order)).Disputed.MinorUnits);
    }

    [Theory]
    [InlineData(true, TimelineEvent.DisputeWon, 0, 4900)]
    [InlineData(false, TimelineEvent.DisputeLost, 4900, 0)]
    public async Task A_dispute_is_told_of_and_counted_from_its_opening_to_its_end(bool isWon, TimelineEvent end, long lost, long refundable)
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.DisputedCard);
        await TellAsync(order, "charge.dispute.created");
        Assert.Equal(4900, (await _shop.FindAsync(order)).Disputed.MinorUnits);

        await _shop.SettleDisputesAsync(order, isWon);
        await TellAsync(order, "charge.dispute.closed");

        var now = await _shop.FindAsync(order);
        Assert.Equal((0, lost, refundable), (now.Disputed.MinorUnits, now.Lost.MinorUnits, now.Refundable.MinorUnits));
        await _shop.MustHaveFiguresOfStripeAsync(order);
        var lines = (await _shop.TimelineAsync(order)).Where(line => line.Event is TimelineEvent.Disputed || line.Event == end).ToList();
        Assert.Equal([TimelineEvent.Disputed, end], lines.Select(line => line.Event));
        Assert.Contains("$49.00, fraudulent, NeedsResponse, evidence due by ", lines[0].Detail, StringComparison.Ordinal);
        var row = await _shop.ReadAsync(ledger => ledger.Disputes.SingleAsync(row => row.OrderId == order));
        Assert.Equal((4900, isWon ? DisputeStatus.Won : DisputeStatus.Lost, "fraudulent"), (row.MinorUnits, row.Status, row.Reason));
        Assert.NotNull(row.EvidenceDueBy);
    }

    [Fact]
    public async Task A_dispute_that_was_opened_and_lost_unheard_is_read_with_both()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.DisputedCard);
        await _shop.SettleDisputesAsync(order, isWon: false);

        await _shop.ReadAsync(order);

        Assert.Equal(
            [TimelineEvent.Disputed, TimelineEvent.DisputeLost],
            (await _shop.TimelineAsync(order)).Select(line => line.Event).Where(line => line is TimelineEvent.Disputed or TimelineEvent.DisputeLost));
        Assert.IsType<OperationOutcome.Refused>(await _shop.RefundAsync(order));
    }

    [Fact]
    public async Task Several_disputes_of_a_charge_are_counted_together()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.SeveralDisputesCard);

        await _shop.ReadAsync(order);

        await _shop.MustHaveFiguresOfStripeAsync(order);
        Assert.True((await _shop.TimelineAsync(order)).Count(line => line.Event is TimelineEvent.Disputed) > 1);
    }

    [Fact]
    public async Task An_inquiry_leaves_the_money_where_it_is_and_can_be_answered_with_a_refund()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.InquiryCard);
        await _shop.ReadAsync(order);
        Assert.Equal(4900, (await _shop.FindAsync(order)).Disputed.MinorUnits);

        Assert.IsType<OperationOutcome.Done>(await _shop.RefundAsync(order));

        await _shop.MustHaveFiguresOfStripeAsync(order);
    }

    [Fact]
    public async Task News_of_a_dispute_that_come_late_do_not_open_it_again()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.DisputedCard);
        await _shop.ReadAsync(order);
        var row = await _shop.ReadAsync(ledger => ledger.Disputes.SingleAsync(row => row.OrderId == order));
        await _shop.SettleDisputesAsync(order, isWon: true);
        await _shop.ReadAsync(order);

        await RecordAsync(order, new DisputeSnapshot(row.Id, new Money(4900, Currency.Usd), DisputeStatus.UnderReview, "fraudulent", null));

        await _shop.MustHaveFiguresOfStripeAsync(order);
        Assert.Single(await _shop.TimelineAsync(order), line => line.Event is TimelineEvent.Disputed);
    }

    [Theory]
    [InlineData(DisputeStatus.InquiryClosed)]
    [InlineData(DisputeStatus.Prevented)]
    public async Task A_dispute_that_came_to_nothing_is_told_of_and_counts_nothing(DisputeStatus end)
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await RecordAsync(order, new DisputeSnapshot($"dp_{order}", new Money(4900, Currency.Usd), DisputeStatus.InquiryNeedsResponse, "general", null));

        await RecordAsync(order, new DisputeSnapshot($"dp_{order}", new Money(4900, Currency.Usd), end, "general", null));

        var now = await _shop.FindAsync(order);
        Assert.Equal((0, 0), (now.Disputed.MinorUnits, now.Lost.MinorUnits));
        Assert.Single(await _shop.TimelineAsync(order), line => line.Event is TimelineEvent.DisputeClosed);
    }

    [Fact]
    public async Task An_early_fraud_warning_is_told_of_once_and_kept()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.FraudWarningCard);

        await TellAsync(order, "radar.early_fraud_warning.created");
        await _shop.ReadAsync(order);

        Assert.Equal(
            "unauthorized_use_of_card, a refund may avert a dispute",
            Assert.Single(await _shop.TimelineAsync(order), line => line.Event is TimelineEvent.FraudWarning).Detail);
        Assert.True((await WarningAsync(order)).IsActionable);

        await _shop.RefundAsync(order);
        await _shop.ReadAsync(order);
        Assert.False((await WarningAsync(order)).IsActionable);
    }

    [Fact]
    public async Task A_payment_event_that_shows_more_than_was_read_has_the_order_looked_at()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.DisputedCard);
        var refunded = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.RefundElsewhereAsync(refunded, 700);

        await TellAsync(order, "payment_intent.succeeded");
        await TellAsync(refunded, "payment_intent.succeeded");
        await _shop.LookAtDueAsync();

        await _shop.MustHaveFiguresOfStripeAsync(order);
        await _shop.MustHaveFiguresOfStripeAsync(refunded);
    }

    [Fact]
    public async Task Nothing_is_said_to_be_read_while_Stripe_cannot_say()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.FaultAsync("error_before", "GET /v1/refunds", count: 5);

        Assert.False(await _shop.WhileTimePassesAsync(_shop.ReadAsync(order)));

        await _shop.NoMoreFaultsAsync();
        Assert.True(await _shop.ReadAsync(order));
    }

    [Fact]
    public async Task What_nobody_paid_is_read_without_a_figure()
    {
        Assert.True(await _shop.ReadAsync(OrderId.New()));
        Assert.True(await _shop.ReadAsync(await _shop.OrderAsync()));
        var declined = await _shop.OrderTriedWithAsync(ManualShop.PoorCard);

        Assert.True(await _shop.ReadAsync(declined));

        await _shop.MustHaveFiguresOfStripeAsync(declined);
    }

    private async Task TellAsync(OrderId order, string type)
    {
        var events = await _shop.EventsOfAsync(order, type);
        Assert.NotEmpty(events);
        foreach (var sent in events)
            await _shop.DeliverAsync(sent.Body);
        await _shop.DrainAsync();
    }

    private Task<FraudWarningRow> WarningAsync(OrderId order) =>
        _shop.ReadAsync(ledger => ledger.FraudWarnings.AsNoTracking().SingleAsync(row => row.OrderId == order));

    private async Task RecordAsync(OrderId order, DisputeSnapshot news)
    {
        var seen = await _shop.FindAsync(order);
        var intent = new IntentSnapshot(seen.Intent!.Value, PaymentState.Paid, seen.Order.Amount, order, null, null, null);
        await _shop.LedgerRecordsAsync(order, new PaymentSnapshot(intent, Disputes: [news]));
    }
}
