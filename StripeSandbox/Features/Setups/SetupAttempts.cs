using StripeSandbox.Books;
using StripeSandbox.Cards;
using StripeSandbox.Customers;
using StripeSandbox.Objects;
using StripeSandbox.Payments;

namespace StripeSandbox.Setups;

/// <summary>What a confirm of a SetupIntent leaves behind, and how it ends.</summary>
internal static class SetupAttempts
{
    public static SetupIntent Begin(UnitOfWork unit, SetupIntent intent, PaymentMethod method)
    {
        var attempt = unit.Put(new SetupAttempt
        {
            Id = Ids.New("setatt_"),
            Created = unit.NowSeconds,
            SetupIntent = intent.Id,
            Status = SetupAttemptStatus.RequiresAction,
            PaymentMethod = method,
            Usage = intent.Usage,
            AttachToSelf = intent.AttachToSelf,
            Customer = intent.Customer,
            FlowDirections = intent.FlowDirections,
            OnBehalfOf = intent.OnBehalfOf,
        });
        return intent with
        {
            PaymentMethod = method.Id,
            LastSetupError = null,
            Confirmations = intent.Confirmations + 1,
            Attempt = null,
            SetupAttempts = [attempt.Id, .. intent.SetupAttempts],
        };
    }

    /// <summary>Asks the bank to have the card saved: a no ends the attempt, a yes saves it with the customer, if there is one.</summary>
    public static Confirmed Finish(UnitOfWork unit, SetupIntent intent, PaymentMethod method, ThreeDSecure? secure)
    {
        var card = TestCards.Named(method.Card);
        if (card.Decline is { } decline && (card.IsDeclinedWhenSaved || card.Authentication == Authentication.LookupFails))
            return Fail(unit, intent, Declined(decline, method), secure: secure);

        var ready = unit.Put(method with
        {
            IsSetUpForOffSession = method.IsSetUpForOffSession || intent.Usage == "off_session",
            IsKeptForLater = true,
        });
        if (intent.Customer is { } id && unit.Find<Customer>(id) is { IsDeleted: false } customer && !ready.IsDetached)
            SavedMethods.Keep(unit, customer, ready);
        End(unit, intent, SetupAttemptStatus.Succeeded, null, secure);
        var succeeded = unit.Put(intent with { Status = IntentStatus.Succeeded, PaymentMethod = method.Id, Attempt = null });
        unit.Emit("setup_intent.succeeded", succeeded);
        return new Confirmed(succeeded, null);
    }

    /// <summary>Ends the attempt: the intent asks for another PaymentMethod.</summary>
    public static Confirmed Fail(
        UnitOfWork unit, SetupIntent intent, Failure failure, SetupAttemptStatus status = SetupAttemptStatus.Failed, ThreeDSecure? secure = null)
    {
        End(unit, intent, status, failure, secure);
        var failed = unit.Put(intent with
        {
            Status = IntentStatus.RequiresPaymentMethod,
            PaymentMethod = null,
            LastSetupError = failure,
            Attempt = null,
        });
        unit.Emit("setup_intent.setup_failed", failed);
        return new Confirmed(failed, failure);
    }

    /// <summary>Closes the bank's question without an answer.</summary>
    public static void Supersede(UnitOfWork unit, SetupIntent intent)
    {
        if (intent.Attempt is null)
            return;
        Attempts.Supersede(unit, intent);
        End(unit, intent, SetupAttemptStatus.Abandoned, null, null);
    }

    /// <summary>Fails an attempt that nobody finished within the hour; an intent that has time left stays as it is.</summary>
    public static void Lapse(UnitOfWork unit, SetupIntent intent)
    {
        if (!Attempts.HasLapsed(intent, unit.NowSeconds))
            return;
        Attempts.Supersede(unit, intent);
        Fail(unit, intent, new Failure
        {
            Type = "invalid_request_error",
            Code = "setup_intent_setup_attempt_expired",
            Message = "The latest setup attempt of this SetupIntent has expired. Provide a new payment method to attempt the setup again.",
            PaymentMethod = unit.Find<PaymentMethod>(intent.Attempt!.PaymentMethod),
        }, SetupAttemptStatus.Abandoned);
    }

    private static void End(UnitOfWork unit, SetupIntent intent, SetupAttemptStatus status, Failure? error, ThreeDSecure? secure)
    {
        var attempt = unit.Find<SetupAttempt>(intent.LatestAttempt!)!;
        unit.Put(attempt with { Status = status, SetupError = error, ThreeDSecure = secure });
    }

    private static Failure Declined(Decline decline, PaymentMethod method) =>
        decline.ToFailure() with { DeclineCode = decline.DeclineCode ?? decline.Code, PaymentMethod = method };
}
