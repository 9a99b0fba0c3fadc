using StripeSandbox.Objects;

namespace StripeSandbox.Api;

/// <summary>What an endpoint answers, before it is written out.</summary>
internal abstract record Reply(int Status);

internal sealed record ObjectReply(StripeObject Object) : Reply(StatusCodes.Status200OK);

internal sealed record ErrorReply(int Status, Failure Failure, PaymentIntent? PaymentIntent = null) : Reply(Status)
{
    public static ErrorReply From(Refusal refusal) => new(refusal.Status, refusal.Failure, refusal.PaymentIntent);
}
