using StripeSandbox.Books;
using StripeSandbox.Cards;
using StripeSandbox.Customers;
using StripeSandbox.Errors;
using StripeSandbox.Objects;

namespace StripeSandbox.Payments;

/// <summary>What a confirm asks for.</summary>
internal sealed record ConfirmRequest
{
    /// <summary>The id or token of the PaymentMethod; null takes the intent's own.</summary>
    public string? PaymentMethod { get; init; }

    /// <summary>A card that comes with the request instead of an id.</summary>
    public CardDetails? Card { get; init; }

    public bool IsOffSession { get; init; }

    public bool ErrorOnRequiresAction { get; init; }

    public bool UseStripeSdk { get; init; }

    public string? ReturnUrl { get; init; }

    /// <summary>The address at which the caller reached the sandbox.</summary>
    public required string Origin { get; init; }
}

/// <summary>
/// Confirms an intent: authentication where the card's bank wants it, then the charge
/// (https://docs.stripe.com/payments/paymentintents/lifecycle).
/// </summary>
internal static class Confirmation
{
    /// <summary>Past this many confirms an intent is canceled; Stripe has such a limit and does not tell it.</summary>
    public const int MaxConfirmations = 100;

    /// <exception cref="Refusal">The intent, or the PaymentMethod, is in no state to be confirmed; nothing has changed.</exception>
    public static Confirmed Confirm(UnitOfWork unit, PaymentIntent intent, ConfirmRequest request)
    {
        RequireConfirmable(intent);
        if (intent.Confirmations >= MaxConfirmations)
            return new Confirmed(Cancellation.Cancel(unit, intent, "automatic"), null);

        if (intent.Customer is { } customer)
            CustomerRecords.Named(unit, customer);
        var method = MethodOf(unit, intent, request);
        PaymentMethods.RequireUsable(unit, method, intent);
        RequireShopperWhereSaved(unit, intent, request);

        var answered = intent.Attempt is { IsAuthenticated: true } attempt
            && attempt.PaymentMethod == method.Id && attempt.Amount == intent.Amount && attempt.Currency == intent.Currency
            ? attempt
            : null;
        Attempts.Supersede(unit, intent);
        method = unit.Put(method with { UsedBy = intent.Id });
        var confirming = intent with
        {
            PaymentMethod = method.Id,
            LastPaymentError = null,
            Confirmations = intent.Confirmations + 1,
            Attempt = null,
        };

        if (answered is not null)
            return Charging.Charge(unit, confirming, method, Challenges.Authenticated(answered.TransactionId));

        var card = TestCards.Named(method.Card);
        return NeedsAuthentication(card, method, confirming, request.IsOffSession)
            ? Authenticate(unit, confirming, method, card, request)
            : Charging.Charge(unit, confirming, method, WithoutChallenge(card));
    }

    private static Confirmed Authenticate(UnitOfWork unit, PaymentIntent intent, PaymentMethod method, TestCard card, ConfirmRequest request)
    {
        if (request.ErrorOnRequiresAction)
        {
            return Attempts.Fail(unit, intent, Unauthenticated(method, "authentication_not_handled",
                "This payment required an authentication action to complete, but `error_on_requires_action` was set. " +
                "When you're ready, you can upgrade your integration to handle actions at " +
                "https://stripe.com/docs/payments/payment-intents/upgrade-to-handle-actions."));
        }

        if (request.IsOffSession)
        {
            return Attempts.Fail(unit, intent, Unauthenticated(method, "authentication_required",
                "Your card was declined. This transaction requires authentication."));
        }

        return new Confirmed(Challenges.Pose(unit, intent, card, request), null);
    }

    private static bool NeedsAuthentication(TestCard card, PaymentMethod method, PaymentIntent intent, bool isOffSession) => card.Authentication switch
    {
        Authentication.Always => true,
        Authentication.UnlessSetUp => !(isOffSession && method.IsSetUpForOffSession),
        Authentication.OnSessionOnly => !isOffSession,
        Authentication.Optional => intent.RequestThreeDSecure is "any" or "challenge" && !isOffSession,
        _ => false,
    };

    /// <summary>What the bank said without having asked the shopper; null where it was not asked either.</summary>
    public static ThreeDSecure? WithoutChallenge(TestCard card) => card.Authentication switch
    {
        Authentication.Frictionless => new ThreeDSecure("frictionless", "05", "authenticated", null, Guid.NewGuid().ToString()),
        Authentication.LookupFails => new ThreeDSecure(null, null, "processing_error", "protocol_error", null),
        _ => null,
    };

    private static PaymentMethod MethodOf(UnitOfWork unit, PaymentIntent intent, ConfirmRequest request) =>
        request.Card is { } card ? PaymentMethods.Create(unit, card)
        : (request.PaymentMethod ?? intent.PaymentMethod) is { } id ? PaymentMethods.Resolve(unit, id)
        : throw StateErrors.NothingToConfirmWith(intent);

    private static void RequireShopperWhereSaved(UnitOfWork unit, PaymentIntent intent, ConfirmRequest request)
    {
        if (request.IsOffSession && intent.FutureUsage is not null)
            throw StateErrors.NeedsShopper(unit.Books.Find<PaymentIntent>(intent.Id));
    }

    /// <summary>Whether a confirm, a new PaymentMethod or a new amount are still welcome.</summary>
    public static bool IsConfirmable(PaymentIntent intent) =>
        intent.Status is IntentStatus.RequiresPaymentMethod or IntentStatus.RequiresConfirmation or IntentStatus.RequiresAction;

    private static void RequireConfirmable(PaymentIntent intent)
    {
        if (!IsConfirmable(intent))
            throw StateErrors.CannotConfirm(intent);
    }

    private static Failure Unauthenticated(PaymentMethod method, string declineCode, string message) => new()
    {
        Type = "card_error",
        Code = "authentication_required",
        DeclineCode = declineCode,
        Message = message,
        PaymentMethod = method,
    };
}
