using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Ledger;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Payments;

/// <summary>
/// Anything that shoppers, the bank, the network, a crash and late news can do to an order, in any order. The books of
/// the Stripe in memory are the model; the ledger must come to agree with them, with one charge at most.
/// </summary>
public sealed class RandomHistoryTests(ITestOutputHelper output) : IDisposable
{
    private static readonly Gen<Trouble[]> Troubles =
        from count in Gen.Frequency((6, Gen.Constant(0)), (3, Gen.Constant(1)), (1, Gen.Choose(2, 4)))
        from troubles in Gen.Elements(Enum.GetValues<Trouble>()).ArrayOf(count)
        select troubles;

    private static readonly Gen<Act> Acts = Gen.Frequency<Act>(
        (5, from card in Gen.Elements("good", "poor", "poor", "bank", "bank", "bankpoor", "banktwice", "slow", "held")
            from mode in Gen.Frequency((4, Gen.Constant(AuthenticationMode.Handle)), (1, Gen.Constant(AuthenticationMode.Decline)))
            from troubles in Troubles
            select (Act)new Pay(card, mode, troubles)),
        (1, Troubles.Select(troubles => (Act)new ClickAgain(troubles))),
        (3, Gen.Elements(true, true, false).Select(passes => (Act)new EndChallenge(passes))),
        (4, Troubles.Select(troubles => (Act)new Confirm(troubles))),
        (2, Troubles.Select(troubles => (Act)new Refresh(troubles))),
        (1, Gen.Elements(PaymentState.Paid, PaymentState.Canceled).Select(end => (Act)new StripeEnds(end))),
        (1, Gen.Choose(0, 1000).Select(which => (Act)new OldNews(which))));

    private readonly PaymentTestBench _till = new();

    public void Dispose() => _till.Dispose();

    [Fact]
    public void Whatever_happens_to_an_order_it_is_charged_at_most_once_and_ends_where_Stripe_has_it() => Randomly.Check(
        output, Randomly.ListsOf(Acts, longest: 14), acts => new History(_till).PlayAsync(acts), runs: TestSize.Of(quick: 40, full: 150));

    private abstract record Act;

    private sealed record Pay(string Card, AuthenticationMode Mode, Trouble[] Troubles) : Act
    {
        public override string ToString() => $"Pay {Card} {Mode} [{string.Join(' ', Troubles)}]";
    }

    private sealed record ClickAgain(Trouble[] Troubles) : Act
    {
        public override string ToString() => $"ClickAgain [{string.Join(' ', Troubles)}]";
    }

    private sealed record Confirm(Trouble[] Troubles) : Act
    {
        public override string ToString() => $"Confirm [{string.Join(' ', Troubles)}]";
    }

    private sealed record Refresh(Trouble[] Troubles) : Act
    {
        public override string ToString() => $"Refresh [{string.Join(' ', Troubles)}]";
    }

    private sealed record EndChallenge(bool Passes) : Act;

    /// <summary>What Stripe does by itself: a payment that was slow or held ends, an intent is canceled.</summary>
    private sealed record StripeEnds(PaymentState With) : Act;

    /// <summary>Something that was true once is told again, as a late event would.</summary>
    private sealed record OldNews(int Which) : Act;

    private sealed class History(PaymentTestBench till)
    {
        private readonly List<IntentSnapshot> _past = [];
        private OrderId _order;
        private PaymentMethodId _lastCard = FakeCard.Fresh("good");
        private bool _wasPaid;

        private FakeIntent? Intent => till.Stripe.Intents.SingleOrDefault(intent => intent.Order == _order);

        public async Task PlayAsync(Act[] acts)
        {
            _order = await till.OrderAsync();
            foreach (var act in acts)
            {
                await PlayAsync(act);
                till.Stripe.Recover();
                await MustHoldAsync();
            }

            await till.RefreshAsync(_order);
            await till.ConfirmAsync(_order);
            await till.RefreshAsync(_order);
            await MustHoldAsync();
            await MustAgreeAsync();
        }

