using StripeSandbox.Books;
using StripeSandbox.Cards;
using StripeSandbox.Customers;
using StripeSandbox.Errors;
using StripeSandbox.Objects;
using StripeSandbox.Payments;

namespace StripeSandbox.Setups;

/// <summary>
/// Confirms a SetupIntent: authentication where the card's bank wants it, then the bank's yes or no to its being saved
/// (https://docs.stripe.com/payments/setup-intents).
/// </summary>
internal static class SetupConfirmation
{
    /// <summary>Whether a confirm or a new PaymentMethod are still welcome.</summary>
    public static bool IsConfirmable(SetupIntent intent) =>
        intent.Status is IntentStatus.RequiresPaymentMethod or IntentStatus.RequiresConfirmation or IntentStatus.RequiresAction;

    /// <exception cref="Refusal">The intent, or the PaymentMethod, is in no state to be confirmed; nothing has changed.</exception>
    public static Confirmed Confirm(UnitOfWork unit, SetupIntent intent, ConfirmRequest request)
    {
        if (request.Card is null && (request.PaymentMethod ?? intent.PaymentMethod) is null)
            throw StateErrors.NothingToConfirmWith(intent);
        RequireConfirmable(intent);
        if (intent.Confirmations >= Confirmation.MaxConfirmations)
            return new Confirmed(Cancel(unit, intent, null), null);

        if (intent.Customer is { } customer)
            CustomerRecords.Named(unit, customer);
        var method = request.Card is { } typed
            ? PaymentMethods.Create(unit, typed)
            : PaymentMethods.Resolve(unit, (request.PaymentMethod ?? intent.PaymentMethod)!);
        PaymentMethods.RequireUsable(unit, method, intent);
        SetupAttempts.Supersede(unit, intent);
        method = unit.Put(method with { UsedBy = intent.Id });
        var card = TestCards.Named(method.Card);
        var confirming = SetupAttempts.Begin(unit, intent, method);
        return NeedsAuthentication(card, confirming)
            ? new Confirmed(SetupChallenges.Pose(unit, confirming, card, request), null)
            : SetupAttempts.Finish(unit, confirming, method, Confirmation.WithoutChallenge(card));
    }

    /// <exception cref="Refusal">The intent has succeeded or is canceled already.</exception>
    public static SetupIntent Cancel(UnitOfWork unit, SetupIntent intent, string? reason)
    {
        if (!IsConfirmable(intent))
            throw StateErrors.CannotCancel(intent);

        SetupAttempts.Supersede(unit, intent);
        var canceled = unit.Put(intent with { Status = IntentStatus.Canceled, CancellationReason = reason, Attempt = null });
        unit.Emit("setup_intent.canceled", canceled);
        return canceled;
    }

    // The shopper is there to be asked, so a card that is set up already for when they are not is asked like any other.
    private static bool NeedsAuthentication(TestCard card, SetupIntent intent) => card.Authentication switch
    {
        Authentication.Always or Authentication.UnlessSetUp or Authentication.OnSessionOnly => true,
        Authentication.Optional => intent.RequestThreeDSecure is "any" or "challenge",
        _ => false,
    };

    private static void RequireConfirmable(SetupIntent intent)
    {
        if (!IsConfirmable(intent))
            throw StateErrors.CannotConfirm(intent);
    }
}
