using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>A shop with an order in each state that a shopper can meet.</summary>
public sealed class OrderStates : IAsyncLifetime
{
    internal ManualShop Shop { get; private set; } = null!;

    /// <summary>The orders, by what became of them.</summary>
    internal Dictionary<string, OrderId> Orders { get; } = [];

    public async Task InitializeAsync()
    {
        Shop = await ManualShop.OpenAsync();
        Orders["unpaid"] = await Shop.OrderAsync();
        Orders["declined"] = await Shop.OrderTriedWithAsync(ManualShop.PoorCard);
        Orders["at the bank"] = await Shop.OrderTriedWithAsync(ManualShop.BankCard);
        Orders["last step left"] = await Shop.OrderTriedWithAsync(ManualShop.BankCard);
        await Shop.EndChallengeAsync((await Shop.IntentOfAsync(Orders["last step left"])).Id, passes: true);
        await Shop.AskOperationsAsync(operations => operations.ReadAsync(Orders["last step left"], PaymentActor.Sweeper));
        Orders["processing"] = await HeardOfAsync(PaymentState.Processing);
        Orders["held"] = await HeardOfAsync(PaymentState.Authorized);
        Orders["paid"] = await Shop.OrderTriedWithAsync(ManualShop.GoodCard);
        Orders["refunded partly"] = await RefundedAsync(ManualShop.GoodCard, Money.OfMajor(9, Currency.Usd));
        Orders["refunded wholly"] = await RefundedAsync(ManualShop.GoodCard, amount: null);
        Orders["refund on its way"] = await RefundedAsync(ManualShop.SlowRefundCard, amount: null);
        Orders["disputed"] = await Shop.OrderTriedWithAsync(ManualShop.DisputedCard);
        await Shop.CatchUpAsync();
        Orders["canceled"] = await Shop.OrderAsync();
        await Shop.OperateAsync(operations => operations.CancelAsync(Orders["canceled"], CancelReason.RequestedByCustomer, PaymentActor.Operator));

        Orders["being checked"] = await Shop.OrderAsync();
        await Shop.FaultAsync("reset_after", "POST /v1/payment_intents", count: 5);
        Assert.IsType<PaymentOutcome.Unknown>(await Shop.WhileTimePassesAsync(Shop.PayAsync(Orders["being checked"], ManualShop.GoodCard)));
        await Shop.NoMoreFaultsAsync();
    }

    public async Task DisposeAsync() => await Shop.DisposeAsync();

    private async Task<OrderId> HeardOfAsync(PaymentState state)
    {
        var order = await Shop.OrderAsync();
        var payment = await Shop.FindAsync(order);
        await Shop.LedgerRecordsAsync(order, new IntentSnapshot(
            PaymentIntentId.Parse($"pi_{state}"), state, payment.Order.Amount, order, null, null, new CardSummary("visa", "4242")));
        return order;
    }

    private async Task<OrderId> RefundedAsync(string card, Money? amount)
    {
        var order = await Shop.OrderTriedWithAsync(card);
        await Shop.OperateAsync(operations => operations.RefundAsync(order, amount, RefundReason.RequestedByCustomer, PaymentActor.Operator));
        return order;
    }
}
