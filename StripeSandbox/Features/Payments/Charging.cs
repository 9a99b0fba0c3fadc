using System.Collections.Frozen;
using StripeSandbox.Balance;
using StripeSandbox.Books;
using StripeSandbox.Cards;
using StripeSandbox.Customers;
using StripeSandbox.Disputes;
using StripeSandbox.Objects;
using StripeSandbox.Refunds;

namespace StripeSandbox.Payments;

/// <summary>Asks the card's bank for the money, and writes down what it answered.</summary>
internal static class Charging
{
    /// <summary>How long an authorization that is not captured holds.</summary>
    public static readonly TimeSpan AuthorizationLifetime = TimeSpan.FromDays(7);

    private static readonly FrozenDictionary<Risk, ChargeOutcome> Approved = Enum.GetValues<Risk>().ToFrozenDictionary(risk => risk, risk =>
        new ChargeOutcome("authorized", "approved_by_network", null, RiskLevel(risk), "Payment complete.", null, null));

    /// <summary>How long an asynchronous capture takes to reach the balance.</summary>
    private const int SettlementSeconds = 1;

    /// <summary>Charges the method that the intent was confirmed with; the intent succeeds, waits for capture, or fails.</summary>
    public static Confirmed Charge(UnitOfWork unit, PaymentIntent intent, PaymentMethod method, ThreeDSecure? secure)
    {
        var card = TestCards.Named(method.Card);
        return card.Decline is { } decline
            ? Declined(unit, intent, method, card, decline, secure)
            : Paid(unit, intent, method, card, secure);
    }

    private static Confirmed Paid(UnitOfWork unit, PaymentIntent intent, PaymentMethod method, TestCard card, ThreeDSecure? secure)
    {
        var capturesLater = intent.CaptureMethod == CaptureMethod.Manual;
        long? captureBefore = capturesLater ? unit.NowSeconds + (long)AuthorizationLifetime.TotalSeconds : null;
        var charge = NewCharge(unit, intent, method, secure, ChargeStatus.Succeeded, Approved[card.Risk]) with
        {
            Captured = !capturesLater,
            AmountCaptured = capturesLater ? 0 : intent.Amount,
            CaptureBefore = captureBefore,
        };
        charge = unit.Put(capturesLater ? charge : Collect(unit, charge, intent.CaptureMethod));
        Save(unit, intent, method, secure);
        var paid = unit.Put(intent with
        {
            Status = capturesLater ? IntentStatus.RequiresCapture : IntentStatus.Succeeded,
            PaymentMethod = method.Id,
            LatestCharge = charge.Id,
            Charges = [charge.Id, .. intent.Charges],
            LastPaymentError = null,
            AmountCapturable = capturesLater ? intent.Amount : 0,
            AmountReceived = capturesLater ? 0 : intent.Amount,
            CaptureBefore = captureBefore,
            Attempt = null,
        });
        unit.Emit("charge.succeeded", charge);
        unit.Emit(capturesLater ? "payment_intent.amount_capturable_updated" : "payment_intent.succeeded", paid);
        if (!capturesLater)
            Disputing.Open(unit, charge, card);
        return new Confirmed(paid, null);
    }

    // https://docs.stripe.com/payments/save-during-payment
    private static void Save(UnitOfWork unit, PaymentIntent intent, PaymentMethod method, ThreeDSecure? secure)
    {
        if (intent.FutureUsage is not { } usage || method.IsDetached)
            return;
        var isSetUp = usage == "off_session" && secure is { Result: "authenticated" };
        var kept = unit.Put(method with { IsKeptForLater = true, IsSetUpForOffSession = method.IsSetUpForOffSession || isSetUp });
        if (intent.Customer is { } id && unit.Find<Customer>(id) is { IsDeleted: false } customer)
            SavedMethods.Keep(unit, customer, kept);
    }

