using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using PaymentApp.Payments;
using PaymentApp.Tests.Ledger;

namespace PaymentApp.Tests.Payments;

/// <summary>
/// Every row of the table: a step of each kind meets each answer of the gateway, on the real ledger, once as its only try
/// and once as a later one.
/// </summary>
public sealed class PaymentStepEndingsTests : IDisposable
{
    private static readonly PaymentIntentId Intent = PaymentIntentId.Parse("pi_1");
    private static readonly PaymentFailure Failure = new(FailureReason.ServiceBusy, "the_code");

    private readonly TestLedger _ledger = new();
    private readonly Mock<IPaymentGateway> _gateway = new(MockBehavior.Strict);
    private readonly List<string> _asked = [];

    public void Dispose() => _ledger.Dispose();

    public static TheoryData<PaymentStepKind, string> EveryRow()
    {
        var data = new TheoryData<PaymentStepKind, string>();
        foreach (var kind in Enum.GetValues<PaymentStepKind>())
            foreach (var reply in Enum.GetNames<GatewayReply>())
                data.Add(kind, reply);
        return data;
    }

    /// <summary>What the table says, written down a second time.</summary>
    private static StepEnding Expected(PaymentStepKind kind, GatewayReply reply) => (kind, reply) switch
    {
        (_, GatewayReply.Answered) => StepEnding.Recorded,
        (_, GatewayReply.Rejected) => StepEnding.Ended,
        (PaymentStepKind.Create, GatewayReply.Overtaken) => StepEnding.Ended,
        (_, GatewayReply.Overtaken) => StepEnding.EndedByReading,
        (PaymentStepKind.ConfirmAuthenticated, GatewayReply.NotExecuted) => StepEnding.AskedAgain,
        (_, GatewayReply.NotExecuted) => StepEnding.EndedIfOnlyTry,
        (_, GatewayReply.Unknown) => StepEnding.AskedAgain,
        (_, GatewayReply.UnknownForGood) => StepEnding.EndedByReading,
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply, null),
    };

    [Theory]
    [MemberData(nameof(EveryRow))]
    public void The_table_has_every_pair(PaymentStepKind kind, string answer)
    {
        var reply = Enum.Parse<GatewayReply>(answer);

        Assert.Equal(Expected(kind, reply), PaymentStepEndings.Of(kind, reply));
    }

    [Theory]
    [MemberData(nameof(EveryRow))]
    public async Task The_only_try_of_a_step_ends_as_the_table_says(PaymentStepKind kind, string answer)
    {
        var reply = Enum.Parse<GatewayReply>(answer);
        var (payment, step) = await WriteAsync(kind);
        Answers(kind, reply, payment);

        var end = await Runner().RunAsync(payment, step, current: Current(kind, payment), PaymentActor.Shopper);

        var row = Assert.Single(await _ledger.StepsAsync(payment.Order.Id), row => row.IdempotencyKey == step.IdempotencyKey);
        Assert.Equal(
            Expected(kind, reply) switch
            {
                StepEnding.Recorded => PaymentStepResult.Answered,
                StepEnding.Ended => PaymentStepResult.Rejected,
                StepEnding.EndedIfOnlyTry => PaymentStepResult.NotExecuted,
                StepEnding.AskedAgain => null,
                // Stripe shows the intent as it was: a confirm ends with that, and an operation was overtaken, or did nothing.
                StepEnding.EndedByReading => reply is GatewayReply.Overtaken && !step.IsPaying ? PaymentStepResult.Rejected : PaymentStepResult.Answered,
                _ => (PaymentStepResult?)null,
            },
            row.Result);
        Assert.Equal(Expected(kind, reply) is StepEnding.EndedByReading ? ["asked", "read"] : ["asked"], _asked);
        Assert.Equal(Expected(kind, reply) is StepEnding.AskedAgain, end is StepEnd.Unknown);
    }

    [Theory]
    [MemberData(nameof(EveryRow))]
    public async Task A_later_try_ends_as_the_table_says_once_the_others_are_over(PaymentStepKind kind, string answer)
    {
        var reply = Enum.Parse<GatewayReply>(answer);
        var (payment, _) = await WriteAsync(kind);
        _ledger.Clock.Advance(TimeSpan.FromMinutes(6));
        Answers(kind, reply, payment);

        var end = await Runner().SettleAsync(payment, PaymentActor.Sweeper);

        Assert.Equal(Expected(kind, reply) is StepEnding.AskedAgain, (await _ledger.FindAsync(payment.Order.Id)).OpenStep is not null);
        Assert.Equal(Expected(kind, reply) is StepEnding.AskedAgain, end is StepEnd.Unknown);
        Assert.Equal(Expected(kind, reply) is StepEnding.EndedByReading or StepEnding.EndedIfOnlyTry, _asked.Contains("read"));
    }

    [Theory]
    [InlineData(PaymentStepKind.Create)]
    [InlineData(PaymentStepKind.Confirm)]
    [InlineData(PaymentStepKind.Refund)]
    public async Task While_an_earlier_try_may_be_under_way_one_that_was_not_carried_out_proves_nothing(PaymentStepKind kind)
    {
        var (payment, _) = await WriteAsync(kind);
        _ledger.Clock.Advance(TimeSpan.FromMinutes(4));
        Answers(kind, GatewayReply.NotExecuted, payment);

        Assert.IsType<StepEnd.Unknown>(await Runner().SettleAsync(payment, PaymentActor.Sweeper));

        Assert.NotNull((await _ledger.FindAsync(payment.Order.Id)).OpenStep);
        Assert.DoesNotContain("read", _asked);
    }

    [Fact]
    public async Task A_refund_that_names_the_step_shows_that_an_earlier_try_was_carried_out()
    {
        var (payment, step) = await WriteAsync(PaymentStepKind.Refund);
        _ledger.Clock.Advance(TimeSpan.FromMinutes(6));
        Answers(PaymentStepKind.Refund, GatewayReply.NotExecuted, payment, Refund("re_other", stepKey: null), Refund("re_mine", step.IdempotencyKey));

        var end = Assert.IsType<StepEnd.Recorded>(await Runner().SettleAsync(payment, PaymentActor.Sweeper));

        Assert.Equal("re_mine", end.Refund!.Id);
        Assert.Null((await _ledger.FindAsync(payment.Order.Id)).OpenStep);
    }

    [Theory]
    [InlineData(nameof(GatewayReply.NotExecuted))]
    [InlineData(nameof(GatewayReply.UnknownForGood))]
    [InlineData(nameof(GatewayReply.Overtaken))]
    public async Task A_refund_of_the_same_amount_that_was_made_elsewhere_is_not_the_steps(string answer)
    {
        var reply = Enum.Parse<GatewayReply>(answer);
        var (payment, _) = await WriteAsync(PaymentStepKind.Refund);
        _ledger.Clock.Advance(TimeSpan.FromMinutes(6));
        Answers(PaymentStepKind.Refund, reply, payment, Refund("re_other", stepKey: null));

        var end = await Runner().SettleAsync(payment, PaymentActor.Sweeper);

        Assert.False(end is StepEnd.Recorded { Refund: not null });
        Assert.Equal(1000, (await _ledger.FindAsync(payment.Order.Id)).Refunded.MinorUnits);
    }

    [Fact]
    public async Task A_step_whose_key_has_expired_is_read_and_not_asked_again()
    {
        var (payment, _) = await WriteAsync(PaymentStepKind.Refund);
        _ledger.Clock.Advance(TimeSpan.FromHours(24));
        Answers(PaymentStepKind.Refund, GatewayReply.Answered, payment);

        await Runner().SettleAsync(payment, PaymentActor.Sweeper);

        Assert.Equal(["read"], _asked);
        Assert.Null((await _ledger.FindAsync(payment.Order.Id)).OpenStep);
    }

    [Fact]
    public async Task A_create_is_looked_for_from_its_first_try_to_its_last()
    {
        var (payment, step) = await WriteAsync(PaymentStepKind.Create);
        _ledger.Clock.Advance(TimeSpan.FromHours(2));
        var (since, until) = (DateTime.MinValue, DateTime.MinValue);
        _gateway.Setup(stripe => stripe.CreateAsync(It.IsAny<NewIntent>(), step.IdempotencyKey, default))
            .ReturnsAsync(new GatewayAnswer<IntentSnapshot>.Unknown(HasEnded: true));
        _gateway.Setup(stripe => stripe.SearchAsync(payment.Order.Id, It.IsAny<DateTime>(), It.IsAny<DateTime>(), default))
            .Callback((OrderId _, DateTime from, DateTime to, CancellationToken _) => (since, until) = (from, to))
            .ReturnsAsync(new GatewayAnswer<IntentSnapshot>.Rejected(Failure));

        Assert.IsType<StepEnd.Failed>(await Runner().SettleAsync(payment, PaymentActor.Sweeper));

        Assert.Equal((step.WrittenAt, step.WrittenAt.AddHours(2)), (since, until));
    }

    private PaymentStepRunner Runner() => new(_ledger.Payments, _gateway.Object, _ledger.Clock, NullLogger<PaymentStepRunner>.Instance);

    /// <summary>An order whose next step is of the kind, in the state that such a step is written in.</summary>
    private async Task<(Payment Payment, PaymentStep Step)> WriteAsync(PaymentStepKind kind)
    {
        var order = await _ledger.PlaceAsync();
        var id = order.Order.Id;
        var create = await _ledger.BeginAttemptAsync(order, "pm_1");
        if (kind is PaymentStepKind.Create)
            return (await _ledger.FindAsync(id), create);

        await _ledger.Payments.RecordAsync(id, Snapshot(order, Before(kind)), PaymentActor.Shopper, create);
        var seen = await _ledger.FindAsync(id);
        var step = kind switch
        {
            PaymentStepKind.Confirm => await _ledger.BeginAttemptAsync(seen, "pm_2"),
            PaymentStepKind.ConfirmAuthenticated => await _ledger.Payments.BeginConfirmationAsync(seen, PaymentActor.Shopper),
            _ => await _ledger.Payments.BeginStepAsync(
                seen, new NewStep(kind, kind is PaymentStepKind.Cancel ? null : new Money(1000, Currency.Usd)), PaymentActor.Operator),
        };
        return (await _ledger.FindAsync(id), step!);
    }

    private static PaymentState Before(PaymentStepKind kind) => kind switch
    {
        PaymentStepKind.ConfirmAuthenticated => PaymentState.AwaitingConfirmation,
        PaymentStepKind.Capture => PaymentState.Authorized,
        PaymentStepKind.Refund => PaymentState.Paid,
        _ => PaymentState.AwaitingPayment,
    };

    private static IntentSnapshot Snapshot(Payment payment, PaymentState state) =>
        new(Intent, state, payment.Order.Amount, payment.Order.Id, null, null, null);

    private static IntentSnapshot? Current(PaymentStepKind kind, Payment payment) =>
        kind is PaymentStepKind.Create ? null : Snapshot(payment, Before(kind));

    private static RefundSnapshot Refund(string id, string? stepKey) =>
        new(id, Intent, new Money(1000, Currency.Usd), RefundStatus.Succeeded, null, DateTime.UtcNow, stepKey);

    /// <summary>Stripe has the intent as it was before the step; only the step's own request is answered with the reply.</summary>
    private void Answers(PaymentStepKind kind, GatewayReply reply, Payment payment, params RefundSnapshot[] refunds)
    {
        var before = Snapshot(payment, Before(kind));
        _gateway.Setup(stripe => stripe.CreateAsync(It.IsAny<NewIntent>(), It.IsAny<string>(), default))
            .ReturnsAsync(() => Asked(Reply(reply, Snapshot(payment, PaymentState.Paid))));
        _gateway.Setup(stripe => stripe.ConfirmAsync(Intent, It.IsAny<Confirmation>(), It.IsAny<string>(), default))
            .ReturnsAsync(() => Asked(Reply(reply, before with { State = PaymentState.Paid })));
        _gateway.Setup(stripe => stripe.CaptureAsync(Intent, It.IsAny<Money?>(), It.IsAny<string>(), default))
            .ReturnsAsync(() => Asked(Reply(reply, before with { State = PaymentState.Paid })));
        _gateway.Setup(stripe => stripe.CancelAsync(Intent, It.IsAny<string?>(), It.IsAny<string>(), default))
            .ReturnsAsync(() => Asked(Reply(reply, before with { State = PaymentState.Canceled })));
        _gateway.Setup(stripe => stripe.RefundAsync(Intent, It.IsAny<Money>(), It.IsAny<string?>(), It.IsAny<string>(), default))
            .ReturnsAsync(() => Asked(Reply(reply, Refund("re_answered", stepKey: null))));

        _gateway.Setup(stripe => stripe.RetrieveAsync(Intent, default)).ReturnsAsync(() => Read(new GatewayAnswer<IntentSnapshot>.Answered(before)));
        _gateway.Setup(stripe => stripe.SearchAsync(payment.Order.Id, It.IsAny<DateTime>(), It.IsAny<DateTime>(), default))
            .ReturnsAsync(() => Read(new GatewayAnswer<IntentSnapshot>.Answered(before)));
        _gateway.Setup(stripe => stripe.ReadPaymentAsync(Intent, It.IsAny<IntentSnapshot?>(), default))
            .ReturnsAsync(() => Read(new GatewayAnswer<PaymentSnapshot>.Answered(new PaymentSnapshot(before, refunds))));
    }

    private T Asked<T>(T answer)
    {
        _asked.Add("asked");
        return answer;
    }

    // The intent is read before the request, too: that is not what ends a step.
    private T Read<T>(T answer)
    {
        if (_asked.Count > 0 || answer is GatewayAnswer<PaymentSnapshot>)
            _asked.Add("read");
        return answer;
    }

    private static GatewayAnswer<T> Reply<T>(GatewayReply reply, T value) => reply switch
    {
        GatewayReply.Answered => new GatewayAnswer<T>.Answered(value),
        GatewayReply.Rejected => new GatewayAnswer<T>.Rejected(Failure),
        GatewayReply.Overtaken => new GatewayAnswer<T>.Overtaken(Failure),
        GatewayReply.NotExecuted => new GatewayAnswer<T>.NotExecuted(Failure),
        GatewayReply.Unknown => new GatewayAnswer<T>.Unknown(),
        GatewayReply.UnknownForGood => new GatewayAnswer<T>.Unknown(HasEnded: true),
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply, null),
    };
}
