using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Operations;

/// <summary>A hold of which a part is taken: the rest is released, which is no refund, whatever its amount equals.</summary>
public sealed class PartialCaptureTests : IAsyncLifetime
{
    private ManualShop _shop = null!;

    public async Task InitializeAsync() => _shop = await ManualShop.OpenAsync(null, ("Payments:Capture", "Manual"));

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task Refunds_that_equal_the_released_rest_are_refunds()
    {
        var order = await CapturedAsync(4000);

        await _shop.RefundElsewhereAsync(order, 900);
        await TellAllAsync(order);
        Assert.Equal(900, (await _shop.FindAsync(order)).Refunded.MinorUnits);
        await _shop.RefundAsync(order, 900);
        await TellAllAsync(order);

        var now = await _shop.FindAsync(order);
        Assert.Equal(
            (4900, 4000, 1800, 900, 2200),
            (now.Authorized.MinorUnits, now.Captured.MinorUnits, now.Refunded.MinorUnits, now.Released.MinorUnits, now.Refundable.MinorUnits));
        await _shop.MustHaveFiguresOfStripeAsync(order);
    }

    [Fact]
    public async Task Refunds_that_equal_the_released_rest_are_refunds_before_any_event_comes()
    {
        var order = await CapturedAsync(4000);

        await _shop.RefundAsync(order, 900);
        await _shop.RefundAsync(order, 900);

        Assert.Equal(1800, (await _shop.FindAsync(order)).Refunded.MinorUnits);
        await _shop.MustHaveFiguresOfStripeAsync(order);
    }

    [Fact]
    public async Task All_that_was_captured_can_be_given_back_and_no_more()
    {
        var order = await CapturedAsync(4000);

        var done = Assert.IsType<OperationOutcome.Done>(await _shop.RefundAsync(order));

        Assert.True(done.Payment.IsReturnedInFull);
        Assert.IsType<OperationOutcome.Refused>(await _shop.RefundAsync(order, 1));
        await _shop.MustHaveFiguresOfStripeAsync(order);
    }

    [Fact]
    public async Task A_hold_says_how_much_and_until_when()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);

        var held = await _shop.FindAsync(order);

        Assert.Equal((4900, 0, 0), (held.Authorized.MinorUnits, held.Captured.MinorUnits, held.Released.MinorUnits));
        Assert.Equal((_shop.Now.AddDays(7), null), (held.CaptureBefore!.Value, held.PaidAt), Seconds);
    }

    [Fact]
    public async Task A_hold_was_paid_when_it_was_captured_by_Stripes_clock()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        _shop.Clock.Advance(TimeSpan.FromDays(2));
        var intent = await _shop.IntentOfAsync(order);
        await _shop.StripeAsync($"/v1/payment_intents/{intent.Id}/capture", ("amount_to_capture", "4000"));
        var captured = _shop.Now;

        _shop.Clock.Advance(TimeSpan.FromHours(5));
        await _shop.ReadAsync(order);

        var now = await _shop.FindAsync(order);
        Assert.Equal((captured, (DateTime?)null), (now.PaidAt!.Value, now.CaptureBefore), Seconds);
    }

    [Fact]
    public async Task A_hold_that_is_canceled_is_released_whole()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);

        await _shop.OperateAsync(operations => operations.CancelAsync(order, CancelReason.RequestedByCustomer, PaymentActor.Operator));

        var now = await _shop.FindAsync(order);
        Assert.Equal((4900, 0, 0, 4900), (now.Authorized.MinorUnits, now.Captured.MinorUnits, now.Refunded.MinorUnits, now.Released.MinorUnits));
        await _shop.MustHaveFiguresOfStripeAsync(order);
    }

    [Fact]
    public async Task A_capture_after_one_elsewhere_is_refused_with_the_payment_as_it_stands()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var intent = await _shop.IntentOfAsync(order);
        await _shop.StripeAsync($"/v1/payment_intents/{intent.Id}/capture", ("amount_to_capture", "4000"));

        var refused = Assert.IsType<OperationOutcome.Refused>(await _shop.CaptureAsync(order, 4500));

        Assert.Equal((PaymentState.Paid, 4000), (refused.Payment!.State, refused.Payment.Captured.MinorUnits));
        await _shop.MustHaveFiguresOfStripeAsync(order);
    }

    [Fact]
    public async Task A_cancel_after_a_capture_elsewhere_is_refused_with_the_payment_as_it_stands()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.StripeAsync($"/v1/payment_intents/{(await _shop.IntentOfAsync(order)).Id}/capture", ("amount_to_capture", "4000"));

        var refused = Assert.IsType<OperationOutcome.Refused>(
            await _shop.OperateAsync(operations => operations.CancelAsync(order, CancelReason.RequestedByCustomer, PaymentActor.Operator)));

        Assert.Equal((PaymentState.Paid, 4000), (refused.Payment!.State, refused.Payment.Captured.MinorUnits));
    }

    [Theory]
    [InlineData("refuse", "amount_too_large")]
    [InlineData("refuse", "charge_expired_for_capture")]
    public async Task A_capture_that_Stripe_refuses_for_good_says_why(string kind, string code)
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.FaultAsync(
            kind, "POST /v1/payment_intents/{id}/capture", count: 1,
            ("status", "400"), ("error[type]", "invalid_request_error"), ("error[code]", code));

        var failed = Assert.IsType<OperationOutcome.Failed>(await _shop.CaptureAsync(order, 4500));

        Assert.Equal(code, failed.Failure.Code);
        Assert.Equal(0, (await _shop.Shop.BooksOfAsync(order)).OpenSteps);
    }

    private static bool Seconds((DateTime, DateTime?) expected, (DateTime, DateTime?) actual) =>
        (expected.Item1 - actual.Item1).Duration() < TimeSpan.FromSeconds(1) && expected.Item2 == actual.Item2;

    private async Task<OrderId> CapturedAsync(long minorUnits)
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        Assert.IsType<OperationOutcome.Done>(await _shop.CaptureAsync(order, minorUnits));
        await _shop.MustHaveFiguresOfStripeAsync(order);
        return order;
    }

    private async Task TellAllAsync(OrderId order)
    {
        foreach (var sent in await _shop.EventsOfAsync(order))
            await _shop.DeliverAsync(sent.Body);
        await _shop.DrainAsync();
    }
}
