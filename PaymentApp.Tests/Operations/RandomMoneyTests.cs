using FsCheck;
using FsCheck.Fluent;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Objects;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Operations;

/// <summary>
/// Money that moves in the shop, in Stripe's dashboard and at banks, in any order, while no webhook comes: whatever
/// happened, one reading later every figure is what the sandbox's books say.
/// </summary>
public sealed class RandomMoneyTests(ITestOutputHelper output)
{
    private static readonly Gen<int> Amounts = Gen.Frequency((3, Gen.Choose(1, 1500)), (2, Gen.Elements(900, 4000, 4900)));

    private static readonly Gen<Act> Acts = Gen.Frequency<Act>(
        (2, Amounts.Select(amount => (Act)new Capture(amount))),
        (2, Amounts.Select(amount => (Act)new CaptureElsewhere(amount))),
        (1, Gen.Constant((Act)new Cancel())),
        (1, Gen.Constant((Act)new CancelElsewhere())),
        (3, Amounts.Select(amount => (Act)new Refund(amount))),
        (1, Gen.Constant((Act)new RefundRest())),
        (4, Amounts.Select(amount => (Act)new RefundElsewhere(amount))),
        (2, Gen.Elements(true, false).Select(isWon => (Act)new SettleDisputes(isWon))),
        (1, Gen.Constant((Act)new SubmitEvidence())),
        (2, Gen.Elements(1, 90, 60 * 24 * 8).Select(minutes => (Act)new TimePasses(minutes))),
        (2, Gen.Constant((Act)new Read())));

    private static readonly Gen<(string Card, Act[] Acts)> Histories =
        from card in Gen.Elements(
            ManualShop.GoodCard, ManualShop.GoodCard, ManualShop.DisputedCard, ManualShop.InquiryCard, ManualShop.SeveralDisputesCard,
            ManualShop.FraudWarningCard, ManualShop.SlowRefundCard, ManualShop.FailingRefundCard)
        from length in Gen.Choose(0, 10)
        from acts in Acts.ArrayOf(length)
        select (card, acts);

