using StripeSandbox.Objects;

namespace StripeSandbox.Errors;

/// <summary>A request that Stripe turns down. Nothing that it would have done has happened.</summary>
internal sealed class Refusal(int status, Failure failure) : Exception(failure.Message)
{
    public int Status => status;

    public Failure Failure => failure;

    /// <summary>The intent that goes into the error's body, as it stands.</summary>
    public Intent? Intent { get; private init; }

    /// <summary>The same with an intent in its body; with none where the request would have created it.</summary>
    public Refusal About(Intent? intent) => new(status, failure) { Intent = intent };

    public static Refusal Invalid(string message, string? param = null, string? code = null, int status = StatusCodes.Status400BadRequest) =>
        new(status, new Failure { Type = "invalid_request_error", Message = message, Param = param, Code = code });

    public static Refusal CardError(string code, string message, string? param, string? declineCode = null) =>
        new(StatusCodes.Status402PaymentRequired,
            new Failure { Type = "card_error", Code = code, Message = message, Param = param, DeclineCode = declineCode });

    public static Refusal NoSuch(string kind, string id, string param) =>
        Invalid($"No such {kind}: '{id}'", param, "resource_missing", StatusCodes.Status404NotFound);

    public static Refusal NoSuchUrl(string method, string path) => Invalid(
        $"Unrecognized request URL ({method}: {path}). If you are trying to list objects, remove the trailing slash. " +
        "If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. " +
        "Please see https://stripe.com/docs or we can help at https://support.stripe.com/.",
        status: StatusCodes.Status404NotFound);
}
