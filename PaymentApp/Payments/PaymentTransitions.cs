namespace PaymentApp.Payments;

/// <summary>How a state that Stripe reported was taken.</summary>
public enum TransitionVerdict
{
    /// <summary>The payment moved.</summary>
    Applied,

    /// <summary>The payment was there already.</summary>
    Duplicate,

    /// <summary>Old news, overtaken by what is known: kept out.</summary>
    OutOfOrder,

    /// <summary>Stripe cannot have said this of this payment: an operator has to look.</summary>
    Illegal,
}

/// <param name="Verdict">How the report was taken.</param>
/// <param name="State">Where the payment stands now; the old state unless the verdict is <see cref="TransitionVerdict.Applied"/>.</param>
public readonly record struct Transition(TransitionVerdict Verdict, PaymentState State);

/// <summary>
/// The one table of what may follow what (invariant 4). Whatever changes a payment's state goes through it.
/// States: https://docs.stripe.com/payments/paymentintents/lifecycle.
/// </summary>
public static class PaymentTransitions
{
    /// <param name="state">Where the payment stands.</param>
    /// <param name="reported">What Stripe says of it, whoever heard it: the shopper's circuit, a webhook or the sweeper.</param>
    /// <exception cref="ArgumentOutOfRangeException">The reported state is none of <see cref="PaymentState"/>.</exception>
    public static Transition Apply(PaymentState state, PaymentState reported)
    {
        if (!Enum.IsDefined(reported))
            throw new ArgumentOutOfRangeException(nameof(reported), reported, null);

        var verdict = Judge(state, reported);
        return new(verdict, verdict is TransitionVerdict.Applied ? reported : state);
    }

    private static TransitionVerdict Judge(PaymentState state, PaymentState reported) => (state, reported) switch
    {
        _ when reported == state => TransitionVerdict.Duplicate,

        // A canceled intent takes no money, and one that took money cannot be canceled.
        (PaymentState.Paid, PaymentState.Canceled) => TransitionVerdict.Illegal,
        (PaymentState.Canceled, PaymentState.Paid) => TransitionVerdict.Illegal,
        (PaymentState.Paid or PaymentState.Canceled, _) => TransitionVerdict.OutOfOrder,

        // An authorization ends in a capture or a cancellation; what led up to it is over.
        (PaymentState.Authorized, PaymentState.Paid or PaymentState.Canceled) => TransitionVerdict.Applied,
        (PaymentState.Authorized, _) => TransitionVerdict.OutOfOrder,

        // Processing starts after the shopper's part is done.
        (PaymentState.Processing, PaymentState.AwaitingAuthentication or PaymentState.AwaitingConfirmation) => TransitionVerdict.OutOfOrder,

        // The shopper's own states follow each other freely: authenticate, confirm, authenticate again, fail, try again.
        _ => TransitionVerdict.Applied,
    };
}
