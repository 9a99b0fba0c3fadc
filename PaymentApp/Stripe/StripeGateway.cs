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

    public Task<GatewayAnswer> CreateAsync(NewIntent intent, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var options = new PaymentIntentCreateOptions
        {
            Amount = intent.Amount.MinorUnits,
            Currency = intent.Amount.Currency.Code,
            PaymentMethod = intent.PaymentMethodId,
            Confirm = true,
            ConfirmationMethod = "manual",
            CaptureMethod = intent.Capture is CaptureMode.Manual ? "manual" : null,
            Description = $"Order {intent.OrderNumber}",
            Metadata = new() { [OrderIdKey] = intent.Order.Value, [OrderNumberKey] = intent.OrderNumber },
        };
        dialect.AcceptCards(options);
        (options.UseStripeSdk, options.ErrorOnRequiresAction) = Integration(intent.Authentication);
        options.AddExpand(LatestCharge);

        return caller.AskAsync(
            token => Intents.CreateAsync(options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer> ConfirmAsync(
        string intentId, Confirmation confirmation, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(confirmation);
        var options = new PaymentIntentConfirmOptions { PaymentMethod = confirmation.PaymentMethodId };
        (options.UseStripeSdk, options.ErrorOnRequiresAction) = Integration(confirmation.Authentication);
        options.AddExpand(LatestCharge);

        return caller.AskAsync(
            token => Intents.ConfirmAsync(intentId, options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer> RetrieveAsync(string intentId, CancellationToken cancellationToken = default)
    {
        var options = new PaymentIntentGetOptions();
        options.AddExpand(LatestCharge);
        return caller.AskAsync(token => Intents.GetAsync(intentId, options, requestOptions: null, token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer> CaptureAsync(
        string intentId, Money? amount, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        var options = new PaymentIntentCaptureOptions { AmountToCapture = amount?.MinorUnits };
        options.AddExpand(LatestCharge);
        return caller.AskAsync(
            token => Intents.CaptureAsync(intentId, options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer> CancelAsync(
        string intentId, string? reason, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        var options = new PaymentIntentCancelOptions { CancellationReason = reason };
        return caller.AskAsync(
            token => Intents.CancelAsync(intentId, options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer> RefundAsync(
        string intentId, Money amount, string? reason, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        var options = new RefundCreateOptions { PaymentIntent = intentId, Amount = amount.MinorUnits, Reason = reason };
        return caller.AskAsync(
            token => client.V1.Refunds.CreateAsync(options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer> ListRefundsAsync(string intentId, CancellationToken cancellationToken = default)
    {
        var options = new RefundListOptions { PaymentIntent = intentId, Limit = LongestPage };
        return caller.AskAsync(
            token => client.V1.Refunds.ListAsync(options, requestOptions: null, token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer> SearchAsync(OrderId order, DateTime since, CancellationToken cancellationToken = default)
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
                        return new GatewayAnswer.Unknown();
                }

                return new GatewayAnswer.Rejected(new PaymentFailure(FailureReason.ServiceBusy));
            },
            answer => answer,
            cancellationToken);
    }

    private static RequestOptions Keyed(string idempotencyKey) => new() { IdempotencyKey = idempotencyKey };

    /// <summary>The two integrations of the guide: the challenge goes to Stripe.js, or a card that needs one fails.</summary>
    private static (bool? UseStripeSdk, bool? ErrorOnRequiresAction) Integration(AuthenticationMode mode) =>
        mode is AuthenticationMode.Handle ? (true, null) : (null, true);
}
