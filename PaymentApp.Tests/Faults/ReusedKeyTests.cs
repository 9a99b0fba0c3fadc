using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Faults;

/// <summary>
/// Stripe answers 400 <c>idempotency_error</c> for ever where a key comes again with other parameters, as after a change of
/// settings between two tries: https://docs.stripe.com/api/idempotent_requests. Asking again cannot end such a step.
/// </summary>
public sealed class ReusedKeyTests(ManualShopFixture fixture) : IClassFixture<ManualShopFixture>
{
    private const string Create = "POST /v1/payment_intents";
    private const string Refund = "POST /v1/refunds";

    private readonly ManualShop _shop = fixture.Shop;

    [Fact]
    public async Task A_create_whose_key_was_used_otherwise_ends_by_reading_and_the_next_card_pays()
    {
        var order = await _shop.OrderAsync();
        await ReuseAsync(Create);

        Assert.IsType<PaymentOutcome.Declined>(await _shop.PayAsync(order, ManualShop.GoodCard));

        Assert.Null((await _shop.FindAsync(order)).OpenStep);
        Assert.IsType<PaymentOutcome.Succeeded>(await _shop.PayAsync(order, ManualShop.GoodCard));
        Assert.Single((await _shop.Shop.BooksOfAsync(order)).Intents);
    }

    [Fact]
    public async Task A_refund_whose_key_was_used_otherwise_ends_by_reading_and_can_be_asked_for_again()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await ReuseAsync(Refund);

        Assert.IsType<OperationOutcome.Failed>(await RefundAsync(order));

        Assert.Null((await _shop.FindAsync(order)).OpenStep);
        Assert.IsType<OperationOutcome.Done>(await RefundAsync(order));
        Assert.Equal(4900, (await _shop.FindAsync(order)).Refunded.MinorUnits);
    }

    private Task<OperationOutcome> RefundAsync(OrderId order) => _shop.OperateAsync(
        operations => operations.RefundAsync(order, amount: null, RefundReason.RequestedByCustomer, PaymentActor.Operator));

    private Task ReuseAsync(string route) =>
        _shop.FaultAsync("refuse", route, count: 1, ("status", "400"), ("error[type]", "idempotency_error"));
}
