using PaymentApp.Payments;
using static PaymentApp.Operations.CheckStripe.CheckPayments;

namespace PaymentApp.Operations.CheckStripe;

/// <summary>What operators do: capture, refund, cancel.</summary>
internal sealed class OperatorsCheck : IStripeCheck
{
    public async Task<bool> RunAsync(StripeUnderCheck stripe, CheckReport report, CancellationToken cancellationToken)
    {
        if (await HoldAsync(stripe, report, "An amount to capture", cancellationToken) is { } held)
        {
            report.Expect(
                "A capture",
                await stripe.AskAsync(gateway => gateway.CaptureAsync(held, amount: null, NewKey(), cancellationToken)),
                Expectation.Ok("succeeded"));
            report.Expect(
                "A refund of a part",
                await stripe.AskAsync(gateway => gateway.RefundAsync(
                    held, new Money(Amount.MinorUnits / 2, Amount.Currency), "requested_by_customer", NewKey(), cancellationToken)),
                Expectation.Ok("succeeded", "pending"));
        }

        if (await HoldAsync(stripe, report, "An amount to release", cancellationToken) is { } released)
        {
            report.Expect(
                "A cancel",
                await stripe.AskAsync(gateway => gateway.CancelAsync(released, "requested_by_customer", NewKey(), cancellationToken)),
                Expectation.Ok("canceled"));
        }

        return true;
    }

    private static async Task<PaymentIntentId?> HoldAsync(
        StripeUnderCheck stripe, CheckReport report, string what, CancellationToken cancellationToken)
    {
        var held = await stripe.PayAsync(GoodCard, AuthenticationMode.Handle, cancellationToken, CaptureMode.Manual);
        return report.Expect(what, held, Expectation.Ok("requires_capture")) ? held.Intent : null;
    }
}
