using StripeSandbox.Errors;
using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>What an endpoint answers, before it is written out.</summary>
internal abstract record Reply(int Status);

internal sealed record ObjectReply(StripeObject Object) : Reply(StatusCodes.Status200OK);

/// <summary>A page of objects; <paramref name="Url"/> is the path that lists them.</summary>
internal sealed record ListReply(IReadOnlyList<StripeObject> Data, bool HasMore, string Url) : Reply(StatusCodes.Status200OK);

internal delegate void WriteJson(JsonOutput output);

/// <summary>An answer of a shape of its own.</summary>
internal sealed record JsonReply(WriteJson Write) : Reply(StatusCodes.Status200OK);

/// <summary>Sends a browser on.</summary>
internal sealed record RedirectReply(string Url) : Reply(StatusCodes.Status303SeeOther);

internal sealed record DeletedReply(string Id, string Kind) : Reply(StatusCodes.Status200OK);

internal sealed record ErrorReply(int Status, Failure Failure, Intent? Intent = null) : Reply(Status)
{
    public static ErrorReply From(Refusal refusal) => new(refusal.Status, refusal.Failure, refusal.Intent);
}
