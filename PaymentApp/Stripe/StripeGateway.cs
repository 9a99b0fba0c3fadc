using PaymentApp.Payments;
using Stripe;

namespace PaymentApp.Stripe;

/// <summary>
/// The payment gateway on Stripe's API. Pinned to manual confirmation, which API versions up to
/// <c>2026-07-29.dahlia</c> take: https://docs.stripe.com/payments/payment-intents/upgrade-to-handle-actions.
/// </summary>
internal sealed class StripeGateway(StripeClient client, StripeCaller caller) : IPaymentGateway
{
    /// <summary>Where an intent says whose it is.</summary>
    public const string OrderIdKey = "order_id";

    private const string OrderNumberKey = "order_number";

    // The charge carries the brand and last four digits that the receipt shows.
    private const string LatestCharge = "latest_charge";

    private PaymentIntentService Intents => client.V1.PaymentIntents;

    public Task<GatewayAnswer> CreateAsync(NewIntent intent, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var options = new PaymentIntentCreateOptions
        {
            Amount = intent.Amount.MinorUnits,
            Currency = intent.Amount.Currency.Code,
            PaymentMethod = intent.PaymentMethodId,
            PaymentMethodTypes = ["card"],
            Confirm = true,
            ConfirmationMethod = "manual",
            Description = $"Order {intent.OrderNumber}",
            Metadata = new() { [OrderIdKey] = intent.Order.Value, [OrderNumberKey] = intent.OrderNumber },
        };
        (options.UseStripeSdk, options.ErrorOnRequiresAction) = Integration(intent.Authentication);
        options.AddExpand(LatestCharge);

        return caller.AskAsync(
            token => Intents.CreateAsync(options, new RequestOptions { IdempotencyKey = idempotencyKey }, token), cancellationToken);
    }

    public Task<GatewayAnswer> ConfirmAsync(
        string intentId, Confirmation confirmation, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(confirmation);
        var options = new PaymentIntentConfirmOptions { PaymentMethod = confirmation.PaymentMethodId };
        (options.UseStripeSdk, options.ErrorOnRequiresAction) = Integration(confirmation.Authentication);
        options.AddExpand(LatestCharge);

        return caller.AskAsync(
            token => Intents.ConfirmAsync(intentId, options, new RequestOptions { IdempotencyKey = idempotencyKey }, token), cancellationToken);
    }

    public Task<GatewayAnswer> RetrieveAsync(string intentId, CancellationToken cancellationToken = default)
    {
        var options = new PaymentIntentGetOptions();
        options.AddExpand(LatestCharge);
        return caller.AskAsync(token => Intents.GetAsync(intentId, options, requestOptions: null, token), cancellationToken);
    }

    /// <summary>The two integrations of the guide: the challenge goes to Stripe.js, or a card that needs one fails.</summary>
    private static (bool? UseStripeSdk, bool? ErrorOnRequiresAction) Integration(AuthenticationMode mode) =>
        mode is AuthenticationMode.Handle ? (true, null) : (null, true);
}
