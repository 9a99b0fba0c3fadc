using System.Diagnostics;
using PaymentApp.Payments;

namespace PaymentApp.Checkout;

/// <summary>What a shopper waits for.</summary>
internal enum CheckoutActivity
{
    CheckingCard,
    WaitingForBank,
    Confirming,
}

/// <summary>The way of a payment, as its shopper goes it.</summary>
public enum CheckoutStep
{
    /// <summary>The card is entered and checked.</summary>
    Card,

    /// <summary>The bank decides, and may want to see the shopper.</summary>
    Bank,

    /// <summary>The payment is confirmed.</summary>
    Confirmation,
}

/// <summary>What the checkout form shows: always exactly one of these.</summary>
internal abstract record CheckoutState
{
    private CheckoutState()
    {
    }

    /// <summary>What a shopper who is done wants to see; null before.</summary>
    public PaidReceipt? FinalReceipt => this switch
    {
        Paid { Receipt: var paid } => paid,
        Authorized { Receipt: var held } => held,
        _ => null,
    };

    /// <summary>Where the payment is; null where it has come to its end.</summary>
    public CheckoutStep? Step => this switch
    {
        Working { Activity: CheckoutActivity.WaitingForBank } or Resumable { AtBank: true } => CheckoutStep.Bank,
        Working { Activity: CheckoutActivity.Confirming } or Resumable or OutcomeUnknown or Processing => CheckoutStep.Confirmation,
        Paid or Authorized or Closed => null,
        _ => CheckoutStep.Card,
    };

    /// <summary>Whether no card is needed any more.</summary>
    public bool IsSettled => this is Paid or Authorized or Processing or Closed;

    /// <summary>What comes after an answer of the server that says how things stand.</summary>
    public static CheckoutState After(PaymentOutcome outcome, CheckoutText text) => outcome switch
    {
        PaymentOutcome.Succeeded { Receipt: var receipt } => new Paid(receipt),
        PaymentOutcome.RequiresCapture { Receipt: var receipt } => new Authorized(receipt),
        PaymentOutcome.ActionRequired => new Resumable(AtBank: true),
        PaymentOutcome.Declined { Failure: { Reason: FailureReason.PaymentLost } failure } => new Closed(text.Failure(failure.Reason)),
        PaymentOutcome.Declined { Failure: var failure } => new Ready(text.Failure(failure.Reason)),
        PaymentOutcome.Processing => new Processing(),
        PaymentOutcome.Canceled => new Closed(text["Canceled"]),
        PaymentOutcome.Unknown => new OutcomeUnknown(),
        PaymentOutcome.Refused { Reason: RefusalReason.UnknownOrder or RefusalReason.IntentMismatch or RefusalReason.OrderTriedTooOften } refused =>
            new Closed(text.Refusal(refused), NeedsShop: refused.Reason is RefusalReason.IntentMismatch),
        PaymentOutcome.Refused refused => new Ready(text.Refusal(refused)),
        _ => throw new UnreachableException(),
    };

    /// <summary>What is shown of an order that nothing is being done about.</summary>
    /// <param name="view">Null where there is no such order.</param>
    public static CheckoutState Standing(PaymentView? view, CheckoutText text) => view switch
    {
        null => new Closed(text["Refusal_UnknownOrder"]),
        { State: PaymentState.Paid } => new Paid(view.Receipt),
        { State: PaymentState.Canceled } => new Closed(text["Canceled"]),
        { IsChecking: true } => new OutcomeUnknown(),
        { IsGivenUp: true } => new Ready(),
        { State: PaymentState.AwaitingAuthentication } => new Resumable(AtBank: true),
        { State: PaymentState.AwaitingConfirmation } => new Resumable(AtBank: false),
        { State: PaymentState.Processing } => new Processing(),
        { State: PaymentState.Authorized } => new Authorized(view.Receipt),
        _ => new Ready(),
    };

    /// <summary>The same, with why what was asked last was not done.</summary>
    public CheckoutState With(string alert) => this switch
    {
        Ready ready => ready with { Alert = alert },
        Resumable resumable => resumable with { Alert = alert },
        OutcomeUnknown unknown => unknown with { Alert = alert },
        Processing processing => processing with { Alert = alert },
        _ => this,
    };

    /// <summary>Whether nothing else would be read in its place.</summary>
    public bool SaysTheSameAs(CheckoutState other) => this is Resumable { AtBank: var atBank } && other is Resumable { AtBank: var otherAtBank }
        ? atBank == otherAtBank
        : GetType() == other.GetType();

    /// <summary>The order and Stripe.js are on their way.</summary>
    public sealed record Loading : CheckoutState;

    /// <summary>Stripe.js did not come: without it there is no card field.</summary>
    public sealed record StripeUnavailable : CheckoutState;

    /// <summary>A card may be entered.</summary>
    /// <param name="Alert">Why the last attempt did not work and what to do, if there was one.</param>
    public sealed record Ready(string? Alert = null) : CheckoutState;

    /// <summary>An earlier attempt can go on where it stopped.</summary>
    /// <param name="AtBank">Whether the bank still waits for the shopper, or only the last confirmation is missing.</param>
    public sealed record Resumable(bool AtBank, string? Alert = null) : CheckoutState;

    /// <summary>A payment is under way; nothing can be pressed.</summary>
    /// <param name="WithCardShown">Whether it began with the card on this page, which then stays in sight.</param>
    public sealed record Working(CheckoutActivity Activity, bool WithCardShown) : CheckoutState;

    /// <summary>Nobody knows yet what became of a request.</summary>
    public sealed record OutcomeUnknown(string? Alert = null) : CheckoutState;

    /// <summary>Stripe still works on it.</summary>
    public sealed record Processing(string? Alert = null) : CheckoutState;

    /// <summary>The money was taken.</summary>
    public sealed record Paid(PaidReceipt Receipt) : CheckoutState;

    /// <summary>The bank holds the amount; the shopper is done.</summary>
    public sealed record Authorized(PaidReceipt Receipt) : CheckoutState;

    /// <summary>This order cannot be paid any more.</summary>
    /// <param name="NeedsShop">Whether only the shop can say what comes next.</param>
    public sealed record Closed(string Alert, bool NeedsShop = false) : CheckoutState;
}
