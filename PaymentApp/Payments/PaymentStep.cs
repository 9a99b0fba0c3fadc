namespace PaymentApp.Payments;

/// <summary>The requests that can move money.</summary>
public enum PaymentStepKind
{
    /// <summary>Create the order's intent and confirm it with the attempt's PaymentMethod.</summary>
    Create,

    /// <summary>Confirm the order's intent with the attempt's fresh PaymentMethod.</summary>
    Confirm,

    /// <summary>Confirm the intent again after the shopper authenticated.</summary>
    ConfirmAuthenticated,
}

/// <summary>How a step ended.</summary>
public enum PaymentStepResult
{
    /// <summary>The provider answered.</summary>
    Answered,

    /// <summary>The provider said no and the intent did not move.</summary>
    Rejected,

    /// <summary>It was certainly not carried out, or something else settled what it was for.</summary>
    NotExecuted,
}

/// <summary>
/// One request that can move money, written to the ledger before it is made (invariant 2). While it has no result, its
/// outcome is unknown and only the same request under the same key may follow.
/// </summary>
/// <param name="Attempt">Which attempt of the order it belongs to, from 1.</param>
/// <param name="Sequence">Which request of the attempt it is, from 1: authentication may ask for several.</param>
/// <param name="PaymentMethodId">The attempt's PaymentMethod.</param>
/// <param name="Authentication">The integration that the attempt began under; a repetition must not change it.</param>
public sealed record PaymentStep(
    OrderId Order,
    int Attempt,
    int Sequence,
    PaymentStepKind Kind,
    string PaymentMethodId,
    AuthenticationMode Authentication)
{
    /// <summary>Derived from order, attempt and step alone, so that whoever repeats the step repeats the key.</summary>
    public string IdempotencyKey => $"order-{Order}-attempt-{Attempt}-step-{Sequence}";
}
