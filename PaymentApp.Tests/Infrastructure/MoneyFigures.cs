using PaymentApp.Payments;
using StripeSandbox.Objects;
using DisputeState = StripeSandbox.Objects.DisputeState;
using RefundStatus = StripeSandbox.Objects.RefundStatus;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>Every figure of a payment, in minor units: as the ledger has it, and as the sandbox's books do.</summary>
internal sealed record MoneyFigures(
    long Authorized, long Captured, long Refunded, long RefundPending, long Disputed, long Lost, long Released, string? Charge)
{
    private static MoneyFigures None { get; } = new(0, 0, 0, 0, 0, 0, 0, null);

    public static MoneyFigures Of(Payment payment) => new(
        payment.Authorized.MinorUnits,
        payment.Captured.MinorUnits,
        payment.Refunded.MinorUnits,
        payment.RefundPending.MinorUnits,
        payment.Disputed.MinorUnits,
        payment.Lost.MinorUnits,
        payment.Released.MinorUnits,
        payment.ChargeId);

    /// <summary>What the sandbox has, counted anew from the entries of its balance and not as the shop counts.</summary>
    public static MoneyFigures OfSandbox(Shop shop, OrderBooks books)
    {
        if (books.Charges.SingleOrDefault(charge => charge.Status is ChargeStatus.Succeeded) is not { } charge)
            return None;

        // What left the account's balance for the shopper; what was only released never did.
        var refunds = shop.Sandbox.Books.All<Refund>().Where(refund => refund.Charge == charge.Id
            && refund is { BalanceTransaction: not null, Status: RefundStatus.Pending or RefundStatus.Succeeded }).ToList();
        var disputes = shop.Sandbox.Books.All<Dispute>().Where(dispute => dispute.Charge == charge.Id).ToList();
        var isOver = books.Intents.Single().Status is not IntentStatus.RequiresCapture;
        return new MoneyFigures(
            charge.Amount,
            charge.AmountCaptured,
            refunds.Sum(refund => refund.Amount),
            refunds.Where(refund => refund.Status is RefundStatus.Pending).Sum(refund => refund.Amount),
            disputes.Where(dispute => dispute.State is DisputeState.Open or DisputeState.UnderReview).Sum(dispute => dispute.Amount),
            // An inquiry took no money, so none is lost.
            disputes.Where(dispute => dispute is { State: DisputeState.Lost, BalanceTransaction: not null }).Sum(dispute => dispute.Amount),
            isOver ? charge.Amount - charge.AmountCaptured : 0,
            charge.Id);
    }
}

internal static class MoneyFiguresOfShop
{
    /// <summary>Every figure of the order is what the sandbox's books say.</summary>
    public static async Task MustHaveFiguresOfStripeAsync(this ManualShop shop, OrderId order) => Assert.Equal(
        MoneyFigures.OfSandbox(shop.Shop, await shop.Shop.BooksOfAsync(order)), MoneyFigures.Of(await shop.FindAsync(order)));

    public static Task<bool> ReadAsync(this ManualShop shop, OrderId order) =>
        shop.AskOperationsAsync(operations => operations.ReadAsync(order, PaymentActor.Sweeper));

    /// <summary>Gives part of the payment back as somebody in Stripe's dashboard does.</summary>
    public static async Task RefundElsewhereAsync(this ManualShop shop, OrderId order, long minorUnits) => await shop.StripeAsync(
        "/v1/refunds", ("payment_intent", (await shop.IntentOfAsync(order)).Id), ("amount", $"{minorUnits}"));

    /// <summary>Ends the order's open disputes as the bank does.</summary>
    public static async Task SettleDisputesAsync(this ManualShop shop, OrderId order, bool isWon)
    {
        var intent = (await shop.IntentOfAsync(order)).Id;
        foreach (var dispute in shop.Shop.Sandbox.Books.All<Dispute>().Where(dispute => dispute.PaymentIntent == intent).ToList())
            await shop.StripeAsync($"/_sandbox/disputes/{dispute.Id}/settle", ("outcome", isWon ? "won" : "lost"));
    }

    public static Task<OperationOutcome> RefundAsync(this ManualShop shop, OrderId order, long? minorUnits = null) =>
        shop.OperateAsync(operations => operations.RefundAsync(order, Usd(minorUnits), RefundReason.RequestedByCustomer, PaymentActor.Operator));

    public static Task<OperationOutcome> CaptureAsync(this ManualShop shop, OrderId order, long? minorUnits = null) =>
        shop.OperateAsync(operations => operations.CaptureAsync(order, Usd(minorUnits), PaymentActor.Operator));

    private static Money? Usd(long? minorUnits) => minorUnits is { } some ? new Money(some, Currency.Usd) : null;
}
