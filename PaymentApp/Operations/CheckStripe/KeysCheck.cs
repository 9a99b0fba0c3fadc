using Stripe;

namespace PaymentApp.Operations.CheckStripe;

/// <summary>
/// Whether both keys are of one account and mode: the browser, which holds the publishable key, must see an intent that
/// the server created with the secret one.
/// </summary>
internal sealed class KeysCheck : IStripeCheck
{
    private const string WhereKeysAre = "Take both from one page: https://dashboard.stripe.com/test/apikeys.";

    public async Task<bool> RunAsync(StripeUnderCheck stripe, CheckReport report, CancellationToken cancellationToken)
    {
        PaymentIntent? intent = null;
        var created = await stripe.SendAsync(async client => intent = await client.V1.PaymentIntents.CreateAsync(
            new PaymentIntentCreateOptions { Amount = CheckPayments.Amount.MinorUnits, Currency = CheckPayments.Amount.Currency.Code },
            requestOptions: null,
            cancellationToken));
        if (intent is null)
        {
            report.NotOk($"The secret key: {created.Sent} -> {created.CameBack}. {WhyNot(stripe, created)}");
            // An answer that blames the dialect is worth a look at the other one; without an answer nothing is.
            return stripe.Refusal is not null;
        }

        report.Ok($"The secret key: {created.Sent} -> {created.CameBack}");
        var seen = await stripe.SendAsync(client => client.V1.PaymentIntents.GetAsync(
            intent.Id,
            new PaymentIntentGetOptions { ClientSecret = intent.ClientSecret },
            new RequestOptions { ApiKey = stripe.Connection.PublishableKey },
            cancellationToken));
        var line = $"The publishable key of the same account: {seen.Sent} -> {seen.CameBack}";
        if (seen.Status == 200)
            report.Ok(line);
        else
            report.NotOk($"{line}. {WhyNotSeen(seen)}");

        await stripe.SendAsync(client => client.V1.PaymentIntents.CancelAsync(intent.Id, options: null, requestOptions: null, cancellationToken));
        return true;
    }

    private static string WhyNot(StripeUnderCheck stripe, Exchange exchange) => exchange.Status switch
    {
        null => $"{stripe.Connection.ApiBase?.ToString() ?? "https://api.stripe.com"} cannot be reached: look at the network, a proxy, and Stripe:ApiBase.",
        401 => $"Stripe does not know Stripe:SecretKey. {WhereKeysAre}",
        403 => $"Stripe:SecretKey is restricted, and may not create PaymentIntents. {exchange.Message}",
        _ => exchange.Message ?? "",
    };

    private static string WhyNotSeen(Exchange exchange) => exchange.Status switch
    {
        401 => $"Stripe:PublishableKey belongs to no account that Stripe knows, so not to that of Stripe:SecretKey. {WhereKeysAre}",
        404 => $"Stripe:PublishableKey and Stripe:SecretKey belong to two accounts. {WhereKeysAre}",
        _ => exchange.Message ?? "",
    };
}
