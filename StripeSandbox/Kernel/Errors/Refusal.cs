using StripeSandbox.Money;
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

    public static Refusal OnlyOneOf(string given, string other) =>
        Invalid($"You may only specify one of these parameters: {given}, {other}.", given);

    public static Refusal UnknownParameters(IReadOnlyList<string> names) => Invalid(
        names.Count == 1 ? $"Received unknown parameter: {names[0]}" : $"Received unknown parameters: {string.Join(", ", names)}",
        names[0], "parameter_unknown");

    public static Refusal MissingParameter(string name) => Invalid($"Missing required param: {name}.", name, "parameter_missing");

    public static Refusal EmptyParameter(string name) => Invalid(
        $"You passed an empty string for '{name}'. We assume empty values are an attempt to unset a parameter; however '{name}' cannot be unset. " +
        $"You should remove '{name}' from your request or supply a non-empty value.",
        name, "parameter_invalid_empty");

    public static Refusal InvalidInteger(string text, string name) => Invalid($"Invalid integer: {text}", name, "parameter_invalid_integer");

    public static Refusal InvalidBoolean(string text, string name) => Invalid($"Invalid boolean: {text}", name);

    public static Refusal InvalidEmail(string text, string name) => Invalid($"Invalid email address: {text}", name, "email_invalid");

    public static Refusal NotOneOf(string name, string[] values) => Invalid($"Invalid {name}: must be {Either(values)}", name);

    /// <summary>A text that is longer than its parameter may be; of the text only the ends are told.</summary>
    public static Refusal TooLong(string text, int max, string name)
    {
        const int Shown = 10;
        var told = text.Length > 2 * Shown ? $"{text[..Shown]}...{text[^Shown..]}" : text;
        return Invalid($"Invalid string: {told}; must be at most {max} characters", name);
    }

    public static Refusal NoSuch(string kind, string id, string param) =>
        Invalid($"No such {kind}: '{id}'", param, "resource_missing", StatusCodes.Status404NotFound);

    public static Refusal NoSuchUrl(string method, string path) => Invalid(
        $"Unrecognized request URL ({method}: {path}). If you are trying to list objects, remove the trailing slash. " +
        "If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. " +
        "Please see https://stripe.com/docs or we can help at https://support.stripe.com/.",
        status: StatusCodes.Status404NotFound);

    /// <param name="message">What cannot be done in which state.</param>
    /// <param name="intent">The intent, which goes into the error's body.</param>
    /// <param name="param">The parameter that the state forbids; null where it forbids the request.</param>
    public static Refusal UnexpectedState(string message, Intent intent, string? param = null) =>
        new(StatusCodes.Status400BadRequest, new Failure
        {
            Type = "invalid_request_error",
            Code = intent is SetupIntent ? "setup_intent_unexpected_state" : "payment_intent_unexpected_state",
            Message = message,
            Param = param,
        })
        {
            Intent = intent,
        };

    public static Refusal WrongSecret(Intent intent, int status = StatusCodes.Status400BadRequest)
    {
        var (name, code) = intent is SetupIntent
            ? ("SetupIntent", "setup_intent_invalid_parameter")
            : ("PaymentIntent", "payment_intent_invalid_parameter");
        return Invalid($"The client_secret provided does not match the client_secret associated with the {name}.", "client_secret", code, status);
    }

    public static Refusal AmountTooSmall(string currency, string param) => Invalid(
        $"Amount must be at least {Currencies.Format(currency, Currencies.Minimum(currency))} {currency}", param, "amount_too_small");

    /// <summary>An amount below the smallest unit of any currency.</summary>
    public static Refusal NotPositive(string param) =>
        Invalid("This value must be greater than or equal to 1.", param, "parameter_invalid_integer");

    public static Refusal AmountNotRound(string currency, long amount, string param) => Invalid(
        $"Invalid amount: {amount} {currency} has more decimals than {currency} can be charged with.", param, "invalid_charge_amount");

    public static Refusal AmountTooLarge(string currency, string param) => Invalid(
        $"Amount must be no more than {Currencies.Format(currency, Currencies.Maximum(currency))} {currency}", param, "amount_too_large");

    private static string Either(string[] choices) => choices.Length switch
    {
        1 => choices[0],
        2 => $"one of {choices[0]} or {choices[1]}",
        _ => $"one of {string.Join(", ", choices[..^1])}, or {choices[^1]}",
    };

    public static Refusal LockTimeout() => Invalid(
        "This object cannot be accessed right now because another API request or Stripe process is currently accessing it. " +
        "If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent " +
        "requests to a single object, make your requests serially or at a lower rate.",
        code: "lock_timeout", status: StatusCodes.Status429TooManyRequests);
}
