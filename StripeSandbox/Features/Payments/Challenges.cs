using StripeSandbox.Books;
using StripeSandbox.Cards;
using StripeSandbox.Objects;

namespace StripeSandbox.Payments;

/// <summary>The bank's question to a shopper who pays, and what follows from the answer.</summary>
internal static class Challenges
{
    public static PaymentIntent Pose(UnitOfWork unit, PaymentIntent intent, TestCard card, ConfirmRequest request)
    {
        var waiting = unit.Put(intent with
        {
            Status = IntentStatus.RequiresAction,
            LatestCharge = null,
            Attempt = Ask(unit, intent, card, request) with { Amount = intent.Amount, Currency = intent.Currency },
        });
        unit.Emit("payment_intent.requires_action", waiting);
        return waiting;
    }

    /// <summary>
    /// The shopper has answered: with manual confirmation the server confirms again, with automatic the charge follows, and a failed
    /// authentication ends the attempt.
    /// </summary>
    public static Confirmed Decide(UnitOfWork unit, PaymentIntent intent, Attempt attempt, bool isAuthenticated)
    {
        var method = unit.Claim<PaymentMethod>(attempt.PaymentMethod)!;
        if (!isAuthenticated)
        {
            return Attempts.Fail(unit, intent, new Failure
            {
                Type = "invalid_request_error",
                Code = "payment_intent_authentication_failure",
                Message = "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod " +
                    "to attempt to fulfill this PaymentIntent again.",
                PaymentMethod = method,
            });
        }

        return intent.ConfirmationMethod == ConfirmationMethod.Automatic
            ? Charging.Charge(unit, intent, method, Authenticated(attempt.TransactionId))
            : new Confirmed(
                unit.Put(intent with { Status = IntentStatus.RequiresConfirmation, Attempt = attempt with { IsAuthenticated = true } }), null);
    }

    /// <summary>Opens the bank's question, for a payment or a setup.</summary>
    public static Attempt Ask(UnitOfWork unit, Intent intent, TestCard card, ConfirmRequest request)
    {
        var challenge = unit.Put(new Challenge { Id = Ids.New("src_"), Created = unit.NowSeconds, Intent = intent.Id });
        return new Attempt
        {
            PaymentMethod = intent.PaymentMethod!,
            Source = challenge.Id,
            TransactionId = Guid.NewGuid().ToString(),
            DirectoryServer = card.DisplayBrand == "amex" ? "american_express" : card.DisplayBrand,
            ConfirmedAt = unit.NowSeconds,
            UseStripeSdk = request.UseStripeSdk,
            ReturnUrl = request.ReturnUrl,
            RedirectUrl = request.ReturnUrl is null
                ? null
                : $"{request.Origin}/three-ds/{challenge.Id}?client_secret={intent.ClientSecret}",
        };
    }

    /// <summary>What a charge or a setup says about an authentication that was passed.</summary>
    public static ThreeDSecure Authenticated(string transactionId) => new("challenge", "05", "authenticated", null, transactionId);
}
