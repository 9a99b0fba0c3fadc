using System.Net;
using PaymentApp.Payments;
using Stripe;

namespace PaymentApp.Stripe;

/// <summary>The one place where what Stripe says, or fails to say, becomes a <see cref="GatewayAnswer{T}"/>.</summary>
internal static class StripeAnswers
{
    /// <summary>Stripe sets it on an answer that it had stored under the idempotency key.</summary>
    private const string ReplayedHeader = "Idempotent-Replayed";

    /// <summary>Reads an intent. What cannot be read is an unknown outcome: the request may have been carried out.</summary>
    public static GatewayAnswer<IntentSnapshot> From(PaymentIntent? intent) => Read(Snapshot(intent, failure: null));

    /// <summary>Reads a refund that was just made.</summary>
    public static GatewayAnswer<RefundSnapshot> From(Refund? refund) => Read(StripeMoney.Snapshot(refund, charge: null));

    /// <summary>Reads all that belongs to a payment; unknown where a part of it cannot be read.</summary>
    public static GatewayAnswer<PaymentSnapshot> From(
        IntentSnapshot intent, IEnumerable<Refund> refunds, IEnumerable<Dispute>? disputes, IEnumerable<global::Stripe.Radar.EarlyFraudWarning> warnings) =>
        StripeMoney.All(refunds, refund => StripeMoney.Snapshot(refund, intent.Charge)) is { } readRefunds
        && StripeMoney.All(disputes ?? [], StripeMoney.Snapshot) is { } readDisputes
        && StripeMoney.All(warnings, StripeMoney.Snapshot) is { } readWarnings
            ? new GatewayAnswer<PaymentSnapshot>.Answered(
                new PaymentSnapshot(intent, readRefunds, disputes is null ? null : readDisputes, readWarnings))
            : new GatewayAnswer<PaymentSnapshot>.Unknown();

    /// <summary>Reads an error, which may carry the intent that was asked for: https://docs.stripe.com/api/errors.</summary>
    public static GatewayAnswer<T> From<T>(StripeException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var hasEnded = exception.StripeResponse?.Headers?.TryGetValues(ReplayedHeader, out var replayed) == true && replayed.Contains("true");

        // Stripe names the kind of every error; what has none comes from something in between.
        if (exception.StripeError is not { Type.Length: > 0 } error)
            return new GatewayAnswer<T>.Unknown(hasEnded);

        return (exception.HttpStatusCode, error.Type, error.Code) switch
        {
            (HttpStatusCode.TooManyRequests, _, not "lock_timeout") or (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _, _)
                => new GatewayAnswer<T>.NotExecuted(new PaymentFailure(FailureReason.ServiceBusy, error.Code)),

            // The key was used with other parameters and says nothing else from now on: what became of its first use is in the intent.
            (HttpStatusCode.BadRequest, "idempotency_error", _) => new GatewayAnswer<T>.Unknown(HasEnded: true),
            (_, "idempotency_error", _) => new GatewayAnswer<T>.Unknown(),

            (HttpStatusCode.PaymentRequired or HttpStatusCode.BadRequest or HttpStatusCode.NotFound, _, _) => Definite<T>(error),
            _ => new GatewayAnswer<T>.Unknown(hasEnded),
        };
    }

    /// <summary>Reads trouble on the way: only a request that never left is surely not carried out.</summary>
    public static GatewayAnswer<T> From<T>(HttpRequestException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
            ? new GatewayAnswer<T>.NotExecuted(new PaymentFailure(FailureReason.ServiceBusy))
            : new GatewayAnswer<T>.Unknown();
    }

    private static GatewayAnswer<T> Read<T>(T? snapshot)
        where T : class => snapshot is null ? new GatewayAnswer<T>.Unknown() : new GatewayAnswer<T>.Answered(snapshot);

