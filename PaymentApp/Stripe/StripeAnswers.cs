using System.Net;
using PaymentApp.Payments;
using Stripe;

namespace PaymentApp.Stripe;

/// <summary>The one place where what Stripe says, or fails to say, becomes a <see cref="GatewayAnswer"/>.</summary>
internal static class StripeAnswers
{
    /// <summary>Stripe sets it on an answer that it had stored under the idempotency key.</summary>
    private const string ReplayedHeader = "Idempotent-Replayed";

    /// <summary>Reads an intent. What cannot be read is an unknown outcome: the request may have been carried out.</summary>
    public static GatewayAnswer From(PaymentIntent? intent) =>
        Snapshot(intent, failure: null) is { } snapshot ? new GatewayAnswer.Answered(snapshot) : new GatewayAnswer.Unknown();

    /// <summary>Reads a refund.</summary>
    public static GatewayAnswer From(Refund? refund) =>
        Snapshot(refund) is { } snapshot ? new GatewayAnswer.RefundAnswered(snapshot) : new GatewayAnswer.Unknown();

    /// <summary>Reads a list of refunds.</summary>
    public static GatewayAnswer From(StripeList<Refund>? refunds)
    {
        var snapshots = refunds?.Data?.Select(Snapshot).OfType<RefundSnapshot>().ToList();
        return snapshots is not null && snapshots.Count == refunds!.Data.Count
            ? new GatewayAnswer.RefundsAnswered(snapshots)
            : new GatewayAnswer.Unknown();
    }

    /// <summary>Reads an error: https://docs.stripe.com/api/errors.</summary>
    public static GatewayAnswer From(StripeException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var hasEnded = exception.StripeResponse?.Headers?.TryGetValues(ReplayedHeader, out var replayed) == true && replayed.Contains("true");

        // Stripe names the kind of every error; what has none comes from something in between.
        if (exception.StripeError is not { Type.Length: > 0 } error)
            return new GatewayAnswer.Unknown(hasEnded);

        return (exception.HttpStatusCode, error.Type, error.Code) switch
        {
            (HttpStatusCode.TooManyRequests, _, not "lock_timeout") or (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _, _)
                => new GatewayAnswer.NotExecuted(new PaymentFailure(FailureReason.ServiceBusy, error.Code)),

            // The key was used with other parameters: what it was first used for may well have been carried out.
            (_, "idempotency_error", _) => new GatewayAnswer.Unknown(),

            (HttpStatusCode.PaymentRequired or HttpStatusCode.BadRequest or HttpStatusCode.NotFound, _, _) => Definite(error),
            _ => new GatewayAnswer.Unknown(hasEnded),
        };
    }

    /// <summary>Reads trouble on the way: only a request that never left is surely not carried out.</summary>
    public static GatewayAnswer From(HttpRequestException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
            ? new GatewayAnswer.NotExecuted(new PaymentFailure(FailureReason.ServiceBusy))
            : new GatewayAnswer.Unknown();
    }

    private static GatewayAnswer Definite(StripeError error)
    {
        // A confirm that came too late, perhaps after success: only the intent in the body tells what became of it.
        var isLate = error.Code is "payment_intent_unexpected_state";
        var failure = PaymentFailure.FromCodes(error.Code, error.DeclineCode);
        if (Snapshot(error.PaymentIntent, isLate ? null : failure) is { } snapshot)
            return new GatewayAnswer.Answered(snapshot);
        if (isLate)
            return new GatewayAnswer.Unknown();

        return new GatewayAnswer.Rejected(error switch
        {
            { Param: "intent" } => failure with { Reason = FailureReason.PaymentLost },
            { Param: "payment_method" } => failure with { Reason = FailureReason.PaymentMethodUnusable },
            // The request is at fault, not the card: another one would not help.
            { Type: "invalid_request_error" } when failure.Reason is FailureReason.GenericDecline
                => failure with { Reason = FailureReason.ServiceBusy },
            _ => failure,
        });
    }

    private static IntentSnapshot? Snapshot(PaymentIntent? intent, PaymentFailure? failure)
    {
        if (intent is not { Id: { Length: > 0 } id, Currency: { Length: 3 } currency }
            || !currency.All(char.IsAsciiLetter)
            || Happened(intent.Status) is not { } happened)
            return null;

        failure ??= intent.LastPaymentError is { } last ? PaymentFailure.FromCodes(last.Code, last.DeclineCode) : null;
        var card = intent.LatestCharge?.PaymentMethodDetails?.Card;
        return new IntentSnapshot(
            id,
            happened,
            new Money(intent.Amount, Currency.Of(currency)),
            intent.Metadata?.GetValueOrDefault(StripeGateway.OrderIdKey) is { } text && OrderId.TryParse(text, out var order) ? order : null,
            intent.ClientSecret,
            happened is PaymentEvent.AttemptFailed ? failure : null,
            card is { Brand: { } brand, Last4: { } last4 } ? new CardSummary(brand, last4) : null,
            new Money(intent.AmountReceived, Currency.Of(currency)),
            intent.LatestCharge?.Disputed ?? false);
    }

    private static RefundSnapshot? Snapshot(Refund? refund) =>
        refund is { Id: { Length: > 0 } id, PaymentIntentId: { Length: > 0 } intent, Currency: { Length: 3 } currency }
        && Status(refund.Status) is { } status
            ? new RefundSnapshot(id, intent, new Money(refund.Amount, Currency.Of(currency)), status, refund.FailureReason, refund.Created)
            : null;

    private static PaymentEvent? Happened(string? status) => status switch
    {
        "requires_payment_method" => PaymentEvent.AttemptFailed,
        "requires_action" => PaymentEvent.ActionRequired,
        "requires_confirmation" => PaymentEvent.ConfirmationRequired,
        "processing" => PaymentEvent.Processing,
        "requires_capture" => PaymentEvent.Authorized,
        "succeeded" => PaymentEvent.Succeeded,
        "canceled" => PaymentEvent.Canceled,
        _ => null,
    };

    private static RefundStatus? Status(string? status) => status switch
    {
        "pending" or "requires_action" => RefundStatus.Pending,
        "succeeded" => RefundStatus.Succeeded,
        "failed" => RefundStatus.Failed,
        "canceled" => RefundStatus.Canceled,
        _ => null,
    };
}
