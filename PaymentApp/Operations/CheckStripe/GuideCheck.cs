using PaymentApp.Payments;
using static PaymentApp.Operations.CheckStripe.CheckPayments;

namespace PaymentApp.Operations.CheckStripe;

/// <summary>
/// The guide's three cards, the last in both integrations:
/// https://docs.stripe.com/payments/payment-intents/upgrade-to-handle-actions.
/// </summary>
internal sealed class GuideCheck : IStripeCheck
{
    public async Task<bool> RunAsync(StripeUnderCheck stripe, CheckReport report, CancellationToken cancellationToken)
    {
        report.Expect(
            "A card that needs nothing",
            await stripe.PayAsync(GoodCard, AuthenticationMode.Handle, cancellationToken),
            Expectation.Ok("succeeded"));

        var declined = await stripe.PayAsync(PoorCard, AuthenticationMode.Handle, cancellationToken);
        if (report.Expect("A card without funds", declined, Expectation.Declined("card_declined", "insufficient_funds")))
        {
            report.Expect(
                "Another card after it",
                await stripe.AskAsync(gateway => gateway.ConfirmAsync(
                    declined.Intent!.Value, new Confirmation(PaymentMethodId.Parse(GoodCard), AuthenticationMode.Handle), NewKey(), cancellationToken)),
                Expectation.Ok("succeeded"));
        }

        var challenged = await stripe.PayAsync(BankCard, AuthenticationMode.Handle, cancellationToken);
        report.Expect("A card whose bank asks", challenged, Expectation.Ok("requires_action"));
        await stripe.TidyUpAsync(challenged.Intent, cancellationToken);

        var basic = await stripe.PayAsync(BankCard, AuthenticationMode.Decline, cancellationToken);
        report.Expect("The same in the basic integration", basic, Expectation.Declined("authentication_required", "authentication_not_handled"));
        await stripe.TidyUpAsync(basic.Intent, cancellationToken);
        return true;
    }
}