        private Task PlayAsync(Act act) => act switch
        {
            Pay pay => AskAsync(pay.Troubles, () => till.Service().PayAsync(_order, _lastCard = FakeCard.Fresh(pay.Card), pay.Mode)),
            ClickAgain click => AskAsync(click.Troubles, () => till.Service().PayAsync(_order, _lastCard)),
            Confirm confirm => AskAsync(confirm.Troubles, () => till.ConfirmAsync(_order)),
            Refresh refresh => RefreshAsync(refresh.Troubles),
            EndChallenge end => At(() => till.Stripe.EndChallenge(_order, end.Passes)),
            StripeEnds ends => At(() => EndAtStripe(ends.With)),
            OldNews news => _past.Count == 0
                ? Task.CompletedTask
                : till.Ledger.Payments.RecordAsync(_order, _past[news.Which % _past.Count]),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
        };

        private async Task AskAsync(Trouble[] troubles, Func<Task<PaymentOutcome>> ask)
        {
            till.Stripe.Suffer(troubles);
            try
            {
                var outcome = await ask();
                Assert.True(IsTrue(outcome, troubles.Length > 0), $"{outcome} was said of an intent that is {Intent?.Status}");
            }
            catch (ShopCrashedException)
            {
                // The next act finds what is left.
            }
        }

        private async Task RefreshAsync(Trouble[] troubles)
        {
            till.Stripe.Suffer(troubles);
            try
            {
                await till.RefreshAsync(_order);
            }
            catch (ShopCrashedException)
            {
                // The next act finds what is left.
            }
        }

        /// <summary>What a shopper is told is so at that moment; not knowing is allowed only when something went wrong.</summary>
        private bool IsTrue(PaymentOutcome outcome, bool somethingWentWrong) => outcome switch
        {
            PaymentOutcome.Succeeded => Intent is { Charges: 1 },
            PaymentOutcome.ActionRequired => Intent is { Status: PaymentState.AwaitingAuthentication },
            PaymentOutcome.Declined => Intent is null or { Charges: 0 },
            PaymentOutcome.Processing => _past.Any(told => told.State is PaymentState.Processing) || Intent is { Status: PaymentState.Processing },
            PaymentOutcome.RequiresCapture => _past.Any(told => told.State is PaymentState.Authorized) || Intent is { Status: PaymentState.Authorized },
            PaymentOutcome.Canceled => Intent is { Status: PaymentState.Canceled },
            PaymentOutcome.Unknown => somethingWentWrong,
            PaymentOutcome.Refused refused => refused.Reason is RefusalReason.NothingToConfirm && Intent is null,
            _ => throw new UnreachableException(),
        };

        private void EndAtStripe(PaymentState with)
        {
            if (Intent is not { } intent || intent.Status is PaymentState.Paid or PaymentState.Canceled)
                return;
            if (with is PaymentState.Canceled || intent.IsOver)
                intent.End(with);
        }

        private Task At(Action happens)
        {
            happens();
            return Task.CompletedTask;
        }

        private async Task MustHoldAsync()
        {
            if (Intent?.Answer() is GatewayAnswer<IntentSnapshot>.Answered { Value: var told })
                _past.Add(told);

            var found = await till.FindAsync(_order);
            _wasPaid |= found.State is PaymentState.Paid;
            Assert.True(!_wasPaid || found.State is PaymentState.Paid, "A paid order did not stay paid.");
            Assert.InRange(Intent?.Charges ?? 0, _wasPaid ? 1 : 0, 1);
            Assert.Equal(_wasPaid ? 1 : 0, await till.Ledger.FulfilmentsAsync(_order));
            Assert.True(found.Intent is null || found.Intent == Intent?.Id, "The order has an intent that is not its own.");
        }

        private async Task MustAgreeAsync()
        {
            var found = await till.FindAsync(_order);
            Assert.Null(found.OpenStep);
            Assert.Equal(Intent is null ? PaymentState.AwaitingPayment : Intent.Status, found.State);
            Assert.Equal(Intent?.Id, found.Intent);
        }
    }
}
