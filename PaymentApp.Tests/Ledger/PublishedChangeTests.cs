using PaymentApp.Payments;

namespace PaymentApp.Tests.Ledger;

/// <summary>Which changes of a payment are told to the open pages, and what they are told.</summary>
public sealed class PublishedChangeTests : IDisposable
{
    private readonly TestLedger _ledger = new();
    private readonly List<PaymentChange> _told = [];

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task A_step_that_is_tried_again_shows_nothing_new_and_is_not_told()
    {
        var (order, step) = await BeginAsync();

        for (var tries = 0; tries < 5; tries++)
            await _ledger.Payments.RepeatStepAsync(step);

        Assert.Empty(_told);
        Assert.Equal(6, (await _ledger.FindAsync(order)).Version);
    }

    [Fact]
    public async Task A_payment_that_is_paid_is_told_once_with_what_its_page_shows()
    {
        var (order, step) = await BeginAsync();
        var payment = await _ledger.FindAsync(order);
        var paid = new IntentSnapshot(
            PaymentIntentId.Parse("pi_1"), PaymentState.Paid, payment.Order.Amount, order, null, null, new CardSummary("visa", "4242"), payment.Order.Amount);

        await _ledger.Payments.RecordAsync(order, paid, PaymentActor.Shopper, step);
        await _ledger.Payments.RecordAsync(order, paid, PaymentActor.Webhook);

        var change = Assert.Single(_told);
        Assert.Equal(PaymentChange.To(await _ledger.FindAsync(order)), change);
        Assert.Equal((PaymentState.Paid, false, new CardSummary("visa", "4242")), (change.View.State, change.View.IsChecking, change.View.Card));
    }

    [Fact]
    public async Task Each_thing_that_a_page_shows_is_told()
    {
        var order = (await _ledger.PlaceAsync()).Order.Id;
        using var page = _ledger.Changes.Subscribe(order, version: null, _told.Add);

        var step = await _ledger.BeginAttemptAsync(await _ledger.FindAsync(order));
        await _ledger.Payments.RecordAsync(
            order,
            new IntentSnapshot(PaymentIntentId.Parse("pi_1"), PaymentState.AwaitingAuthentication, (await _ledger.FindAsync(order)).Order.Amount, order, "secret", null, null),
            PaymentActor.Shopper,
            step);
        await _ledger.Payments.GiveUpAsync(await _ledger.FindAsync(order), PaymentActor.Shopper);

        Assert.Equal(
            [(PaymentState.AwaitingPayment, true, false), (PaymentState.AwaitingAuthentication, false, false), (PaymentState.AwaitingAuthentication, false, true)],
            _told.Select(change => (change.View.State, change.View.IsChecking, change.View.IsGivenUp)));
        Assert.Equal(_told.Select(change => change.Version).Order(), _told.Select(change => change.Version));
    }

    private async Task<(OrderId Order, PaymentStep Step)> BeginAsync()
    {
        var step = await _ledger.BeginAttemptAsync(await _ledger.PlaceAsync());
        _ledger.Changes.Subscribe(step.Order, version: null, _told.Add);
        return (step.Order, step);
    }
}
