using StripeSandbox.Objects;

namespace StripeSandbox.Errors;

/// <summary>
/// What is wrong with a request as a whole, before any parameter is looked at: its key, where it comes from, its body, its idempotency
/// key (https://docs.stripe.com/api/errors). Parameters are in <see cref="ParameterErrors"/>.
/// </summary>
internal static class RequestErrors
{
    public static Refusal NoKey() => Unauthorized(
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth " +
        "(e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, " +
        "or we can help at https://support.stripe.com/.");

    /// <param name="masked">As much of the key as may be told.</param>
    public static Refusal LiveKey(string masked) => Unauthorized(
        $"Invalid API Key provided: {masked}. It is a live key, and this is a sandbox: it takes no real money. Use a test key, " +
        "and give a live one to nobody but Stripe.");

    /// <param name="masked">As much of the key as may be told.</param>
    public static Refusal UnknownKey(string masked) => Unauthorized($"Invalid API Key provided: {masked}");

    public static Refusal NeedsSecretKey() => Refusal.Invalid(
        "This API call cannot be made with a publishable API key. Please use a secret API key. " +
        "You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.",
        code: "secret_key_required", status: StatusCodes.Status403Forbidden);

    public static Refusal SecretKeyOnForeignPage() => Forbidden(
        "This sandbox takes no secret key from a web page of another origin: a secret key belongs on your server. " +
        "Stripe.js calls with the publishable key, which works from anywhere.");

    public static Refusal SecretKeyUnderForeignName(string host) => Forbidden(
        $"This sandbox takes no secret key under the host name '{host}', to which any web site could have led a browser. " +
        "Call it by its IP address or as localhost, or name the host in Sandbox:AllowedHosts.");

    /// <param name="what">What does not answer.</param>
    public static Refusal ForeignPage(string what) => Forbidden($"The {what} does not answer pages of another origin.");

    public static Refusal ControlFromElsewhere() =>
        Forbidden("The control surface answers this machine only. Set Sandbox:AllowRemoteControl to open it.");

    public static Refusal ControlUnderForeignName() =>
        Forbidden("The control surface answers to localhost only. Set Sandbox:AllowRemoteControl to open it.");

    public static Refusal BodyTooLarge() =>
        Refusal.Invalid("Invalid request: the body is too large.", status: StatusCodes.Status413PayloadTooLarge);

    public static Refusal NotAForm() => Refusal.Invalid(
        "Invalid request (check that your POST content type is application/x-www-form-urlencoded). " +
        "If you have any questions, we can help at https://support.stripe.com/.");

    public static Refusal TooManyParameters() => Refusal.Invalid("Invalid request: too many parameters");

    public static Refusal NestedTooDeeply() => Refusal.Invalid("Invalid request: parameters are nested too deeply");

    public static Refusal InvalidUtf8() => Refusal.Invalid("Invalid request: the parameters contain invalid UTF-8");

    /// <summary>A parameter that was given as a text before and now has others inside.</summary>
    public static Refusal TextAndObject(string name) => Refusal.Invalid($"Invalid request: expected an object for param `{name}`, got a string");

    /// <summary>A parameter that has others inside and now is given as a text.</summary>
    public static Refusal ObjectAndText(string name) => Refusal.Invalid($"Invalid request: expected a string for param `{name}`, got an object");

    public static Refusal IdempotencyKeyTooLong(string key, int max) =>
        Refusal.Invalid($"Idempotency keys can be at most {max} characters long, yours has {key.Length}.");

    public static Refusal IdempotencyKeyOfOtherEndpoint(string key, string path, string first) => OtherRequest(key,
        $"Keys for idempotent requests can only be used for the same endpoint they were first used for ('{path}' vs '{first}').");

    public static Refusal IdempotencyKeyOfOtherParameters(string key) => OtherRequest(key,
        "Keys for idempotent requests can only be used with the same parameters they were first used with.");

    /// <param name="key">The key; null where it is not to be told.</param>
    public static Refusal IdempotencyKeyInUse(string? key) => new(StatusCodes.Status409Conflict, new Failure
    {
        Type = "idempotency_error",
        Code = "idempotency_key_in_use",
        Message = "There is currently another in-progress request using this Idempotent Key" +
            (key is null ? "" : $" (that probably means you submitted twice, and the other request is still going through): {key}") +
            ". Please try again later.",
    });

    public static Refusal RateLimit() => Refusal.Invalid(
        "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
        code: "rate_limit", status: StatusCodes.Status429TooManyRequests);

    private static Refusal OtherRequest(string key, string reason) => new(StatusCodes.Status400BadRequest, new Failure
    {
        Type = "idempotency_error",
        Message = $"{reason} Try using a key other than '{key}' if you meant to execute a different request.",
    });

    private static Refusal Unauthorized(string message) => Refusal.Invalid(message, status: StatusCodes.Status401Unauthorized);

    private static Refusal Forbidden(string message) => Refusal.Invalid(message, status: StatusCodes.Status403Forbidden);
}