    private static GatewayAnswer<T> Definite<T>(StripeError error)
    {
        // A confirm that came too late, perhaps after success: only the intent in the body tells what became of it.
        var isLate = error.Code is "payment_intent_unexpected_state";
        var failure = PaymentFailure.FromCodes(error.Code, error.DeclineCode);
        if (!isLate && IsOvertaken<T>(error))
            return new GatewayAnswer<T>.Overtaken(failure with { Reason = FailureReason.ServiceBusy });
        if (Snapshot(error.PaymentIntent, isLate ? null : failure) is T asked)
            return new GatewayAnswer<T>.Answered(asked);
        if (isLate)
            return new GatewayAnswer<T>.Overtaken(failure with { Reason = FailureReason.ServiceBusy });

        return new GatewayAnswer<T>.Rejected(error switch
        {
            { Param: "intent" } => failure with { Reason = FailureReason.PaymentLost },
            { Param: "payment_method" } => failure with { Reason = FailureReason.PaymentMethodUnusable },
            // The request is at fault, not the card: another one would not help.
            { Type: "invalid_request_error" } when failure.Reason is FailureReason.GenericDecline
                => failure with { Reason = FailureReason.ServiceBusy },
            _ => failure,
        });
    }

    /// <summary>
    /// Whether Stripe refuses because the money is not where the shop thought: https://docs.stripe.com/error-codes. What
    /// is wrong with an amount it says by the name of the parameter alone.
    /// </summary>
    private static bool IsOvertaken<T>(StripeError error) =>
        error.Code is "charge_already_refunded" or "charge_already_captured" or "charge_disputed" or "refund_disputed_payment"
            or "charge_expired_for_capture" or "capture_charge_authorization_expired" or "amount_too_large"
        || error.Param is "amount_to_capture"
        || (typeof(T) == typeof(RefundSnapshot) && error.Param is "amount");

    private static IntentSnapshot? Snapshot(PaymentIntent? intent, PaymentFailure? failure)
    {
        if (intent is not { Id: { Length: > 0 } text, Currency: { Length: 3 } currency }
            || !PaymentIntentId.TryParse(text, out var id)
            || !currency.All(char.IsAsciiLetter)
            || StateOf(intent.Status) is not { } state)
            return null;

        failure ??= intent.LastPaymentError is { } last ? PaymentFailure.FromCodes(last.Code, last.DeclineCode) : null;
        var card = intent.LatestCharge?.PaymentMethodDetails?.Card;
        return new IntentSnapshot(
            id,
            state,
            new Money(intent.Amount, Currency.Of(currency)),
            intent.Metadata?.GetValueOrDefault(StripeGateway.OrderIdKey) is { } reference && OrderId.TryParse(reference, out var order) ? order : null,
            intent.ClientSecret,
            state is PaymentState.AwaitingPayment ? failure : null,
            card is { Brand: { } brand, Last4: { } last4 } ? new CardSummary(brand, last4) : null,
            new Money(intent.AmountReceived, Currency.Of(currency)),
            StripeMoney.Snapshot(intent.LatestCharge, isHeldFirst: intent.CaptureMethod is "manual"),
            intent is { LatestChargeId: not null, LatestCharge: null })
        {
            Origin = Origin(intent.LastPaymentError?.PaymentMethod?.Id, intent.LastPaymentError?.PaymentMethod?.Card?.Country)
                ?? Origin(intent.LatestCharge?.PaymentMethod, card?.Country),
        };
    }

    private static CardOrigin? Origin(string? paymentMethod, string? country) =>
        country is { Length: 2 } && country.All(char.IsAsciiLetter) && PaymentMethodId.TryParse(paymentMethod, out var id)
            ? new CardOrigin(id, country.ToUpperInvariant())
            : null;

    private static PaymentState? StateOf(string? status) => status switch
    {
        "requires_payment_method" => PaymentState.AwaitingPayment,
        "requires_action" => PaymentState.AwaitingAuthentication,
        "requires_confirmation" => PaymentState.AwaitingConfirmation,
        "processing" => PaymentState.Processing,
        "requires_capture" => PaymentState.Authorized,
        "succeeded" => PaymentState.Paid,
        "canceled" => PaymentState.Canceled,
        _ => null,
    };
}
