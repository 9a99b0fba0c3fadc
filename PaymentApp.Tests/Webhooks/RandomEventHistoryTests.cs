using FsCheck;
using FsCheck.Fluent;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using Xunit.Abstractions;
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

    private static readonly Gen<Act> Acts = Gen.Frequency<Act>(
        (6, from order in Which
            from card in Gen.Elements(
                StillShop.GoodCard, StillShop.PoorCard, StillShop.BankCard, StillShop.BankCard, "4000008260003178",
                StillShop.DisputedCard, StillShop.SlowRefundCard, StillShop.FailingRefundCard)
            select (Act)new Pay(order, card)),
        (4, from order in Which from passes in Gen.Elements(true, true, false) select (Act)new EndChallenge(order, passes)),
        (2, Which.Select(order => (Act)new Confirm(order))),
        (1, Which.Select(order => (Act)new ConfirmOutside(order))),
        (1, Which.Select(order => (Act)new CancelOutside(order))),
        (1, Which.Select(order => (Act)new Cancel(order))),
        (2, Which.Select(order => (Act)new CaptureOutside(order))),
        (1, Which.Select(order => (Act)new Capture(order))),
        (2, from order in Which from amount in Gen.Choose(1, 3000) select (Act)new RefundOutside(order, amount)),
        (2, from order in Which from amount in Gen.Choose(1, 3000) select (Act)new Refund(order, amount)),
        (5, from seed in Gen.Choose(0, int.MaxValue - 1) from most in Gen.Choose(1, 6) select (Act)new Deliver(seed, most)),
        (3, Gen.Constant((Act)new Drain())),
        (1, Gen.Constant((Act)new CatchUp())),
        (2, Gen.Elements(1, 3, 16, 61).Select(minutes => (Act)new Sweep(minutes))));

    [Theory]
    [InlineData("Automatic")]
    [InlineData("Manual")]
    public async Task Whatever_events_come_every_order_ends_where_Stripe_has_it_and_is_fulfilled_once(string capture)
    {
        await using var shop = await StillShop.OpenAsync(null, ("Payments:Capture", capture), ("Payments:AttemptsPerOrder", "1000"));
        Randomly.Check(output, Randomly.ListsOf(Acts, longest: 16), acts => new History(shop).PlayAsync(acts), runs: TestSize.Of(quick: 12, full: 20));
    }

    private abstract record Act;

    private sealed record Pay(int Order, string Card) : Act;

    private sealed record EndChallenge(int Order, bool Passes) : Act;

    private sealed record Confirm(int Order) : Act;

    private sealed record ConfirmOutside(int Order) : Act;

    private sealed record CancelOutside(int Order) : Act;

    private sealed record Cancel(int Order) : Act;

    private sealed record CaptureOutside(int Order) : Act;

    private sealed record Capture(int Order) : Act;

    private sealed record RefundOutside(int Order, int Amount) : Act;

    private sealed record Refund(int Order, int Amount) : Act;

    /// <summary>Some of the events that there are, in any order, whether they came before or not.</summary>
    private sealed record Deliver(int Seed, int Most) : Act;

    private sealed record Drain : Act;

    private sealed record CatchUp : Act;

    private sealed record Sweep(int Minutes) : Act;

    private sealed class History(StillShop shop)
    {
        private readonly List<OrderId> orders = [];

        public async Task PlayAsync(Act[] acts)
        {
            for (var i = 0; i < Orders; i++)
                orders.Add(await shop.OrderAsync());
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

            foreach (var order in orders)
                await MustAgreeAsync(order);
        }

        private Task PlayAsync(Act act) => act switch
        {
            Pay(var order, var card) => shop.PayAsync(orders[order], card),
            EndChallenge(var order, var passes) => OutsideAsync(order, intent => shop.EndChallengeAsync(intent, passes)),
            Confirm(var order) => shop.ConfirmAsync(orders[order]),
            ConfirmOutside(var order) => OutsideAsync(order, intent => shop.StripeAsync($"/v1/payment_intents/{intent}/confirm")),
            CancelOutside(var order) => OutsideAsync(order, intent => shop.StripeAsync($"/v1/payment_intents/{intent}/cancel")),
            Cancel(var order) => shop.OperateAsync(operations => operations.CancelAsync(orders[order], CancelReason.RequestedByCustomer, PaymentActor.Operator)),
            CaptureOutside(var order) => OutsideAsync(
                order, intent => shop.StripeAsync($"/v1/payment_intents/{intent}/capture", ("amount_to_capture", "4000"))),
            Capture(var order) => shop.OperateAsync(operations => operations.CaptureAsync(orders[order], new Money(4500, Currency.Usd), PaymentActor.Operator)),
            RefundOutside(var order, var amount) => OutsideAsync(
                order, intent => shop.StripeAsync("/v1/refunds", ("payment_intent", intent), ("amount", $"{amount}"))),
            Refund(var order, var amount) => shop.OperateAsync(
                operations => operations.RefundAsync(orders[order], new Money(amount, Currency.Usd), RefundReason.RequestedByCustomer, PaymentActor.Operator)),
            Deliver(var seed, var most) => DeliverSomeAsync(new Random(seed), most),
            Drain => shop.DrainAsync(),
            CatchUp => shop.CatchUpAsync(),
            Sweep(var minutes) => LookAtDueAsync(minutes),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
        };

        private async Task OutsideAsync(int order, Func<string, Task> act)
        {
            if ((await shop.Shop.BooksOfAsync(orders[order])).Intents is [var intent])
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
            foreach (var order in orders)
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

            var taken = books.Taken.SingleOrDefault();
            Assert.Equal(StateOf(intent.Status), seen.State);
            Assert.Equal(intent.AmountReceived, seen.Captured.MinorUnits);
            Assert.Equal(taken is null ? 0 : taken.AmountRefunded - (taken.Amount - taken.AmountCaptured), seen.Refunded.MinorUnits);
            Assert.Equal(taken?.Dispute is not null, (await shop.ReadAsync(context => context.Payments.FindAsync(order).AsTask()))!.IsDisputed);
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
