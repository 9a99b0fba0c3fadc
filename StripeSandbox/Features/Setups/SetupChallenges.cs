using StripeSandbox.Books;
using StripeSandbox.Cards;
using StripeSandbox.Objects;
using StripeSandbox.Payments;

namespace StripeSandbox.Setups;

/// <summary>The bank's question to a shopper whose card is set up, and what follows from the answer.</summary>
internal static class SetupChallenges
{
    public static SetupIntent Pose(UnitOfWork unit, SetupIntent intent, TestCard card, ConfirmRequest request)
    {
        var waiting = unit.Put(intent with { Status = IntentStatus.RequiresAction, Attempt = Challenges.Ask(unit, intent, card, request) });
        unit.Emit("setup_intent.requires_action", waiting);
        return waiting;
    }

    /// <summary>The shopper has answered: the card is set up, or the attempt has failed.</summary>
    public static Confirmed Decide(UnitOfWork unit, SetupIntent intent, Attempt attempt, bool isAuthenticated)
    {
        var method = unit.Claim<PaymentMethod>(attempt.PaymentMethod)!;
        return isAuthenticated
            ? SetupAttempts.Finish(unit, intent, method, Challenges.Authenticated(attempt.TransactionId))
            : SetupAttempts.Fail(unit, intent, new Failure
            {
                Type = "invalid_request_error",
                Code = "setup_intent_authentication_failure",
                Message = "The latest attempt to set up the payment method has failed because authentication failed.",
                PaymentMethod = method,
            });
    }
}
