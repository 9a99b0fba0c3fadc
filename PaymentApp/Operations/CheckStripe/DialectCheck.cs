using PaymentApp.Payments;
using PaymentApp.Stripe;
using static PaymentApp.Operations.CheckStripe.CheckPayments;

namespace PaymentApp.Operations.CheckStripe;

/// <summary>Where Stripe refused the dialect, tries the other one, and says what to set.</summary>
internal sealed class DialectCheck : IStripeCheck
{
    /// <summary>The last version that takes the guide's own parameters.</summary>
    private const string LastOfGuide = "2026-08-26.dahlia";

    public async Task<bool> RunAsync(StripeUnderCheck stripe, CheckReport report, CancellationToken cancellationToken)
    {
        if (stripe.Refusal is not { } refusal)
            return true;

        report.NotOk(
            $"Stripe refuses {stripe.Dialect.MethodTypesParameter} and what goes with it under {stripe.Dialect.Version}: {refusal.Message}");
        var other = StripeDialect.Of(stripe.Dialect is StripeDialect.OfEndive ? LastOfGuide : null);
        report.Note(await TakesAsync(stripe.In(other), report, cancellationToken)
            ? $"Stripe takes {other.MethodTypesParameter} under {other.Version}: {Advice(other)}"
            : $"Stripe does not take {other.MethodTypesParameter} under {other.Version} either: ask its support whether this account may "
                + "confirm PaymentIntents on the server, https://support.stripe.com.");
        return true;
    }

    private static async Task<bool> TakesAsync(StripeUnderCheck stripe, CheckReport report, CancellationToken cancellationToken)
    {
        using (stripe)
        {
            var paid = await stripe.PayAsync(GoodCard, AuthenticationMode.Handle, cancellationToken);
            var challenged = await stripe.PayAsync(BankCard, AuthenticationMode.Handle, cancellationToken);
            await stripe.TidyUpAsync(challenged.Intent, cancellationToken);
            var basic = await stripe.PayAsync(BankCard, AuthenticationMode.Decline, cancellationToken);
            await stripe.TidyUpAsync(basic.Intent, cancellationToken);

            foreach (var tried in new[] { paid, challenged, basic })
                report.Note($"In the other dialect: {tried.Sent} -> {tried.CameBack}");
            return Expectation.Ok("succeeded").IsMetBy(paid)
                && Expectation.Ok("requires_action").IsMetBy(challenged)
                && Expectation.Declined("authentication_required", "authentication_not_handled").IsMetBy(basic);
        }
    }

    private static string Advice(StripeDialect dialect) => dialect is StripeDialect.OfGuide
        ? $"set Stripe:ApiVersion to {dialect.Version}, with `dotnet user-secrets set Stripe:ApiVersion {dialect.Version}` or the environment "
            + $"variable Stripe__ApiVersion={dialect.Version}."
        : "take the setting Stripe:ApiVersion away.";
}