    [Theory]
    [FullData("Automatic")]
    [InlineData("Manual")]
    public async Task Whoever_moved_the_money_one_reading_later_every_figure_is_Stripes(string capture)
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Payments:Capture", capture));
        Randomly.Check(output, Arb.From(Histories, Shorter), history => PlayAsync(shop, history), runs: TestSize.Of(quick: 20, full: 300));
    }

    private static IEnumerable<(string Card, Act[] Acts)> Shorter((string Card, Act[] Acts) history) =>
        Enumerable.Range(0, history.Acts.Length).Select(left => (history.Card, history.Acts.Where((_, index) => index != left).ToArray()));

    private static async Task PlayAsync(ManualShop shop, (string Card, Act[] Acts) history)
    {
        var order = await shop.OrderTriedWithAsync(history.Card);
        foreach (var act in history.Acts)
        {
            await PlayAsync(shop, order, act);
            await MustNotGiveBackMoreThanWasTakenAsync(shop, order);
        }

        Assert.True(await shop.ReadAsync(order));
        await shop.MustHaveFiguresOfStripeAsync(order);
        Assert.Equal(0, (await shop.Shop.BooksOfAsync(order)).OpenSteps);

        // What was read once is no news the second time.
        var (version, lines) = ((await shop.FindAsync(order)).Version, (await shop.TimelineAsync(order)).Count);
        await shop.ReadAsync(order);
        Assert.Equal((version, lines), ((await shop.FindAsync(order)).Version, (await shop.TimelineAsync(order)).Count));
    }

    private static Task PlayAsync(ManualShop shop, OrderId order, Act act) => act switch
    {
        Capture(var amount) => TellTruthAsync(shop, order, () => shop.CaptureAsync(order, amount), mayBeDoneElsewhere: true),
        CaptureElsewhere(var amount) => ElsewhereAsync(shop, order, "capture", ("amount_to_capture", $"{amount}")),
        Cancel => TellTruthAsync(
            shop, order, () => shop.OperateAsync(operations => operations.CancelAsync(order, CancelReason.Duplicate, PaymentActor.Operator)),
            mayBeDoneElsewhere: true),
        CancelElsewhere => ElsewhereAsync(shop, order, "cancel"),
        Refund(var amount) => TellTruthAsync(shop, order, () => shop.RefundAsync(order, amount)),
        RefundRest => TellTruthAsync(shop, order, () => shop.RefundAsync(order)),
        RefundElsewhere(var amount) => shop.RefundElsewhereAsync(order, amount),
        SettleDisputes(var isWon) => shop.SettleDisputesAsync(order, isWon),
        SubmitEvidence => SubmitEvidenceAsync(shop, order),
        TimePasses(var minutes) => At(() => shop.Clock.Advance(TimeSpan.FromMinutes(minutes))),
        Read => shop.ReadAsync(order),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
    };

    /// <summary>What an operator is told to be done is done, and what failed has a reason that is still so.</summary>
    /// <param name="mayBeDoneElsewhere">Whether it can be done once only, by whomever.</param>
    private static async Task TellTruthAsync(ManualShop shop, OrderId order, Func<Task<OperationOutcome>> ask, bool mayBeDoneElsewhere = false)
    {
        var before = MoneyFigures.OfSandbox(shop.Shop, await shop.Shop.BooksOfAsync(order));

        var outcome = await ask();

        var after = MoneyFigures.OfSandbox(shop.Shop, await shop.Shop.BooksOfAsync(order));
        var isDone = outcome is OperationOutcome.Done or OperationOutcome.Pending;
        Assert.True(isDone || before == after, $"{outcome} was said, and money was moved.");
        Assert.True(before != after || !isDone || mayBeDoneElsewhere, $"{outcome} was said, and no money was moved.");
        Assert.IsNotType<OperationOutcome.Unknown>(outcome);
        if (outcome is OperationOutcome.Failed { Failure: var failure })
            Assert.Equal("charge_disputed", failure.Code);
    }

    private static async Task MustNotGiveBackMoreThanWasTakenAsync(ManualShop shop, OrderId order)
    {
        var seen = await shop.FindAsync(order);
        Assert.InRange(seen.Refunded.MinorUnits, 0, seen.Captured.MinorUnits);
        Assert.InRange(seen.RefundPending.MinorUnits, 0, seen.Refunded.MinorUnits);
        Assert.InRange(seen.Captured.MinorUnits + seen.Released.MinorUnits, 0, seen.Authorized.MinorUnits);
    }

    private static async Task ElsewhereAsync(ManualShop shop, OrderId order, string what, params (string Name, string Value)[] form) =>
        await shop.StripeAsync($"/v1/payment_intents/{(await shop.IntentOfAsync(order)).Id}/{what}", form);

    private static async Task SubmitEvidenceAsync(ManualShop shop, OrderId order)
    {
        var intent = (await shop.IntentOfAsync(order)).Id;
        foreach (var dispute in shop.Shop.Sandbox.Books.All<Dispute>().Where(dispute => dispute.PaymentIntent == intent).ToList())
            await shop.StripeAsync($"/v1/disputes/{dispute.Id}", ("evidence[product_description]", "A kettle."), ("submit", "true"));
    }

    private static Task At(Action happens)
    {
        happens();
        return Task.CompletedTask;
    }

    private abstract record Act;

    private sealed record Capture(int Amount) : Act;

    private sealed record CaptureElsewhere(int Amount) : Act;

    private sealed record Cancel : Act;

    private sealed record CancelElsewhere : Act;

    private sealed record Refund(int Amount) : Act;

    private sealed record RefundRest : Act;

    private sealed record RefundElsewhere(int Amount) : Act;

    private sealed record SettleDisputes(bool IsWon) : Act;

    private sealed record SubmitEvidence : Act;

    private sealed record TimePasses(int Minutes) : Act;

    private sealed record Read : Act;
}
