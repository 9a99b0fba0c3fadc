using System.Diagnostics;
using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Webhooks;

/// <summary>Processes one event: reads the object again from Stripe and tells the ledger.</summary>
internal sealed partial class WebhookHandler(
    IWebhookInbox inbox,
    IPaymentLedger ledger,
    IPaymentGateway gateway,
    IPaymentOperations operations,
    ILogger<WebhookHandler> logger) : IWorkHandler
{
    public async Task<WorkResult> HandleAsync(WorkItem item, CancellationToken cancellationToken = default)
    {
        if (await inbox.FindAsync(item.Subject, cancellationToken) is not { } stored)
            return new WorkResult.Done("The event is not stored any more.");
        if (stored.Intent is not { } about || !IsOfThisFlow(stored.Type))
            return new WorkResult.Done("It is about no PaymentIntent.");

        switch (await gateway.RetrieveAsync(about, cancellationToken))
        {
            case GatewayAnswer<IntentSnapshot>.Answered { Value: var intent }:
                return await TakeAsync(stored, intent, cancellationToken);
            // Of an object that somebody else of the account has made and taken back, Stripe shows nothing.
            case GatewayAnswer<IntentSnapshot>.Rejected { Failure: var failure } when stored.Order is null:
                return new WorkResult.Done($"Stripe does not show the PaymentIntent, code {failure.Code}, and the ledger does not know it.");
            case GatewayAnswer<IntentSnapshot>.Rejected { Failure: var failure }:
                return new WorkResult.Park($"Stripe does not show the PaymentIntent, code {failure.Code}.");
            default:
                return new WorkResult.Retry("Stripe could not be asked.");
        }
    }

    private async Task<WorkResult> TakeAsync(StoredEvent stored, IntentSnapshot intent, CancellationToken cancellationToken)
    {
        // An order is in the ledger before anybody asks Stripe for its intent: what names none that is there is surely
        // another installation's, or one that check-stripe made.
        var named = intent.Order ?? stored.Order;
        if (named is not { } id || await ledger.FindAsync(id, cancellationToken) is not { } payment)
            return new WorkResult.Done("The PaymentIntent is of no order in the ledger.");

        Activity.Current?.SetTag(PaymentTracing.OrderNumber, payment.Order.Number).AddLinkTo(payment.TraceParent);
        if (!PaymentStepRunner.Belongs(intent, payment))
        {
            Log.Mismatch(logger, payment.Order.Number, intent.Id);
            return new WorkResult.Park("The PaymentIntent differs from the order in amount, currency or id.");
        }

        await ledger.RecordAsync(id, intent, PaymentActor.Webhook, step: null, cancellationToken);
        return !IsAboutMoneyBack(stored.Type) || await operations.ReadAsync(id, PaymentActor.Webhook, intent, cancellationToken)
            ? new WorkResult.Done()
            : new WorkResult.Retry("Stripe could not be asked for refunds, disputes and warnings.");
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
