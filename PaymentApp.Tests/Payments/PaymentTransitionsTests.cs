using FsCheck;
using FsCheck.Fluent;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using Xunit.Abstractions;
using static PaymentApp.Payments.PaymentEvent;

namespace PaymentApp.Tests.Payments;

public sealed class PaymentTransitionsTests(ITestOutputHelper output)
{
    /// <summary>"-&gt;" moves the order to what the event says, "=" is known already, "late" is old news, "!" cannot be.</summary>
    private const string Table = """
                                 AttemptFailed  ActionRequired  ConfirmationRequired  Processing  Authorized  Succeeded  Canceled
        AwaitingPayment          =              ->              ->                    ->          ->          ->         ->
        AwaitingAuthentication   ->             =               ->                    ->          ->          ->         ->
        AwaitingConfirmation     ->             ->              =                     ->          ->          ->         ->
        Processing               ->             late            late                  =           ->          ->         ->
        Authorized               late           late            late                  late        =           ->         ->
        Paid                     late           late            late                  late        late        =          !
        Canceled                 late           late            late                  late        late        !          =
        """;

    // What Stripe can say next of an intent, from https://docs.stripe.com/payments/paymentintents/lifecycle.
    private static readonly Dictionary<PaymentEvent, PaymentEvent[]> Lifecycle = new()
    {
        [AttemptFailed] = [AttemptFailed, ActionRequired, Processing, Authorized, Succeeded, Canceled],
        [ActionRequired] = [ActionRequired, ConfirmationRequired, AttemptFailed, Processing, Authorized, Succeeded, Canceled],
        [ConfirmationRequired] = [ActionRequired, AttemptFailed, Processing, Authorized, Succeeded, Canceled],
        [Processing] = [AttemptFailed, Authorized, Succeeded, Canceled],
        [Authorized] = [Succeeded, Canceled],
        [Succeeded] = [],
        [Canceled] = [],
    };

    private static readonly Gen<PaymentEvent> AnyEvent = Gen.Elements(Enum.GetValues<PaymentEvent>());

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_event_is_judged_in_every_state(PaymentState state, PaymentEvent happened, TransitionVerdict verdict, PaymentState then) =>
        Assert.Equal(new Transition(verdict, then), PaymentTransitions.Apply(state, happened));

    [Fact]
    public void The_table_leaves_no_state_and_no_event_out() => Assert.Equal(
        from state in Enum.GetValues<PaymentState>() from happened in Enum.GetValues<PaymentEvent>() select (state, happened),
        Cells().Select(cell => ((PaymentState)cell[0], (PaymentEvent)cell[1])).Order());

    [Fact]
    public void An_event_that_nobody_knows_is_a_bug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PaymentTransitions.Apply(PaymentState.AwaitingPayment, (PaymentEvent)99));

    [Theory]
    [InlineData(PaymentState.Paid)]
    [InlineData(PaymentState.Canceled)]
    public void A_final_state_stays_whatever_follows(PaymentState final) => Randomly.Check(
        output, Randomly.ListsOf(AnyEvent, longest: 20), events => Assert.Equal(final, After(final, events)));

    [Fact]
    public void Told_in_order_the_last_word_of_Stripe_is_where_the_order_stands() => Randomly.Check(output, Histories(), history =>
    {
        var state = PaymentState.AwaitingPayment;
        foreach (var happened in history)
        {
            (var verdict, state) = PaymentTransitions.Apply(state, happened);
            Assert.True(verdict is TransitionVerdict.Applied or TransitionVerdict.Duplicate, $"{happened} was taken as {verdict}");
            Assert.Equal(PaymentTransitions.Target(happened), state);
        }
    });

    [Fact]
    public void Told_twice_and_in_any_order_a_payment_that_succeeded_ends_paid_and_a_canceled_one_canceled() => Randomly.Check(
        output,
        (from history in Histories().Generator
         where history is [.., Succeeded or Canceled]
         from told in Gen.Shuffle(history.Concat(history))
         select (history, told)).ToArbitrary(),
        given => Assert.Equal(
            given.history[^1] is Succeeded ? PaymentState.Paid : PaymentState.Canceled,
            After(PaymentState.AwaitingPayment, given.told)));

    [Fact]
    public void What_was_told_once_changes_nothing_when_it_is_told_again_at_once() => Randomly.Check(
        output, Randomly.ListsOf(AnyEvent, longest: 12), events => Assert.Equal(
            After(PaymentState.AwaitingPayment, events),
            After(PaymentState.AwaitingPayment, events.SelectMany(happened => new[] { happened, happened }))));

    public static TheoryData<PaymentState, PaymentEvent, TransitionVerdict, PaymentState> Cells()
    {
        var rows = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var events = rows[0].Select(Enum.Parse<PaymentEvent>).ToList();
        var cells = new TheoryData<PaymentState, PaymentEvent, TransitionVerdict, PaymentState>();
        foreach (var row in rows.Skip(1))
        {
            var state = Enum.Parse<PaymentState>(row[0]);
            foreach (var (happened, cell) in events.Zip(row.Skip(1)))
                cells.Add(state, happened, Verdict(cell), cell is "->" ? Named(happened) : state);
        }

        return cells;
    }

    private static TransitionVerdict Verdict(string cell) => cell switch
    {
        "->" => TransitionVerdict.Applied,
        "=" => TransitionVerdict.Duplicate,
        "late" => TransitionVerdict.OutOfOrder,
        "!" => TransitionVerdict.Illegal,
        _ => throw new ArgumentOutOfRangeException(nameof(cell), cell, null),
    };

    private static PaymentState Named(PaymentEvent happened) => happened switch
    {
        AttemptFailed => PaymentState.AwaitingPayment,
        ActionRequired => PaymentState.AwaitingAuthentication,
        ConfirmationRequired => PaymentState.AwaitingConfirmation,
        Succeeded => PaymentState.Paid,
        _ => Enum.Parse<PaymentState>(happened.ToString()),
    };

    private static PaymentState After(PaymentState state, IEnumerable<PaymentEvent> events) =>
        events.Aggregate(state, (current, happened) => PaymentTransitions.Apply(current, happened).State);

    /// <summary>Walks through the lifecycle: what Stripe may tell of one intent, from the first answer on.</summary>
    private static Arbitrary<PaymentEvent[]> Histories()
    {
        return Arb.From(
            from steps in Gen.Choose(1, 12)
            from choices in Gen.Choose(0, 1_000_000).ArrayOf(steps)
            select Walk(choices));

        static PaymentEvent[] Walk(int[] choices)
        {
            var told = new List<PaymentEvent>();
            foreach (var choice in choices)
            {
                var next = told.Count == 0 ? Enum.GetValues<PaymentEvent>() : Lifecycle[told[^1]];
                if (next.Length == 0)
                    break;
                told.Add(next[choice % next.Length]);
            }

            return [.. told];
        }
    }
}
