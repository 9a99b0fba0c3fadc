using PaymentApp.Payments;
using Stripe;

namespace PaymentApp.Stripe;

/// <summary>
/// The payment gateway on Stripe's API, by manual confirmation:
/// https://docs.stripe.com/payments/payment-intents/upgrade-to-handle-actions.
/// </summary>
internal sealed class StripeGateway(StripeClient client, StripeDialect dialect, StripeCaller caller) : IPaymentGateway
{
    /// <summary>Where an intent says whose it is.</summary>
    public const string OrderIdKey = "order_id";

    private const string OrderNumberKey = "order_number";

    // The charge carries the brand and last four digits that the receipt shows.
    private const string LatestCharge = "latest_charge";

    private const long LongestPage = 100;
    private const int MostSearched = 2_000;

    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    private PaymentIntentService Intents => client.V1.PaymentIntents;

    public Task<GatewayAnswer<IntentSnapshot>> CreateAsync(NewIntent intent, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var options = new PaymentIntentCreateOptions
        {
            Amount = intent.Order.Amount.MinorUnits,
            Currency = intent.Order.Amount.Currency.Code,
            PaymentMethod = intent.PaymentMethod.Value,
            Confirm = true,
            ConfirmationMethod = "manual",
            CaptureMethod = intent.Capture is CaptureMode.Manual ? "manual" : null,
            Description = $"Order {intent.Order.Number}",
            Metadata = new() { [OrderIdKey] = intent.Order.Id.Value, [OrderNumberKey] = intent.Order.Number },
        };
        dialect.AcceptCards(options);
        (options.UseStripeSdk, options.ErrorOnRequiresAction) = Integration(intent.Authentication);
        options.AddExpand(LatestCharge);

        return caller.AskAsync(
            token => Intents.CreateAsync(options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer<IntentSnapshot>> ConfirmAsync(
        PaymentIntentId intent, Confirmation confirmation, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(confirmation);
        var options = new PaymentIntentConfirmOptions { PaymentMethod = confirmation.PaymentMethod?.Value };
        (options.UseStripeSdk, options.ErrorOnRequiresAction) = Integration(confirmation.Authentication);
        options.AddExpand(LatestCharge);

        return caller.AskAsync(
            token => Intents.ConfirmAsync(intent.Value, options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer<IntentSnapshot>> RetrieveAsync(PaymentIntentId intent, CancellationToken cancellationToken = default)
    {
        var options = new PaymentIntentGetOptions();
        options.AddExpand(LatestCharge);
        return caller.AskAsync(token => Intents.GetAsync(intent.Value, options, requestOptions: null, token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer<IntentSnapshot>> CaptureAsync(
        PaymentIntentId intent, Money? amount, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        var options = new PaymentIntentCaptureOptions { AmountToCapture = amount?.MinorUnits };
        options.AddExpand(LatestCharge);
        return caller.AskAsync(
            token => Intents.CaptureAsync(intent.Value, options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer<IntentSnapshot>> CancelAsync(
        PaymentIntentId intent, string? reason, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        var options = new PaymentIntentCancelOptions { CancellationReason = reason };
        return caller.AskAsync(
            token => Intents.CancelAsync(intent.Value, options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer<RefundSnapshot>> RefundAsync(
        PaymentIntentId intent, Money amount, string? reason, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        var options = new RefundCreateOptions { PaymentIntent = intent.Value, Amount = amount.MinorUnits, Reason = reason };
        return caller.AskAsync(
            token => client.V1.Refunds.CreateAsync(options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer<IReadOnlyList<RefundSnapshot>>> ListRefundsAsync(PaymentIntentId intent, CancellationToken cancellationToken = default)
    {
        var options = new RefundListOptions { PaymentIntent = intent.Value, Limit = LongestPage };
        return caller.AskAsync(
            token => client.V1.Refunds.ListAsync(options, requestOptions: null, token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer<IntentSnapshot>> SearchAsync(OrderId order, DateTime since, CancellationToken cancellationToken = default)
    {
        var options = new PaymentIntentListOptions
        {
            // Stripe's clock and ours need not agree to the second.
            Created = new DateRangeOptions { GreaterThanOrEqual = since - ClockDifference },
            Limit = LongestPage,
        };
        options.AddExpand("data." + LatestCharge);
        return caller.AskAsync(
            async token =>
            {
                var looked = 0;
                await foreach (var intent in Intents.ListAutoPagingAsync(options, requestOptions: null, token))
                {
                    if (intent.Metadata?.GetValueOrDefault(OrderIdKey) == order.Value)
                        return StripeAnswers.From(intent);
                    if (++looked == MostSearched)
                        return new GatewayAnswer<IntentSnapshot>.Unknown();
                }

                return new GatewayAnswer<IntentSnapshot>.Rejected(new PaymentFailure(FailureReason.ServiceBusy));
            },
            answer => answer,
            cancellationToken);
    }

    private static RequestOptions Keyed(string idempotencyKey) => new() { IdempotencyKey = idempotencyKey };

    /// <summary>The two integrations of the guide: the challenge goes to Stripe.js, or a card that needs one fails.</summary>
    private static (bool? UseStripeSdk, bool? ErrorOnRequiresAction) Integration(AuthenticationMode mode) =>
        mode is AuthenticationMode.Handle ? (true, null) : (null, true);
}