    /// <summary>Captures an authorized charge; what is not captured goes back to the shopper.</summary>
    public static PaymentIntent Capture(UnitOfWork unit, PaymentIntent intent, long amount)
    {
        var authorized = unit.Find<Charge>(intent.LatestCharge!)!;
        var charge = unit.Put(Collect(
            unit, authorized with { Captured = true, AmountCaptured = amount, CaptureBefore = null }, CaptureMethod.Automatic));
        var captured = unit.Put(intent with
        {
            Status = IntentStatus.Succeeded,
            AmountReceived = amount,
            AmountCapturable = 0,
            CaptureBefore = null,
        });
        unit.Emit("charge.captured", charge, authorized);
        if (amount < charge.Amount)
            Refunding.Release(unit, charge, charge.Amount - amount, null);
        unit.Emit("payment_intent.succeeded", captured);
        Disputing.Open(unit, charge, TestCards.Named(charge.PaymentMethod.Card));
        return captured;
    }

    /// <summary>An asynchronous capture has reached the balance.</summary>
    public static void Settle(UnitOfWork unit, Charge charge)
    {
        var settled = unit.Put(charge with
        {
            SettlesAt = null,
            BalanceTransaction = BalanceEntries.ForCharge(unit, charge).Id,
        });
        unit.Emit("charge.updated", settled, charge);
    }

    private static Charge Collect(UnitOfWork unit, Charge charge, CaptureMethod method) => method == CaptureMethod.AutomaticAsync
        ? charge with { SettlesAt = unit.NowSeconds + SettlementSeconds }
        : charge with { BalanceTransaction = BalanceEntries.ForCharge(unit, charge).Id };

    private static Confirmed Declined(
        UnitOfWork unit, PaymentIntent intent, PaymentMethod method, TestCard card, Decline decline, ThreeDSecure? secure)
    {
        var charge = unit.Put(NewCharge(unit, intent, method, secure, ChargeStatus.Failed, OutcomeOf(card, decline)) with
        {
            FailureCode = decline.Code,
            FailureMessage = decline.Message,
        });
        unit.Emit("charge.failed", charge);
        return Attempts.Fail(unit, intent, decline.ToFailure() with { Charge = charge.Id, PaymentMethod = method }, charge.Id);
    }

    private static ChargeOutcome OutcomeOf(TestCard card, Decline decline)
    {
        var reason = decline.DeclineCode ?? decline.Code;
        return decline.IsBlocked
            ? new ChargeOutcome(
                "blocked", "not_sent_to_network", "highest_risk_level", RiskLevel(card.Risk),
                "Stripe blocked this payment as too risky.", decline.AdviceCode, null)
            : new ChargeOutcome(
                "issuer_declined", "declined_by_network", reason, RiskLevel(card.Risk),
                decline == Decline.Generic
                    ? "The bank did not return any further details with this decline."
                    : $"The bank returned the decline code `{reason}`.",
                decline.AdviceCode, decline.NetworkDeclineCode);
    }

    private static Charge NewCharge(
        UnitOfWork unit, PaymentIntent intent, PaymentMethod method, ThreeDSecure? secure, ChargeStatus status, ChargeOutcome outcome) =>
        new()
        {
            Id = Ids.New("ch_"),
            Created = unit.NowSeconds,
            Amount = intent.Amount,
            Currency = intent.Currency,
            Status = status,
            PaymentIntent = intent.Id,
            PaymentMethod = method,
            Outcome = outcome,
            Customer = intent.Customer,
            Description = intent.Description,
            Metadata = intent.Metadata,
            OnBehalfOf = intent.OnBehalfOf,
            ApplicationFeeAmount = intent.ApplicationFeeAmount,
            ReceiptEmail = intent.ReceiptEmail,
            Shipping = intent.Shipping,
            StatementDescriptor = intent.StatementDescriptor,
            StatementDescriptorSuffix = intent.StatementDescriptorSuffix,
            ThreeDSecure = secure,
            TransferDestination = intent.TransferDestination,
            TransferGroup = intent.TransferGroup,
        };

    private static string RiskLevel(Risk risk) => risk switch
    {
        Risk.Highest => "highest",
        Risk.Elevated => "elevated",
        _ => "normal",
    };
}
