using PaymentApp.Desk.Queries;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Ledger;
using PaymentApp.Webhooks;

namespace PaymentApp.Tests.Desk;

/// <summary>What the insights count, from what the ledger went through.</summary>
public sealed class InsightsTests : IDisposable
{
    private static readonly PaymentFailure Required = PaymentFailure.FromCodes("authentication_required", "authentication_not_handled");
    private static readonly PaymentFailure Poor = PaymentFailure.FromCodes("card_declined", "insufficient_funds");
    private static readonly PaymentFailure NotRecognised = PaymentFailure.FromCodes("payment_intent_authentication_failure", null);
    private static readonly PaymentFailure TooLate = PaymentFailure.FromCodes("payment_intent_payment_attempt_expired", null);

    private readonly TestLedger _ledger = new();
    private readonly DeskLedger _desk;
    private int _intents;

    public InsightsTests() =>
        _desk = new DeskLedger(_ledger, new DeskWork(_ledger.Queue()), _ledger.Clock);

    private static DayRange FirstDays => new(new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 3));

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task Failures_are_counted_by_day_and_by_the_code_that_says_most()
    {
        await FailAsync(await _ledger.PlaceAsync(), Poor);
        var twice = await _ledger.PlaceAsync();
        await FailAsync(twice, Poor);
        await FailAsync(await _ledger.FindAsync(twice.Order.Id), Required);
        _ledger.Clock.Advance(TimeSpan.FromDays(1));
        await FailAsync(await _ledger.PlaceAsync(), Poor);
        _ledger.Clock.Advance(TimeSpan.FromDays(7));
        await FailAsync(await _ledger.PlaceAsync(), Poor);

        var counts = await _desk.CountAttemptsAsync(FirstDays);

        Assert.Equal(
            [
                new FailureCount(new DateOnly(2026, 9, 1), "authentication_required", 1),
                new FailureCount(new DateOnly(2026, 9, 1), "insufficient_funds", 2),
                new FailureCount(new DateOnly(2026, 9, 2), "insufficient_funds", 1),
            ],
            counts.Failures);
    }

    [Fact]
    public async Task Challenges_are_counted_by_their_end_and_completed_ones_by_their_time()
    {
        await EndAsync(await AskAsync(), TimeSpan.FromSeconds(10), PaymentState.Paid);
        await EndAsync(await AskAsync(), TimeSpan.FromSeconds(45), PaymentState.AwaitingConfirmation);
        await EndAsync(await AskAsync(), TimeSpan.FromMinutes(20), PaymentState.Authorized);
        await EndAsync(await AskAsync(), TimeSpan.FromSeconds(5), PaymentState.AwaitingPayment, NotRecognised);
        await EndAsync(await AskAsync(), TimeSpan.FromHours(1), PaymentState.AwaitingPayment, TooLate);
        await EndAsync(await AskAsync(), TimeSpan.FromHours(2), PaymentState.Canceled);
        await AskAsync();
        // Who takes another card has left the bank's page.
        var left = await AskAsync();
        Assert.NotNull(await _ledger.Payments.GiveUpAsync(await _ledger.FindAsync(left.Order), PaymentActor.Shopper));

        var counts = await _desk.CountAttemptsAsync(FirstDays);

        Assert.Equal(
            [
                (ChallengeResult.Open, 1), (ChallengeResult.Completed, 3), (ChallengeResult.Failed, 1), (ChallengeResult.Expired, 1), (ChallengeResult.Abandoned, 2),
            ],
            counts.Challenges.OrderBy(count => count.Result).Select(count => (count.Result, count.Attempts)));
        Assert.Equal([(15, 1), (30, 0), (60, 1), (120, 0), (300, 0), (null, 1)], counts.BankTimes.Select(time => (time.UpToSeconds, time.Attempts)));
    }

    [Fact]
    public async Task What_the_upgrade_is_worth_is_what_was_lost_beside_what_was_recovered()
    {
        // A shopper who tries twice is one payment lost.
        var lost = await _ledger.PlaceAsync();
        await FailAsync(lost, Required, AuthenticationMode.Decline);
        await FailAsync(await _ledger.FindAsync(lost.Order.Id), Required, AuthenticationMode.Decline);
        // One who takes another card is not lost.
        var other = await _ledger.PlaceAsync();
        await FailAsync(other, Required, AuthenticationMode.Decline);
        var step = await _ledger.BeginAttemptAsync(await _ledger.FindAsync(other.Order.Id), "pm_other", AuthenticationMode.Decline);
        await RecordAsync(step, PaymentState.Paid);
        // A decline for want of money is none of the upgrade's business.
        await FailAsync(await _ledger.PlaceAsync(), Poor, AuthenticationMode.Decline);
        for (var recovered = 0; recovered < 3; recovered++)
            await EndAsync(await AskAsync(), TimeSpan.FromSeconds(10), PaymentState.Paid);
        await EndAsync(await AskAsync(), TimeSpan.FromSeconds(10), PaymentState.AwaitingPayment, NotRecognised);

        var counts = await _desk.CountAttemptsAsync(FirstDays);

        Assert.Equal(
            [
                new UpgradeCount(UpgradeKind.Lost, 1, Money.OfMajor(49, Currency.Usd)),
                new UpgradeCount(UpgradeKind.PaidOtherwise, 1, Money.OfMajor(49, Currency.Usd)),
                new UpgradeCount(UpgradeKind.Recovered, 3, Money.OfMajor(147, Currency.Usd)),
            ],
            counts.Upgrades);
    }

    [Fact]
    public async Task Asked_attempts_are_counted_by_the_country_that_Stripe_says_of_each_attempts_own_card()
    {
        // One that was asked and passed, with a German card; the charge says so only then.
        var asked = await AskAsync("pm_de");
        await EndAsync(asked, TimeSpan.FromSeconds(10), PaymentState.Paid, origin: ("pm_de", "DE"));
        // One that the basic integration failed, and a second try with another card.
        var basic = await _ledger.PlaceAsync();
        var failed = await _ledger.BeginAttemptAsync(basic, "pm_de2", AuthenticationMode.Decline);
        await RecordAsync(failed, PaymentState.AwaitingPayment, Required, ("pm_de2", "DE"));
        var second = await _ledger.BeginAttemptAsync(await _ledger.FindAsync(basic.Order.Id), "pm_us", AuthenticationMode.Decline);
        await RecordAsync(second, PaymentState.Paid, origin: ("pm_us", "US"));
        // One that is asked anew while Stripe still tells of the card before it: its own is not known.
        var third = await _ledger.PlaceAsync();
        await RecordAsync(await _ledger.BeginAttemptAsync(third, "pm_us2"), PaymentState.AwaitingPayment, Poor, ("pm_us2", "US"));
        var open = await _ledger.BeginAttemptAsync(await _ledger.FindAsync(third.Order.Id), "pm_unknown");
        await RecordAsync(open, PaymentState.AwaitingAuthentication, origin: ("pm_us2", "US"));
        _ledger.Clock.Advance(TimeSpan.FromDays(7));
        await RecordAsync(await _ledger.BeginAttemptAsync(await _ledger.PlaceAsync(), "pm_fr"), PaymentState.Paid, origin: ("pm_fr", "FR"));

        var counts = await _desk.CountAttemptsAsync(FirstDays);

        Assert.Equal([new CountryCount("DE", 2, 2), new CountryCount("US", 2, 0)], counts.Countries);
    }

    private async Task FailAsync(Payment payment, PaymentFailure failure, AuthenticationMode authentication = AuthenticationMode.Handle)
    {
        var step = await _ledger.BeginAttemptAsync(payment, $"pm_{++_intents}", authentication);
        await RecordAsync(step, PaymentState.AwaitingPayment, failure);
    }

    private async Task<PaymentStep> AskAsync(string paymentMethod = "pm_good")
    {
        var step = await _ledger.BeginAttemptAsync(await _ledger.PlaceAsync(), paymentMethod);
        await RecordAsync(step, PaymentState.AwaitingAuthentication);
        return step;
    }

    private async Task EndAsync(PaymentStep asked, TimeSpan after, PaymentState state, PaymentFailure? failure = null, (string Card, string Country)? origin = null)
    {
        _ledger.Clock.Advance(after);
        await RecordAsync(asked, state, failure, origin);
    }

    private async Task RecordAsync(
        PaymentStep step, PaymentState state, PaymentFailure? failure = null, (string Card, string Country)? origin = null)
    {
        var payment = await _ledger.FindAsync(step.Order);
        var intent = payment.Intent ?? PaymentIntentId.Parse($"pi_{step.Order}");
        var news = new IntentSnapshot(intent, state, payment.Order.Amount, step.Order, null, failure, null)
        {
            Origin = origin is var (card, country) ? new CardOrigin(PaymentMethodId.Parse(card), country) : null,
        };
        await _ledger.Payments.RecordAsync(step.Order, news, PaymentActor.Webhook, step);
    }
}
