using PaymentApp.Payments;

namespace PaymentApp.Webhooks;

/// <summary>Processes one event: reads the object again from Stripe and tells the ledger.</summary>
internal sealed partial class WebhookHandler(
    IPaymentLedger ledger, IPaymentGateway gateway, IPaymentOperations operations, ILogger<WebhookHandler> logger)
{
    public async Task<WebhookResult> HandleAsync(WaitingEvent waiting, CancellationToken cancellationToken = default)
    {
        if (waiting.Intent is not { } about || !IsOfThisFlow(waiting.Type))
            return new WebhookResult.Ignored();

        switch (await gateway.RetrieveAsync(about, cancellationToken))
        {
            case GatewayAnswer<IntentSnapshot>.Answered { Value: var intent }:
                return await TakeAsync(waiting, intent, cancellationToken);
            case GatewayAnswer<IntentSnapshot>.Rejected { Failure: var failure }:
                return new WebhookResult.Poison($"Stripe does not show the PaymentIntent: {failure.Code}");
            default:
                return new WebhookResult.TryAgain("Stripe could not be asked.");
        }
    }

    private async Task<WebhookResult> TakeAsync(WaitingEvent waiting, IntentSnapshot intent, CancellationToken cancellationToken)
    {
        // Another integration of the same account: its intents name no order of ours.
        if (intent.Order is not { } id)
            return new WebhookResult.Ignored();
        if (await ledger.FindAsync(id, cancellationToken) is not { } payment)
            return new WebhookResult.TryAgain("The order of this PaymentIntent is not in the ledger.");

        if (!PaymentStepRunner.Belongs(intent, payment))
        {
            Log.Mismatch(logger, payment.Order.Number, intent.Id);
            return new WebhookResult.Poison("The PaymentIntent differs from the order in amount, currency or id.");
        }

        await ledger.RecordAsync(id, intent, PaymentActor.Webhook, step: null, cancellationToken);
        return !IsAboutMoneyBack(waiting.Type) || await operations.ReadAsync(id, PaymentActor.Webhook, intent, cancellationToken)
            ? new WebhookResult.Done()
            : new WebhookResult.TryAgain("Stripe could not be asked for refunds, disputes and warnings.");
    }

    private static bool IsOfThisFlow(string type) =>
        type.StartsWith("payment_intent.", StringComparison.Ordinal)
        || type.StartsWith("charge.", StringComparison.Ordinal)
        || IsAboutMoneyBack(type);

    private static bool IsAboutMoneyBack(string type) =>
        type.StartsWith("refund.", StringComparison.Ordinal)
        || type.StartsWith("charge.refund", StringComparison.Ordinal)
        || type.StartsWith("charge.dispute.", StringComparison.Ordinal)
        || type.StartsWith("radar.early_fraud_warning.", StringComparison.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Order {OrderNumber}: PaymentIntent {IntentId} differs in amount, currency or id")]
        public static partial void Mismatch(ILogger logger, string orderNumber, PaymentIntentId intentId);
    }
}
