using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Ledger;

namespace PaymentApp.Tests.Operations;

/// <summary>A part that Stripe could not take is refused before it is asked: https://docs.stripe.com/currencies#three-decimal.</summary>
public sealed class PartsOfCurrencyTests : IDisposable
{
    private readonly TestLedger _ledger = new();
    private readonly Dictionary<PaymentIntentId, IntentSnapshot> _intents = [];

    // Strict: a request that no test planned fails it.
    private readonly Mock<IPaymentGateway> _gateway = new(MockBehavior.Strict);

    public void Dispose() => _ledger.Dispose();

    [Theory]
    [InlineData("kwd", 1_230, false)]
    [InlineData("kwd", 1_234, true)]
    [InlineData("isk", 12_300, false)]
    [InlineData("isk", 12_350, true)]
    [InlineData("jpy", 1_234, false)]
    [InlineData("usd", 1_234, false)]
    public async Task Fractions_that_the_currency_does_not_know_are_neither_captured_nor_given_back(string currency, long part, bool isRefused)
    {
        var held = await OrderAsync(currency, PaymentState.Authorized);
        var paid = await OrderAsync(currency, PaymentState.Paid);
        if (!isRefused)
            Expect(part);

        var captured = await Operations().CaptureAsync(held, new Money(part, Currency.Of(currency)), PaymentActor.Operator);
        var refunded = await Operations().RefundAsync(
            paid, new Money(part, Currency.Of(currency)), RefundReason.RequestedByCustomer, PaymentActor.Operator);

        Assert.Equal((isRefused, isRefused), (captured is OperationOutcome.Refused, refunded is OperationOutcome.Refused));
        Assert.Equal((isRefused, isRefused), (captured is not OperationOutcome.Unknown, refunded is not OperationOutcome.Unknown));
    }

    private void Expect(long part)
    {
        _gateway.Setup(stripe => stripe.RetrieveAsync(It.IsAny<PaymentIntentId>(), default))
            .ReturnsAsync((PaymentIntentId id, CancellationToken _) => new GatewayAnswer<IntentSnapshot>.Answered(_intents[id]));
        _gateway.Setup(stripe => stripe.CaptureAsync(It.IsAny<PaymentIntentId>(), It.Is<Money?>(amount => amount!.Value.MinorUnits == part), It.IsAny<string>(), default))
            .ReturnsAsync(new GatewayAnswer<IntentSnapshot>.Unknown());
        _gateway.Setup(stripe => stripe.RefundAsync(
                It.IsAny<PaymentIntentId>(), It.Is<Money>(amount => amount.MinorUnits == part), It.IsAny<string?>(), It.IsAny<string>(), default))
            .ReturnsAsync(new GatewayAnswer<RefundSnapshot>.Unknown());
    }

    private PaymentOperations Operations() => new(
        _ledger.Payments,
        _gateway.Object,
        new PaymentStepRunner(_ledger.Payments, _gateway.Object, _ledger.Clock, NullLogger<PaymentStepRunner>.Instance),
        NullLogger<PaymentOperations>.Instance);

    private async Task<OrderId> OrderAsync(string currency, PaymentState state)
    {
        var order = await _ledger.Orders.PlaceAsync(new Product("kettle", "Kettle", "Boils.", new Money(50_000, Currency.Of(currency)), "images/kettle.svg"));
        var intent = new IntentSnapshot(PaymentIntentId.Parse($"pi_{state}"), state, order.Amount, order.Id, null, null, null);
        _intents.Add(intent.Id, intent);
        await _ledger.Payments.RecordAsync(order.Id, intent, PaymentActor.Webhook);
        return order.Id;
    }
}
