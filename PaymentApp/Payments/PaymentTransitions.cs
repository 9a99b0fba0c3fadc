namespace PaymentApp.Payments;

/// <summary>How an event was taken.</summary>
public enum TransitionVerdict
{
    /// <summary>The order moved.</summary>
    Applied,

    /// <summary>The order was there already.</summary>
    Duplicate,

    /// <summary>Old news, overtaken by what is known: kept out.</summary>
    OutOfOrder,

    /// <summary>Stripe cannot have said this of this order: somebody has to look.</summary>
    Illegal,
}

/// <param name="Verdict">How the event was taken.</param>
/// <param name="State">Where the order stands now; the old state unless the verdict is <see cref="TransitionVerdict.Applied"/>.</param>
public readonly record struct Transition(TransitionVerdict Verdict, PaymentState State);

/// <summary>
/// The one table of what may follow what (invariant 4). Whatever changes an order's payment state goes through it.
/// States: https://docs.stripe.com/payments/paymentintents/lifecycle.
/// </summary>
public static class PaymentTransitions
{
    public static Transition Apply(PaymentState state, PaymentEvent happened)
    {
        var verdict = Judge(state, happened);
        return new(verdict, verdict is TransitionVerdict.Applied ? Target(happened) : state);
    }

    /// <summary>The state that an event leads to where it may.</summary>
    public static PaymentState Target(PaymentEvent happened) => happened switch
    {
        PaymentEvent.AttemptFailed => PaymentState.AwaitingPayment,
        PaymentEvent.ActionRequired => PaymentState.AwaitingAuthentication,
        PaymentEvent.ConfirmationRequired => PaymentState.AwaitingConfirmation,
        PaymentEvent.Processing => PaymentState.Processing,
        PaymentEvent.Authorized => PaymentState.Authorized,
        PaymentEvent.Succeeded => PaymentState.Paid,
        PaymentEvent.Canceled => PaymentState.Canceled,
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, null),
    };

    private static TransitionVerdict Judge(PaymentState state, PaymentEvent happened) => (state, happened) switch
    {
        _ when Target(happened) == state => TransitionVerdict.Duplicate,

        // A canceled intent takes no money, and one that took money cannot be canceled.
        (PaymentState.Paid, PaymentEvent.Canceled) => TransitionVerdict.Illegal,
        (PaymentState.Canceled, PaymentEvent.Succeeded) => TransitionVerdict.Illegal,
        (PaymentState.Paid or PaymentState.Canceled, _) => TransitionVerdict.OutOfOrder,

        // An authorization ends in a capture or a cancellation; what led up to it is over.
        (PaymentState.Authorized, PaymentEvent.Succeeded or PaymentEvent.Canceled) => TransitionVerdict.Applied,
        (PaymentState.Authorized, _) => TransitionVerdict.OutOfOrder,

        // Processing starts after the shopper's part is done.
        (PaymentState.Processing, PaymentEvent.ActionRequired or PaymentEvent.ConfirmationRequired) => TransitionVerdict.OutOfOrder,

        // The shopper's own states follow each other freely: authenticate, confirm, authenticate again, fail, try again.
        _ => TransitionVerdict.Applied,
    };
}
