using PaymentApp.Payments;
using Stripe;
using Stripe.Radar;

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

    // The charge says where the money is, and carries the brand and last four digits that the receipt shows. When a hold
    // was captured, its balance transaction says.
    private const string LatestCharge = "latest_charge";
    private const string Capture = "latest_charge.balance_transaction";

    private const long LongestPage = 100;

    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    // A request is created when it arrives, or a moment later.
    private static readonly TimeSpan FirstTry = TimeSpan.FromMinutes(1);

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
            ReceiptEmail = intent.ReceiptEmail?.Value,
            Description = $"Order {intent.Order.Number}",
            Metadata = new() { [OrderIdKey] = intent.Order.Id.Value, [OrderNumberKey] = intent.Order.Number },
        };
        dialect.AcceptCards(options);
        (options.UseStripeSdk, options.ErrorOnRequiresAction) = Integration(intent.Authentication);
        options.AddExpand(LatestCharge);

        return caller.AskAsync(
            "payment_intents.create", token => Intents.CreateAsync(options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer<IntentSnapshot>> ConfirmAsync(
        PaymentIntentId intent, Confirmation confirmation, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(confirmation);
        var options = new PaymentIntentConfirmOptions { PaymentMethod = confirmation.PaymentMethod?.Value };
        // Assigning null would clear it.
        if (confirmation.ReceiptEmail is { } email)
            options.ReceiptEmail = email.Value;
        (options.UseStripeSdk, options.ErrorOnRequiresAction) = Integration(confirmation.Authentication);
        options.AddExpand(LatestCharge);

        return caller.AskAsync(
            "payment_intents.confirm", token => Intents.ConfirmAsync(intent.Value, options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer<IntentSnapshot>> RetrieveAsync(PaymentIntentId intent, CancellationToken cancellationToken = default)
    {
        var options = new PaymentIntentGetOptions();
        options.AddExpand(LatestCharge);
        options.AddExpand(Capture);
        return caller.AskAsync(
            "payment_intents.retrieve", token => Intents.GetAsync(intent.Value, options, requestOptions: null, token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer<IntentSnapshot>> CaptureAsync(
        PaymentIntentId intent, Money? amount, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        var options = new PaymentIntentCaptureOptions { AmountToCapture = amount?.MinorUnits };
        options.AddExpand(LatestCharge);
        options.AddExpand(Capture);
        return caller.AskAsync(
            "payment_intents.capture", token => Intents.CaptureAsync(intent.Value, options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer<IntentSnapshot>> CancelAsync(
        PaymentIntentId intent, string? reason, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        var options = new PaymentIntentCancelOptions { CancellationReason = reason };
        options.AddExpand(LatestCharge);
        return caller.AskAsync(
            "payment_intents.cancel", token => Intents.CancelAsync(intent.Value, options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public Task<GatewayAnswer<RefundSnapshot>> RefundAsync(
        PaymentIntentId intent, Money amount, string? reason, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        var options = new RefundCreateOptions
        {
            PaymentIntent = intent.Value,
            Amount = amount.MinorUnits,
            Reason = reason,
            Metadata = new() { [StripeMoney.StepKey] = idempotencyKey },
        };
        return caller.AskAsync(
            "refunds.create", token => client.V1.Refunds.CreateAsync(options, Keyed(idempotencyKey), token), StripeAnswers.From, cancellationToken);
    }

    public async Task<GatewayAnswer<PaymentSnapshot>> ReadPaymentAsync(
        PaymentIntentId intent, IntentSnapshot? current = null, CancellationToken cancellationToken = default)
    {
        if (current?.HasUnreadCharge != false)
        {
            switch (await RetrieveAsync(intent, cancellationToken))
            {
                case GatewayAnswer<IntentSnapshot>.Answered { Value: var read }:
                    current = read;
                    break;
                case GatewayAnswer<IntentSnapshot>.Rejected { Failure: var failure }:
                    return new GatewayAnswer<PaymentSnapshot>.Rejected(failure);
                default:
                    return new GatewayAnswer<PaymentSnapshot>.Unknown();
            }
        }

        if (current is not { State: PaymentState.Paid, Charge: { } charge })
            return new GatewayAnswer<PaymentSnapshot>.Answered(new PaymentSnapshot(current));
        return await caller.AskAsync(
            "refunds_and_disputes.list",
            async token => StripeAnswers.From(
                current,
                await ListRefundsAsync(intent, token),
                charge.IsDisputed ? await ListDisputesAsync(intent, token) : null,
                await ListWarningsAsync(intent, token)),
            answer => answer,
            cancellationToken) is GatewayAnswer<PaymentSnapshot>.Answered all ? all : new GatewayAnswer<PaymentSnapshot>.Unknown();
    }

    public async Task<GatewayAnswer<IntentSnapshot>> SearchAsync(
        OrderId order, DateTime since, DateTime until, CancellationToken cancellationToken = default)
    {
        // Stripe's clock and ours need not agree to the second.
        var soon = since + FirstTry + ClockDifference;
        var found = await SearchOnceAsync(order, since - ClockDifference, soon, cancellationToken);
        return found is GatewayAnswer<IntentSnapshot>.Rejected && until + FirstTry + ClockDifference is var late && late > soon
            ? await SearchOnceAsync(order, soon, late, cancellationToken)
            : found;
    }

    private Task<GatewayAnswer<IntentSnapshot>> SearchOnceAsync(OrderId order, DateTime since, DateTime until, CancellationToken cancellationToken)
    {
        var options = new PaymentIntentListOptions
        {
            Created = new DateRangeOptions { GreaterThanOrEqual = since, LessThanOrEqual = until },
            Limit = LongestPage,
        };
        options.AddExpand("data." + LatestCharge);
        return caller.AskAsync(
            "payment_intents.list",
            async token =>
            {
                await foreach (var intent in Intents.ListAutoPagingAsync(options, requestOptions: null, token))
                {
                    if (intent.Metadata?.GetValueOrDefault(OrderIdKey) == order.Value)
                        return StripeAnswers.From(intent);
                }

                return new GatewayAnswer<IntentSnapshot>.Rejected(new PaymentFailure(FailureReason.ServiceBusy));
            },
            answer => answer,
            cancellationToken);
    }

    private async Task<List<Refund>> ListRefundsAsync(PaymentIntentId intent, CancellationToken cancellationToken)
    {
        var options = new RefundListOptions { PaymentIntent = intent.Value, Limit = LongestPage };
        // It tells what was given back from what was only released.
        options.AddExpand("data.balance_transaction");
        return await client.V1.Refunds.ListAutoPagingAsync(options, requestOptions: null, cancellationToken).ToListAsync(cancellationToken);
    }

    private async Task<List<Dispute>> ListDisputesAsync(PaymentIntentId intent, CancellationToken cancellationToken)
    {
        var options = new DisputeListOptions { PaymentIntent = intent.Value, Limit = LongestPage };
        return await client.V1.Disputes.ListAutoPagingAsync(options, requestOptions: null, cancellationToken).ToListAsync(cancellationToken);
    }

    private async Task<List<EarlyFraudWarning>> ListWarningsAsync(PaymentIntentId intent, CancellationToken cancellationToken)
    {
        var options = new EarlyFraudWarningListOptions { PaymentIntent = intent.Value, Limit = LongestPage };
        return await client.V1.Radar.EarlyFraudWarnings.ListAutoPagingAsync(options, requestOptions: null, cancellationToken)
            .ToListAsync(cancellationToken);
    }

    private static RequestOptions Keyed(string idempotencyKey) => new() { IdempotencyKey = idempotencyKey };

    /// <summary>The two integrations of the guide: the challenge goes to Stripe.js, or a card that needs one fails.</summary>
    private static (bool? UseStripeSdk, bool? ErrorOnRequiresAction) Integration(AuthenticationMode mode) =>
        mode is AuthenticationMode.Handle ? (true, null) : (null, true);
}
