using StripeSandbox.Api;
using StripeSandbox.Books;
using StripeSandbox.Objects;
using StripeSandbox.Payments.Cards;
using StripeSandbox.Setups;

namespace StripeSandbox.Payments;

/// <summary>The bank's question to the shopper, and what follows from the answer.</summary>
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

    public static SetupIntent Pose(UnitOfWork unit, SetupIntent intent, TestCard card, ConfirmRequest request)
    {
        var waiting = unit.Put(intent with { Status = IntentStatus.RequiresAction, Attempt = Ask(unit, intent, card, request) });
        unit.Emit("setup_intent.requires_action", waiting);
        return waiting;
    }

    /// <summary>
    /// The shopper has answered: with manual confirmation the server confirms again, with automatic the charge follows, a
    /// card that was to be set up is, and a failed authentication ends the attempt.
    /// </summary>
    /// <exception cref="Refusal">There is no such question, or it is not open any more (nothing has changed).</exception>
    public static Confirmed Decide(UnitOfWork unit, string source, bool isAuthenticated)
    {
        if (unit.Find<Challenge>(source) is not { } posed)
            throw Refusal.NoSuch("source", source, "source");
        var intent = unit.Claim<Intent>(posed.Intent)!;
        var challenge = unit.Find<Challenge>(source)!;
        if (challenge.State != ChallengeState.Pending || intent.Attempt is not { } attempt || attempt.Source != source)
            throw Refusal.UnexpectedState("This authentication is over: it was answered, replaced by another confirmation, or took too long.", intent);

        unit.Put(challenge with { State = isAuthenticated ? ChallengeState.Succeeded : ChallengeState.Failed });
        if (intent.Customer is { } customer)
            unit.Claim<Customer>(customer);
        return intent is SetupIntent setup
            ? DecideSetup(unit, setup, attempt, isAuthenticated)
            : DecidePayment(unit, (PaymentIntent)intent, attempt, isAuthenticated);
    }

    /// <summary>What a charge or a setup says about an authentication that was passed.</summary>
    public static ThreeDSecure Authenticated(string transactionId) => new("challenge", "05", "authenticated", null, transactionId);

    private static Attempt Ask(UnitOfWork unit, Intent intent, TestCard card, ConfirmRequest request)
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

    private static Confirmed DecidePayment(UnitOfWork unit, PaymentIntent intent, Attempt attempt, bool isAuthenticated)
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

    private static Confirmed DecideSetup(UnitOfWork unit, SetupIntent intent, Attempt attempt, bool isAuthenticated)
    {
        var method = unit.Claim<PaymentMethod>(attempt.PaymentMethod)!;
        return isAuthenticated
            ? SetupAttempts.Finish(unit, intent, method, Authenticated(attempt.TransactionId))
            : SetupAttempts.Fail(unit, intent, new Failure
            {
                Type = "invalid_request_error",
                Code = "setup_intent_authentication_failure",
                Message = "The latest attempt to set up the payment method has failed because authentication failed.",
                PaymentMethod = method,
            });
    }
}
