using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Ledger;

namespace PaymentApp.Tests.Desk;

public sealed class PaymentHistoryTests : IDisposable
{
    private readonly TestLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task What_was_only_released_is_no_refund()
    {
        var payment = await _ledger.PlaceAsync();
        var (order, amount, intent) = (payment.Order.Id, payment.Order.Amount, PaymentIntentId.Parse("pi_1"));
        var captured = amount with { MinorUnits = 4000 };
        var rest = amount with { MinorUnits = 900 };
        await _ledger.BeginAttemptAsync(payment);
        await _ledger.Payments.RecordPaymentAsync(
            order,
            new PaymentSnapshot(
                new IntentSnapshot(
                    intent, PaymentState.Paid, amount, order, null, null, null, captured, new ChargeSnapshot("ch_1", amount, captured, rest)),
                [
                    new RefundSnapshot("re_released", intent, rest, RefundStatus.Succeeded, null, _ledger.Now, IsRelease: true),
                    new RefundSnapshot("re_given", intent, rest, RefundStatus.Succeeded, null, _ledger.Now),
                ]),
            PaymentActor.Webhook);

        var history = await new DeskLedger(_ledger, new DeskWork(_ledger.Queue()), _ledger.Clock).HistoryAsync(order);

        Assert.Equal(["re_given"], history!.Refunds.Select(refund => refund.Id));
    }
}
