using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Operations;

public sealed class MoneyBackTests(ManualShopFixture fixture) : IClassFixture<ManualShopFixture>
{
    private readonly ManualShop _shop = fixture.Shop;

    [Fact]
    public async Task All_of_a_payment_can_be_given_back_and_no_more()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);

        Assert.IsType<OperationOutcome.Done>(await RefundAsync(order, null));

        Assert.IsType<OperationOutcome.Refused>(await RefundAsync(order, null));
        await MustHaveGivenBackAsync(order, 4900, refunds: 1);
        Assert.Equal(PaymentState.Paid, (await _shop.FindAsync(order)).State);
    }

    [Fact]
    public async Task A_payment_can_be_given_back_in_parts_that_never_exceed_it()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);

        Assert.IsType<OperationOutcome.Done>(await RefundAsync(order, 1500));
        Assert.IsType<OperationOutcome.Done>(await RefundAsync(order, 1500));
        Assert.IsType<OperationOutcome.Refused>(await RefundAsync(order, 1901));
        Assert.IsType<OperationOutcome.Done>(await RefundAsync(order, null));

        await MustHaveGivenBackAsync(order, 4900, refunds: 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4901)]
    public async Task An_amount_that_is_no_part_of_the_payment_is_not_given_back(long minorUnits)
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);

        Assert.IsType<OperationOutcome.Refused>(await RefundAsync(order, minorUnits));

        await MustHaveGivenBackAsync(order, 0, refunds: 0);
    }

    [Fact]
    public async Task Money_is_not_given_back_in_another_currency()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);

        Assert.IsType<OperationOutcome.Refused>(await _shop.OperateAsync(
            operations => operations.RefundAsync(order, new Money(1000, Currency.Eur), RefundReason.Duplicate, PaymentActor.Operator)));

        await MustHaveGivenBackAsync(order, 0, refunds: 0);
    }

    [Fact]
    public async Task A_refund_that_the_bank_takes_its_time_over_is_pending_and_counts_already()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.SlowRefundCard);

        var pending = Assert.IsType<OperationOutcome.Pending>(await RefundAsync(order, 4000));

        Assert.Equal(900, pending.Payment.Refundable.MinorUnits);
        Assert.IsType<OperationOutcome.Refused>(await RefundAsync(order, 901));
    }

    [Fact]
    public async Task A_refund_that_fails_later_can_be_made_again()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.FailingRefundCard);
        Assert.IsType<OperationOutcome.Done>(await RefundAsync(order, null));

        _shop.Clock.Advance(TimeSpan.FromMinutes(2));
        foreach (var sent in await _shop.EventsOfAsync(order, "refund.failed"))
            await _shop.DeliverAsync(sent.Body);
        await _shop.DrainAsync();

        Assert.Equal(0, (await _shop.FindAsync(order)).Refunded.MinorUnits);
        Assert.Contains(
            await _shop.TimelineAsync(order),
            line => line.Event is TimelineEvent.RefundChanged && line.Detail!.Contains("expired_or_canceled_card", StringComparison.Ordinal));
        Assert.IsType<OperationOutcome.Done>(await RefundAsync(order, null));
    }

    [Fact]
    public async Task What_a_refund_was_before_is_no_news()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.FailingRefundCard);
        await RefundAsync(order, null);
        var id = Assert.Single(Assert.Single((await _shop.Shop.BooksOfAsync(order)).Charges).Refunds);
        await _shop.LedgerRecordsAsync(order, News(RefundStatus.Failed));

        await _shop.LedgerRecordsAsync(order, News(RefundStatus.Succeeded));

        Assert.Equal(0, (await _shop.FindAsync(order)).Refunded.MinorUnits);

        RefundSnapshot News(RefundStatus status) => new(id, PaymentIntentId.Parse("pi_1"), Money.OfMajor(49, Currency.Usd), status, null, DateTime.UnixEpoch);
    }

    [Fact]
    public async Task A_refund_whose_answer_was_lost_is_made_once_however_often_it_is_asked_for()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await LoseAnswerAsync(order, 1000);

        Assert.IsType<OperationOutcome.Done>(await RefundAsync(order, 1000));

        await MustHaveGivenBackAsync(order, 1000, refunds: 1);
    }

    [Fact]
    public async Task A_refund_whose_answer_was_lost_is_found_by_the_sweeper()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await LoseAnswerAsync(order, 1000);

        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await _shop.LookAtDueAsync();

        await MustHaveGivenBackAsync(order, 1000, refunds: 1);
    }

    [Fact]
    public async Task A_refund_whose_answer_was_lost_for_a_day_is_read_and_not_asked_for_again()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await LoseAnswerAsync(order, 1000);
        _shop.Clock.Advance(TimeSpan.FromHours(30));

        Assert.IsType<OperationOutcome.Done>(await RefundAsync(order, 1000));

        await MustHaveGivenBackAsync(order, 1000, refunds: 1);
    }

    [Fact]
    public async Task Another_refund_after_a_lost_one_is_another_refund()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await LoseAnswerAsync(order, 1000);

        Assert.IsType<OperationOutcome.Done>(await RefundAsync(order, 500));

        await MustHaveGivenBackAsync(order, 1500, refunds: 2);
    }

    [Fact]
    public async Task A_refund_and_a_dispute_made_outside_are_taken_in()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.StripeAsync("/v1/refunds", ("payment_intent", (await _shop.IntentOfAsync(order)).Id), ("amount", "700"));
        var disputed = await _shop.OrderTriedWithAsync(ManualShop.DisputedCard);

        foreach (var sent in (await _shop.EventsOfAsync(order)).Concat(await _shop.EventsOfAsync(disputed, "charge.dispute.created")))
            await _shop.DeliverAsync(sent.Body);
        await _shop.DrainAsync();

        await MustHaveGivenBackAsync(order, 700, refunds: 1);
        Assert.Single(await _shop.TimelineAsync(disputed), line => line.Event is TimelineEvent.Disputed);
        Assert.IsType<OperationOutcome.Failed>(await RefundAsync(disputed, null));
    }

    [Fact]
    public async Task An_order_that_is_not_paid_gives_nothing_back()
    {
        Assert.IsType<OperationOutcome.Refused>(await RefundAsync(OrderId.New(), null));
        Assert.IsType<OperationOutcome.Refused>(await RefundAsync(await _shop.OrderAsync(), null));
        Assert.IsType<OperationOutcome.Refused>(await RefundAsync(await _shop.OrderTriedWithAsync(ManualShop.PoorCard), null));
        Assert.IsType<OperationOutcome.Refused>(await RefundAsync(await _shop.OrderTriedWithAsync(ManualShop.BankCard), null));
    }

    private Task<OperationOutcome> RefundAsync(OrderId order, long? minorUnits) => _shop.OperateAsync(operations => operations.RefundAsync(
        order, minorUnits is { } some ? new Money(some, Currency.Usd) : null, RefundReason.RequestedByCustomer, PaymentActor.Operator));

    private async Task LoseAnswerAsync(OrderId order, long minorUnits)
    {
        await _shop.FaultAsync("reset_after", "POST /v1/refunds", count: 5);
        Assert.IsType<OperationOutcome.Unknown>(await _shop.WhileTimePassesAsync(RefundAsync(order, minorUnits)));
        await _shop.NoMoreFaultsAsync();
    }

    private async Task MustHaveGivenBackAsync(OrderId order, long minorUnits, int refunds)
    {
        var books = await _shop.Shop.BooksOfAsync(order);
        var charge = Assert.Single(books.Taken);
        Assert.Equal((minorUnits, refunds, 0), (charge.AmountRefunded, charge.Refunds.Count, books.OpenSteps));
        Assert.Equal(minorUnits, (await _shop.FindAsync(order)).Refunded.MinorUnits);
    }
}
