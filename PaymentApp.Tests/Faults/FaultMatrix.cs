using Microsoft.EntityFrameworkCore;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Faults;

/// <summary>
/// Every call to Stripe, and everything that can go wrong with it, for one try and for all of them. Afterwards nobody
/// acts: the order must end where Stripe has it, charged at most once, fulfilled exactly when it is paid, with nothing
/// refunded twice and nothing left open; and nobody was told of a failure while money was or is yet to be moved.
/// </summary>
public abstract class FaultMatrix(FaultyShop shop)
{
    /// <summary>More tries than anybody makes.</summary>
    private const int Always = 1_000;

    protected FaultyShop Shop => shop;

    public static TheoryData<GatewayCall, Fault> CallsAndFaults(int turn) =>
        TestSize.Pairs(Enum.GetValues<GatewayCall>(), Enum.GetValues<Fault>(), turn);

    /// <summary>Keeps Stripe's events back until the shop was told something, or does nothing where there are none.</summary>
    protected virtual Task HoldEventsAsync() => Task.CompletedTask;

    /// <summary>Lets Stripe's events come, before the sweeper looks.</summary>
    protected virtual Task LetEventsComeAsync(OrderId order) => Task.CompletedTask;

    protected async Task MeetOnceAsync(GatewayCall call, Fault fault)
    {
        var (scenario, order) = await PrepareAsync(call);

        var told = await AskAsync(scenario, order, fault, times: 1);

        Assert.Equal(Told.Done, told);
        await MustEndAsync(scenario, order);
        await LeaveAloneAsync(order);
        await MustEndAsync(scenario, order);
    }

    protected async Task MeetForLongAsync(GatewayCall call, Fault fault)
    {
        var (scenario, order) = await PrepareAsync(call);

        var told = await AskAsync(scenario, order, fault, Always);

        if (told is Told.Done)
            await MustEndAsync(scenario, order);
        await LeaveAloneAsync(order);
        if (told is Told.NothingMoved)
        {
            Assert.True(fault.IsKnownToMoveNothing(), "Nobody can know that nothing was moved.");
            await MustNotHaveMovedAsync(scenario, order);
            Assert.Equal(Told.Done, await scenario.AskAsync(Shop, order));
        }

        await MustEndAsync(scenario, order);
    }

    protected async Task MeetAndAskAgainAsync(GatewayCall call, Fault fault)
    {
        var (scenario, order) = await PrepareAsync(call);

        if (await AskAsync(scenario, order, fault, Always) is not Told.Done)
            Assert.Equal(Told.Done, await scenario.AskAsync(Shop, order));

        await MustEndAsync(scenario, order);
        await LeaveAloneAsync(order);
        await MustEndAsync(scenario, order);
    }

    private async Task<(Scenario Scenario, OrderId Order)> PrepareAsync(GatewayCall call)
    {
        await HoldEventsAsync();
        var scenario = Scenario.Of(call);
        return (scenario, await scenario.PrepareAsync(Shop));
    }

    private async Task<Told> AskAsync(Scenario scenario, OrderId order, Fault fault, int times)
    {
        if (scenario.LosesAnswerOf is { } lost)
            await Shop.LoseAnswerForGoodAsync(lost);
        await Shop.BreakAsync(fault, scenario.Route, times, scenario.Skip);
        var told = await scenario.AskAsync(Shop, order);
        var struck = await Shop.HealAsync(fault, scenario.Route, times);
        Assert.True(struck > 0 && (times == Always || struck == times), $"The fault struck {struck} times.");
        return told;
    }

    private async Task LeaveAloneAsync(OrderId order)
    {
        await LetEventsComeAsync(order);
        await Shop.LeaveAloneAsync();
    }

    /// <summary>The four counts: nothing charged twice, charged and unpaid, paid and uncharged, or fulfilled without being paid.</summary>
    private protected async Task<OrderBooks> MustAgreeAsync(OrderId order)
    {
        var books = await Shop.Shop.BooksOfAsync(order);
        var isPaid = books.State is PaymentState.Paid ? 1 : 0;
        Assert.InRange(books.Intents.Count, 0, 1);
        Assert.Equal(isPaid, books.Taken.Count());
        Assert.Equal(isPaid, books.Fulfilments);
        return books;
    }

    private async Task MustEndAsync(Scenario scenario, OrderId order)
    {
        var books = await MustAgreeAsync(order);
        Assert.Equal(scenario.End, books.State);
        Assert.Equal(0, books.OpenSteps);

        Assert.Equal(scenario.RefundedAtTheEnd, Refunds(books).Sum(refund => refund.Amount));
        Assert.Equal(scenario.RefundedAtTheEnd, await Shop.ReadAsync(ledger =>
            ledger.Payments.Where(row => row.OrderId == order).Select(row => row.RefundedMinorUnits).SingleAsync()));
    }

    private async Task MustNotHaveMovedAsync(Scenario scenario, OrderId order)
    {
        var books = await MustAgreeAsync(order);
        Assert.Equal(0, books.OpenSteps);
        Assert.Empty(Refunds(books));
        if (scenario.RefundedAtTheEnd == 0)
            Assert.NotEqual(scenario.End, books.State);
    }

    /// <summary>What was given back of money that was taken; to cancel an authorization is a refund too in Stripe's books.</summary>
    private List<Refund> Refunds(OrderBooks books) => Shop.Shop.Sandbox.Books.All<Refund>()
        .Where(refund => books.Taken.Any(charge => charge.Id == refund.Charge)).ToList();
}
