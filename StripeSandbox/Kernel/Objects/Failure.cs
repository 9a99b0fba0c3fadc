namespace StripeSandbox.Objects;

/// <summary>
/// What went wrong, as Stripe words it: the body of an error answer and an intent's <c>last_payment_error</c>
/// (https://docs.stripe.com/api/errors).
/// </summary>
internal sealed record Failure
{
    public required string Type { get; init; }

    public string? Code { get; init; }

    public string? DeclineCode { get; init; }

    public required string Message { get; init; }

    public string? Param { get; init; }

    public string? AdviceCode { get; init; }

    public string? NetworkDeclineCode { get; init; }

    public string? Charge { get; init; }

    /// <summary>The PaymentMethod as it was when it failed.</summary>
    public PaymentMethod? PaymentMethod { get; init; }
}
