using FsCheck;
using FsCheck.Fluent;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using Xunit.Abstractions;
using EarlyFraudWarning = StripeSandbox.Objects.EarlyFraudWarning;
using IntentStatus = StripeSandbox.Objects.IntentStatus;

namespace PaymentApp.Tests.Webhooks;

/// <summary>
/// Payments, the bank, people in Stripe's dashboard, the shop's operator and the sweeper in any order, while events come
/// twice, shuffled, late or never. The sandbox is the model: the shop must come to say what it says.
/// </summary>
public sealed class RandomEventHistoryTests(ITestOutputHelper output)
{
    private const int Orders = 2;

    private static readonly Gen<int> Which = Gen.Choose(0, Orders - 1);

    private static readonly Gen<int> Captures = Gen.Elements(4000, 4500, 4900);

    // Some are just as much as a capture leaves.
    private static readonly Gen<int> Refunds = Gen.Frequency((3, Gen.Choose(1, 3000)), (2, Gen.Elements(400, 900)));

    private static readonly Gen<Act> Acts = Gen.Frequency<Act>(
        (6, from order in Which
            from card in Gen.Elements(
                ManualShop.GoodCard, ManualShop.PoorCard, ManualShop.BankCard, ManualShop.BankCard, "4000008260003178",
                ManualShop.DisputedCard, ManualShop.SlowRefundCard, ManualShop.FailingRefundCard, ManualShop.InquiryCard,
                ManualShop.SeveralDisputesCard, ManualShop.FraudWarningCard)
            select (Act)new Pay(order, card)),
        (4, from order in Which from passes in Gen.Elements(true, true, false) select (Act)new EndChallenge(order, passes)),
        (2, Which.Select(order => (Act)new Confirm(order))),
        (1, Which.Select(order => (Act)new ConfirmOutside(order))),
        (1, Which.Select(order => (Act)new CancelOutside(order))),
        (1, Which.Select(order => (Act)new Cancel(order))),
        (2, from order in Which from amount in Captures select (Act)new CaptureOutside(order, amount)),
        (2, from order in Which from amount in Captures select (Act)new Capture(order, amount)),
        (2, from order in Which from amount in Refunds select (Act)new RefundOutside(order, amount)),
        (2, from order in Which from amount in Refunds select (Act)new Refund(order, amount)),
        (2, from order in Which from isWon in Gen.Elements(true, false) select (Act)new SettleDisputes(order, isWon)),
        (5, from seed in Gen.Choose(0, int.MaxValue - 1) from most in Gen.Choose(1, 6) select (Act)new Deliver(seed, most)),
        (3, Gen.Constant((Act)new Drain())),
        (1, Gen.Constant((Act)new CatchUp())),
        (2, Gen.Elements(1, 3, 16, 61).Select(minutes => (Act)new Sweep(minutes))));

