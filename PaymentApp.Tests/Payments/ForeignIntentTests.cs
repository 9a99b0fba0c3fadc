using Microsoft.Extensions.Logging;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

/// <summary>Invariant 3: an intent that is not this order's in amount, currency or reference is never confirmed.</summary>
public sealed class ForeignIntentTests : IDisposable
{
    private readonly PaymentTestBench _till = new();

    public void Dispose() => _till.Dispose();

    public static TheoryData<string> Differences() => ["amount", "currency", "order", "no order"];

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task After_the_challenge_it_is_not_confirmed(string difference)
    {
        var order = await _till.OrderAtBankAsync();
        _till.Stripe.EndChallenge(order, authenticated: true);
        var restore = Differ(order, difference);

        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.IntentMismatch), await _till.ConfirmAsync(order));

        Assert.Single(_till.Stripe.MoneyCalls);
        Assert.Contains(_till.Logs.Entries, entry => entry.Level is LogLevel.Critical);
        restore();
        await _till.MustNotBeChargedAsync(order);
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task With_another_card_it_is_not_confirmed(string difference)
    {
        var order = await _till.OrderAsync();
        await _till.PayAsync(order, "poor");
        var restore = Differ(order, difference);

        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.IntentMismatch), await _till.PayAsync(order));
        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.IntentMismatch), await _till.PayAsync(order));

        Assert.Single(_till.Stripe.MoneyCalls);
        restore();
        await _till.MustNotBeChargedAsync(order);
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task What_it_says_is_not_taken_for_the_orders_own_state(string difference)
    {
        var order = await _till.OrderAtBankAsync();
        var restore = Differ(order, difference);
        _till.Stripe.Intents.Single().End(PaymentState.Paid);

        Assert.Equal(PaymentState.AwaitingAuthentication, (await _till.RefreshAsync(order))!.State);
        Assert.IsType<PaymentOutcome.Refused>(await _till.ConfirmAsync(order));
        Assert.Equal(0, await _till.Ledger.FulfilmentsAsync(order));
        restore();
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task A_create_that_opened_it_ends_and_neither_pays_the_order_nor_opens_a_second_intent(string difference)
    {
        var order = await _till.OrderAsync();
        _till.Stripe.Answering = (call, answer) =>
        {
            if (call.Verb is not "create")
                return answer;
            Differ(_till.Stripe.Intents.Single(), difference);
            return _till.Stripe.Intents.Single().Answer();
        };

        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.IntentMismatch), await _till.PayAsync(order));

        var stopped = await _till.FindAsync(order);
        Assert.Null(stopped.OpenStep);
        Assert.Equal("intent_mismatch", stopped.LastFailure?.Code);
        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.IntentMismatch), await _till.PayAsync(order));
        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.IntentMismatch), await _till.ConfirmAsync(order));
        Assert.Null((await _till.FindAsync(order)).OpenStep);
        Assert.Single(_till.Stripe.MoneyCalls);
        Assert.Single(_till.Stripe.Intents);
        Assert.Equal(0, await _till.Ledger.FulfilmentsAsync(order));
    }

    [Fact]
    public async Task A_create_that_is_answered_by_another_orders_intent_ends_and_leaves_that_one_to_its_order()
    {
        var other = await _till.OrderAtBankAsync();
        var order = await _till.OrderAsync();
        var foreign = _till.Stripe.IntentOf(other);
        _till.Stripe.Answering = (call, answer) => call.Verb is "create" ? foreign.Answer() : answer;

        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.IntentMismatch), await _till.PayAsync(order));

        Assert.Equal((null, null), ((await _till.FindAsync(order)).OpenStep, (await _till.FindAsync(order)).Intent));
        Assert.Equal(foreign.Id, (await _till.FindAsync(other)).Intent);
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task A_step_that_was_asked_again_ends_by_it_too(string difference)
    {
        var order = await _till.OrderAsync();
        await _till.PayAsync(order, "poor");
        _till.Stripe.Suffer(Trouble.None, Trouble.RequestLost);
        Assert.IsType<PaymentOutcome.Unknown>(await _till.PayAsync(order));
        Differ(order, difference);

        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.IntentMismatch), await _till.PayAsync(order));

        Assert.Null((await _till.FindAsync(order)).OpenStep);
    }

    [Fact]
    public async Task A_create_whose_key_has_expired_ends_by_an_intent_that_differs()
    {
        var order = await _till.OrderAsync();
        _till.Stripe.Suffer(Trouble.AnswerLost);
        Assert.IsType<PaymentOutcome.Unknown>(await _till.PayAsync(order));
        Differ(order, "amount");
        _till.Ledger.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.IntentMismatch), await _till.PayAsync(order));

        Assert.Null((await _till.FindAsync(order)).OpenStep);
        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.IntentMismatch), await _till.PayAsync(order));
        Assert.Single(_till.Stripe.Intents);
    }

    [Fact]
    public async Task An_answer_that_was_nonsense_once_is_read_again_and_the_order_is_paid_once()
    {
        var order = await _till.OrderAsync();
        var isFirst = true;
        _till.Stripe.Answering = (_, answer) =>
        {
            var garbled = isFirst && answer is GatewayAnswer<IntentSnapshot>.Answered { Value: var intent }
                ? new GatewayAnswer<IntentSnapshot>.Answered(intent with { Amount = new Money(0, Currency.Usd), Order = null })
                : answer;
            isFirst = false;
            return garbled;
        };

        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order));

        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order));
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task An_answer_to_a_confirm_that_was_nonsense_once_does_not_lose_the_payment()
    {
        var order = await _till.OrderAsync();
        await _till.PayAsync(order, "poor");
        _till.Stripe.Answering = (call, answer) => call.Verb is "confirm" && answer is GatewayAnswer<IntentSnapshot>.Answered { Value: var intent }
            ? new GatewayAnswer<IntentSnapshot>.Answered(intent with { Amount = new Money(0, Currency.Usd) })
            : answer;

        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order));

        Assert.Null((await _till.FindAsync(order)).LastFailure);
        await _till.MustBeChargedOnceAsync(order);
    }

    /// <summary>Changes the intent at Stripe, behind the shop's back; the result undoes it.</summary>
    private Action Differ(OrderId order, string difference) => Differ(_till.Stripe.IntentOf(order), difference);

    private static Action Differ(FakeIntent intent, string difference)
    {
        var (was, whose) = (intent.Amount, intent.Order);
        switch (difference)
        {
            case "amount":
                intent.Amount = was with { MinorUnits = was.MinorUnits - 1 };
                break;
            case "currency":
                intent.Amount = was with { Currency = Currency.Jpy };
                break;
            case "order":
                intent.Order = OrderId.New();
                break;
            default:
                intent.Order = null;
                break;
        }

        return () => (intent.Amount, intent.Order) = (was, whose);
    }
}
