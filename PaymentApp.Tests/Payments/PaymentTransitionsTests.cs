using FsCheck;
using FsCheck.Fluent;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using Xunit.Abstractions;
using static PaymentApp.Payments.PaymentState;

namespace PaymentApp.Tests.Payments;

public sealed class PaymentTransitionsTests(ITestOutputHelper output)
{
    /// <summary>"-&gt;" moves the payment to what is reported, "=" is known already, "late" is old news, "!" cannot be.</summary>
    private const string Table = """
                                 AwaitingPayment  AwaitingAuthentication  AwaitingConfirmation  Processing  Authorized  Paid  Canceled
        AwaitingPayment          =                ->                      ->                    ->          ->          ->    ->
        AwaitingAuthentication   ->               =                       ->                    ->          ->          ->    ->
        AwaitingConfirmation     ->               ->                      =                     ->          ->          ->    ->
        Processing               ->               late                    late                  =           ->          ->    ->
        Authorized               late             late                    late                  late        =           ->    ->
        Paid                     late             late                    late                  late        late        =     !
        Canceled                 late             late                    late                  late        late        !     =
        """;

    // What Stripe can say next of an intent, from https://docs.stripe.com/payments/paymentintents/lifecycle.
    private static readonly Dictionary<PaymentState, PaymentState[]> Lifecycle = new()
    {
        [AwaitingPayment] = [AwaitingPayment, AwaitingAuthentication, Processing, Authorized, Paid, Canceled],
        [AwaitingAuthentication] = [AwaitingAuthentication, AwaitingConfirmation, AwaitingPayment, Processing, Authorized, Paid, Canceled],
        [AwaitingConfirmation] = [AwaitingAuthentication, AwaitingPayment, Processing, Authorized, Paid, Canceled],
        [Processing] = [AwaitingPayment, Authorized, Paid, Canceled],
        [Authorized] = [Paid, Canceled],
        [Paid] = [],
        [Canceled] = [],
    };

    private static readonly Gen<PaymentState> AnyReport = Gen.Elements(Enum.GetValues<PaymentState>());

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_report_is_judged_in_every_state(PaymentState state, PaymentState reported, TransitionVerdict verdict, PaymentState then) =>
        Assert.Equal(new Transition(verdict, then), PaymentTransitions.Apply(state, reported));

    [Fact]
    public void The_table_leaves_no_state_and_no_report_out() => Assert.Equal(
        from state in Enum.GetValues<PaymentState>() from reported in Enum.GetValues<PaymentState>() select (state, reported),
        Cells().Select(cell => ((PaymentState)cell[0], (PaymentState)cell[1])).Order());

    [Fact]
    public void A_state_that_nobody_knows_is_a_bug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PaymentTransitions.Apply(PaymentState.AwaitingPayment, (PaymentState)99));

    [Theory]
    [InlineData(PaymentState.Paid)]
    [InlineData(PaymentState.Canceled)]
    public void A_final_state_stays_whatever_follows(PaymentState final) => Randomly.Check(
        output, Randomly.ListsOf(AnyReport, longest: 20), reports => Assert.Equal(final, After(final, reports)));

    [Fact]
    public void Told_in_order_the_last_word_of_Stripe_is_where_the_order_stands() => Randomly.Check(output, Histories(), history =>
    {
        var state = PaymentState.AwaitingPayment;
        foreach (var reported in history)
        {
            (var verdict, state) = PaymentTransitions.Apply(state, reported);
            Assert.True(verdict is TransitionVerdict.Applied or TransitionVerdict.Duplicate, $"{reported} was taken as {verdict}");
            Assert.Equal(reported, state);
        }
    });

    [Fact]
    public void Told_twice_and_in_any_order_a_payment_that_succeeded_ends_paid_and_a_canceled_one_canceled() => Randomly.Check(
        output,
        (from history in Histories().Generator
         where history is [.., Paid or Canceled]
         from told in Gen.Shuffle(history.Concat(history))
         select (history, told)).ToArbitrary(),
        given => Assert.Equal(
            given.history[^1] is Paid ? Paid : Canceled,
            After(PaymentState.AwaitingPayment, given.told)));

    [Fact]
    public void What_was_told_once_changes_nothing_when_it_is_told_again_at_once() => Randomly.Check(
        output, Randomly.ListsOf(AnyReport, longest: 12), reports => Assert.Equal(
            After(PaymentState.AwaitingPayment, reports),
            After(PaymentState.AwaitingPayment, reports.SelectMany(reported => new[] { reported, reported }))));

    public static TheoryData<PaymentState, PaymentState, TransitionVerdict, PaymentState> Cells()
    {
        var rows = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var reports = rows[0].Select(Enum.Parse<PaymentState>).ToList();
        var cells = new TheoryData<PaymentState, PaymentState, TransitionVerdict, PaymentState>();
        foreach (var row in rows.Skip(1))
        {
            var state = Enum.Parse<PaymentState>(row[0]);
            foreach (var (reported, cell) in reports.Zip(row.Skip(1)))
                cells.Add(state, reported, Verdict(cell), cell is "->" ? reported : state);
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

    private static PaymentState After(PaymentState state, IEnumerable<PaymentState> reports) =>
        reports.Aggregate(state, (current, reported) => PaymentTransitions.Apply(current, reported).State);

    /// <summary>Walks through the lifecycle: what Stripe may tell of one intent, from the first answer on.</summary>
    private static Arbitrary<PaymentState[]> Histories()
    {
        return Arb.From(
            from steps in Gen.Choose(1, 12)
            from choices in Gen.Choose(0, 1_000_000).ArrayOf(steps)
            select Walk(choices));

        static PaymentState[] Walk(int[] choices)
        {
            var told = new List<PaymentState>();
            foreach (var choice in choices)
            {
                var next = told.Count == 0 ? Enum.GetValues<PaymentState>() : Lifecycle[told[^1]];
                if (next.Length == 0)
                    break;
                told.Add(next[choice % next.Length]);
            }

            return [.. told];
        }
    }
}
