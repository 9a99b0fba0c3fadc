using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Operations;

public sealed class CaptureAndCancelTests : IAsyncLifetime
{
    private ManualShop _shop = null!;

    public async Task InitializeAsync() => _shop = await ManualShop.OpenAsync(null, ("Payments:Capture", "Manual"));

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task A_held_amount_is_taken_once_and_then_the_order_is_fulfilled()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        Assert.Equal((PaymentState.Authorized, 0), ((await _shop.FindAsync(order)).State, (await _shop.Shop.BooksOfAsync(order)).Fulfilments));

        Assert.IsType<OperationOutcome.Done>(await CaptureAsync(order, null));

        Assert.IsType<OperationOutcome.Refused>(await CaptureAsync(order, null));
        await _shop.Shop.AssertPaidOnceAsync(order);
        Assert.Equal(
            [
                (TimelineEvent.Placed, PaymentActor.Shopper),
                (TimelineEvent.StepWritten, PaymentActor.Shopper),
                (TimelineEvent.StateChanged, PaymentActor.Shopper),
                (TimelineEvent.StepWritten, PaymentActor.Operator),
                (TimelineEvent.StateChanged, PaymentActor.Operator),
                (TimelineEvent.Released, PaymentActor.Operator),
            ],
            (await _shop.TimelineAsync(order)).Select(line => (line.Event, line.Actor)));
    }

    [Fact]
    public async Task A_part_of_what_is_held_can_be_taken_and_only_that_can_be_given_back()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);

        Assert.IsType<OperationOutcome.Refused>(await CaptureAsync(order, 4901));
        Assert.IsType<OperationOutcome.Refused>(await CaptureAsync(order, 0));
        Assert.IsType<OperationOutcome.Done>(await CaptureAsync(order, 3000));
        await TellAsync(order);

        var paid = await _shop.FindAsync(order);
        Assert.Equal((3000, 0, 3000), (paid.Captured.MinorUnits, paid.Refunded.MinorUnits, paid.Refundable.MinorUnits));
        Assert.IsType<OperationOutcome.Refused>(await RefundAsync(order, 3001));
        Assert.IsType<OperationOutcome.Done>(await RefundAsync(order, null));
        Assert.Equal(3000, (await _shop.FindAsync(order)).Refunded.MinorUnits);
    }

    [Fact]
    public async Task A_capture_whose_answer_was_lost_is_made_once()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.FaultAsync("reset_after", "POST /v1/payment_intents/{id}/capture", count: 5);
        Assert.IsType<OperationOutcome.Unknown>(await _shop.WhileTimePassesAsync(CaptureAsync(order, 3000)));
        await _shop.NoMoreFaultsAsync();

        Assert.IsType<OperationOutcome.Done>(await CaptureAsync(order, 3000));

        var books = await _shop.Shop.BooksOfAsync(order);
        Assert.Equal((3000, 1, 0), (Assert.Single(books.Taken).AmountCaptured, books.Fulfilments, books.OpenSteps));
    }

    [Fact]
    public async Task A_hold_that_is_canceled_is_released_and_gave_nothing_back()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);

        Assert.IsType<OperationOutcome.Done>(await CancelAsync(order, CancelReason.Fraudulent));
        await TellAsync(order);

        var canceled = await _shop.FindAsync(order);
        Assert.Equal((PaymentState.Canceled, 0), (canceled.State, canceled.Refunded.MinorUnits));
        Assert.Equal("fraudulent", (await _shop.IntentOfAsync(order)).CancellationReason);
        await _shop.Shop.AssertNotChargedAsync(order);
        Assert.IsType<OperationOutcome.Refused>(await CaptureAsync(order, null));
        Assert.IsType<PaymentOutcome.Canceled>(await _shop.PayAsync(order, ManualShop.GoodCard));
    }

    [Fact]
    public async Task An_order_that_Stripe_never_heard_of_is_canceled_without_asking_it()
    {
        var order = await _shop.OrderAsync();

        Assert.IsType<OperationOutcome.Done>(await CancelAsync(order, CancelReason.RequestedByCustomer));

        Assert.IsType<PaymentOutcome.Canceled>(await _shop.PayAsync(order, ManualShop.GoodCard));
        Assert.Empty((await _shop.Shop.BooksOfAsync(order)).Intents);
        Assert.IsType<OperationOutcome.Refused>(await CancelAsync(order, CancelReason.RequestedByCustomer));
    }

    [Fact]
    public async Task What_is_taken_is_not_canceled_and_what_is_not_held_is_not_captured()
    {
        var paid = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await CaptureAsync(paid, null);

        Assert.IsType<OperationOutcome.Refused>(await CancelAsync(paid, CancelReason.Duplicate));
        Assert.IsType<OperationOutcome.Refused>(await CaptureAsync(await _shop.OrderAsync(), null));
        Assert.IsType<OperationOutcome.Refused>(await CaptureAsync(await _shop.OrderTriedWithAsync(ManualShop.BankCard), null));
        Assert.IsType<OperationOutcome.Refused>(await RefundAsync(await _shop.OrderTriedWithAsync(ManualShop.GoodCard), null));
        await _shop.Shop.AssertPaidOnceAsync(paid);
    }

    [Theory]
    [InlineData(ManualShop.BankCard)]
    [InlineData(ManualShop.PoorCard)]
    public async Task An_order_that_is_canceled_while_its_shopper_is_away_cannot_be_paid_any_more(string card)
    {
        var order = await _shop.OrderTriedWithAsync(card);

        Assert.IsType<OperationOutcome.Done>(await CancelAsync(order, CancelReason.RequestedByCustomer));

        Assert.IsType<PaymentOutcome.Canceled>(await _shop.ConfirmAsync(order));
        Assert.Equal(IntentStatus.Canceled, (await _shop.IntentOfAsync(order)).Status);
        await _shop.Shop.AssertNotChargedAsync(order);
    }

    [Fact]
    public async Task Paying_and_canceling_at_the_same_time_ends_in_one_of_the_two_on_both_sides()
    {
        for (var round = 0; round < 10; round++)
        {
            var order = await _shop.OrderTriedWithAsync(ManualShop.PoorCard);

            await _shop.WhileTimePassesAsync(BothAsync(order));

            var books = await _shop.Shop.BooksOfAsync(order);
            var intent = Assert.Single(books.Intents).Status;
            Assert.Equal(intent is IntentStatus.Canceled ? PaymentState.Canceled : PaymentState.Authorized, books.State);
            Assert.Contains(intent, new[] { IntentStatus.Canceled, IntentStatus.RequiresCapture });
            Assert.Equal(0, books.OpenSteps);
        }
    }

    [Fact]
    public async Task A_timeline_only_grows()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.PoorCard);
        var early = await _shop.TimelineAsync(order);
        _shop.Clock.Advance(TimeSpan.FromMinutes(3));

        await _shop.PayAsync(order, ManualShop.GoodCard);
        await CaptureAsync(order, null);
        await RefundAsync(order, 100);

        var late = await _shop.TimelineAsync(order);
        Assert.Equal(early, late.Take(early.Count));
        Assert.Contains(early, line => line is { Event: TimelineEvent.AttemptFailed, Detail: "card_declined, insufficient_funds" });
        Assert.All(late.Skip(early.Count), line => Assert.Equal(_shop.Now, line.At));
        Assert.Equal((TimelineEvent.RefundChanged, PaymentActor.Operator, "Succeeded"), (late[^1].Event, late[^1].Actor, late[^1].Detail!.Split(',')[0]));
    }

    private async Task<bool> BothAsync(OrderId order)
    {
        await Task.WhenAll(_shop.PayAsync(order, ManualShop.GoodCard), CancelAsync(order, CancelReason.RequestedByCustomer));
        return true;
    }

    private async Task TellAsync(OrderId order)
    {
        foreach (var sent in await _shop.EventsOfAsync(order))
            await _shop.DeliverAsync(sent.Body);
        await _shop.DrainAsync();
    }

    private Task<OperationOutcome> CaptureAsync(OrderId order, long? minorUnits) =>
        _shop.OperateAsync(operations => operations.CaptureAsync(order, minorUnits is { } some ? new Money(some, Currency.Usd) : null, PaymentActor.Operator));

    private Task<OperationOutcome> CancelAsync(OrderId order, CancelReason reason) =>
        _shop.OperateAsync(operations => operations.CancelAsync(order, reason, PaymentActor.Operator));

    private Task<OperationOutcome> RefundAsync(OrderId order, long? minorUnits) => _shop.OperateAsync(operations => operations.RefundAsync(
        order, minorUnits is { } some ? new Money(some, Currency.Usd) : null, RefundReason.Duplicate, PaymentActor.Operator));
}