    [Theory]
    [FullData("Automatic")]
    [InlineData("Manual")]
    public async Task Whatever_events_come_every_order_ends_where_Stripe_has_it_and_is_fulfilled_once(string capture)
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Payments:Capture", capture), ("Payments:AttemptsPerOrder", "1000"));
        // As at every start: from here on no event is missed.
        await shop.CatchUpAsync();
        Randomly.Check(output, Histories(capture), acts => new History(shop).PlayAsync(acts), runs: TestSize.Of(quick: 12, full: 40));
    }

    /// <summary>Most histories begin with money that was taken, or little would happen in them that moves it.</summary>
    private static Arbitrary<Act[]> Histories(string capture)
    {
        var pay = Gen.Elements(ManualShop.GoodCard, ManualShop.DisputedCard, ManualShop.SlowRefundCard, ManualShop.FailingRefundCard)
            .Select(card => (Act)new Pay(0, card));
        var take = from amount in Captures from isOutside in Gen.Elements(true, false) select isOutside ? (Act)new CaptureOutside(0, amount) : new Capture(0, amount);
        var paid = from first in pay from second in take select capture is "Manual" ? new[] { first, second } : [first];
        return Arb.From(
            from opening in Gen.Frequency((3, paid), (1, Gen.Constant(Array.Empty<Act>())))
            from length in Gen.Choose(0, 14)
            from acts in Acts.ArrayOf(length)
            select opening.Concat(acts).ToArray(),
            acts => Enumerable.Range(0, acts.Length).Select(left => acts.Where((_, index) => index != left).ToArray()));
    }

    private abstract record Act;

    private sealed record Pay(int Order, string Card) : Act;

    private sealed record EndChallenge(int Order, bool Passes) : Act;

    private sealed record Confirm(int Order) : Act;

    private sealed record ConfirmOutside(int Order) : Act;

    private sealed record CancelOutside(int Order) : Act;

    private sealed record Cancel(int Order) : Act;

    private sealed record CaptureOutside(int Order, int Amount) : Act;

    private sealed record Capture(int Order, int Amount) : Act;

    private sealed record RefundOutside(int Order, int Amount) : Act;

    private sealed record Refund(int Order, int Amount) : Act;

    private sealed record SettleDisputes(int Order, bool IsWon) : Act;

    /// <summary>Some of the events that there are, in any order, whether they came before or not.</summary>
    private sealed record Deliver(int Seed, int Most) : Act;

    private sealed record Drain : Act;

    private sealed record CatchUp : Act;

    private sealed record Sweep(int Minutes) : Act;

    private sealed class History(ManualShop shop)
    {
        private readonly List<OrderId> _orders = [];

        public async Task PlayAsync(Act[] acts)
        {
            for (var i = 0; i < Orders; i++)
                _orders.Add(await shop.OrderAsync());
            foreach (var act in acts)
                await PlayAsync(act);

            // Time enough for an attempt to expire and for banks to end refunds. Every webhook that has not come is lost.
            for (var quarters = 0; quarters < 7; quarters++)
            {
                await shop.CatchUpAsync();
                shop.Clock.Advance(TimeSpan.FromMinutes(15));
                await shop.RunDueAsync();
            }

            await shop.CatchUpAsync();

            foreach (var order in _orders)
                await MustAgreeAsync(order);
        }

        private Task PlayAsync(Act act) => act switch
        {
            Pay(var order, var card) => shop.PayAsync(_orders[order], card),
            EndChallenge(var order, var passes) => OutsideAsync(order, intent => shop.EndChallengeAsync(intent, passes)),
            Confirm(var order) => shop.ConfirmAsync(_orders[order]),
            ConfirmOutside(var order) => OutsideAsync(order, intent => shop.StripeAsync($"/v1/payment_intents/{intent}/confirm")),
            CancelOutside(var order) => OutsideAsync(order, intent => shop.StripeAsync($"/v1/payment_intents/{intent}/cancel")),
            Cancel(var order) => shop.OperateAsync(operations => operations.CancelAsync(_orders[order], CancelReason.RequestedByCustomer, PaymentActor.Operator)),
            CaptureOutside(var order, var amount) => OutsideAsync(
                order, intent => shop.StripeAsync($"/v1/payment_intents/{intent}/capture", ("amount_to_capture", $"{amount}"))),
            Capture(var order, var amount) => shop.CaptureAsync(_orders[order], amount),
            RefundOutside(var order, var amount) => OutsideAsync(
                order, intent => shop.StripeAsync("/v1/refunds", ("payment_intent", intent), ("amount", $"{amount}"))),
            Refund(var order, var amount) => shop.RefundAsync(_orders[order], amount),
            SettleDisputes(var order, var isWon) => OutsideAsync(order, _ => shop.SettleDisputesAsync(_orders[order], isWon)),
            Deliver(var seed, var most) => DeliverSomeAsync(new Random(seed), most),
            Drain => shop.DrainAsync(),
            CatchUp => shop.CatchUpAsync(),
            Sweep(var minutes) => LookAtDueAsync(minutes),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
        };

        private async Task OutsideAsync(int order, Func<string, Task> act)
        {
            if ((await shop.Shop.BooksOfAsync(_orders[order])).Intents is [var intent])
                await act(intent.Id);
        }

        private Task<int> LookAtDueAsync(int minutes)
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(minutes));
            return shop.LookAtDueAsync();
        }

        private async Task DeliverSomeAsync(Random random, int most)
        {
            var events = await EventsAsync();
            for (var i = 0; i < most && events.Count > 0; i++)
                await DeliverAsync(events[random.Next(events.Count)]);
        }

        private async Task DeliverAsync(SentEvent sent)
        {
            Assert.Equal(System.Net.HttpStatusCode.OK, await shop.DeliverAsync(sent.Body));
        }

        private async Task<IReadOnlyList<SentEvent>> EventsAsync()
        {
            var mine = new HashSet<string>();
            foreach (var order in _orders)
                mine.UnionWith((await shop.Shop.BooksOfAsync(order)).Intents.Select(intent => intent.Id));
            return mine.Count == 0 ? [] : await shop.EventsAsync(sent => sent.Intent is { } intent && mine.Contains(intent));
        }

        private async Task MustAgreeAsync(OrderId order)
        {
            var books = await shop.Shop.BooksOfAsync(order);
            var seen = await shop.FindAsync(order);
            Assert.Equal(0, books.OpenSteps);
            Assert.InRange(books.Intents.Count, 0, 1);
            Assert.InRange(books.Taken.Count(), 0, 1);
            Assert.Equal(seen.State is PaymentState.Paid ? 1 : 0, books.Fulfilments);
            if (books.Intents is not [var intent])
            {
                Assert.Contains(seen.State, new[] { PaymentState.AwaitingPayment, PaymentState.Canceled });
                return;
            }

            Assert.Equal(StateOf(intent.Status), seen.State);
            await shop.MustHaveFiguresOfStripeAsync(order);
            Assert.Equal(
                shop.Shop.Sandbox.Books.All<EarlyFraudWarning>().Count(warning => warning.PaymentIntent == intent.Id),
                (await shop.TimelineAsync(order)).Count(line => line.Event is TimelineEvent.FraudWarning));
        }

        private static PaymentState StateOf(IntentStatus status) => status switch
        {
            IntentStatus.RequiresPaymentMethod => PaymentState.AwaitingPayment,
            IntentStatus.RequiresCapture => PaymentState.Authorized,
            IntentStatus.Succeeded => PaymentState.Paid,
            IntentStatus.Canceled => PaymentState.Canceled,
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "An attempt does not stay open for an hour."),
        };
    }
}
