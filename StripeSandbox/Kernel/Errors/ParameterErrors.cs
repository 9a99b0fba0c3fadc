using StripeSandbox.Money;
using StripeSandbox.Objects;

namespace StripeSandbox.Errors;

/// <summary>
/// What Stripe says of parameters that it does not take, whatever the state of any object: the words, the code and the parameter that
/// it blames, in one place for every route (https://docs.stripe.com/error-codes). What a state forbids is in <see cref="StateErrors"/>.
/// </summary>
internal static class ParameterErrors
{
    /// <param name="given">One of the two.</param>
    /// <param name="other">The other one.</param>
    /// <param name="blamed">The one that is blamed; the first when null.</param>
    public static Refusal OnlyOneOf(string given, string other, string? blamed = null) =>
        Refusal.Invalid($"You may only specify one of these parameters: {given}, {other}.", blamed ?? given);

    public static Refusal UnknownParameters(IReadOnlyList<string> names) => Refusal.Invalid(
        names.Count == 1 ? $"Received unknown parameter: {names[0]}" : $"Received unknown parameters: {string.Join(", ", names)}",
        names[0], "parameter_unknown");

    public static Refusal MissingParameter(string name) => Refusal.Invalid($"Missing required param: {name}.", name, "parameter_missing");

    public static Refusal EmptyParameter(string name) => Refusal.Invalid(
        $"You passed an empty string for '{name}'. We assume empty values are an attempt to unset a parameter; however '{name}' cannot be unset. " +
        $"You should remove '{name}' from your request or supply a non-empty value.",
        name, "parameter_invalid_empty");

    public static Refusal InvalidInteger(string text, string name) => Refusal.Invalid($"Invalid integer: {text}", name, "parameter_invalid_integer");

    public static Refusal InvalidBoolean(string text, string name) => Refusal.Invalid($"Invalid boolean: {text}", name);

    public static Refusal InvalidEmail(string text, string name) => Refusal.Invalid($"Invalid email address: {text}", name, "email_invalid");

    public static Refusal NotOneOf(string name, string[] values) => Refusal.Invalid($"Invalid {name}: must be {Either(values)}", name);

    /// <summary>A text that is longer than its parameter may be; of the text only the ends are told.</summary>
    public static Refusal TooLong(string text, int max, string name)
    {
        const int Shown = 10;
        var told = text.Length > 2 * Shown ? $"{text[..Shown]}...{text[^Shown..]}" : text;
        return Refusal.Invalid($"Invalid string: {told}; must be at most {max} characters", name);
    }

    public static Refusal WrongSecret(Intent intent, int status = StatusCodes.Status400BadRequest)
    {
        var (name, code) = intent is SetupIntent
            ? ("SetupIntent", "setup_intent_invalid_parameter")
            : ("PaymentIntent", "payment_intent_invalid_parameter");
        return Refusal.Invalid($"The client_secret provided does not match the client_secret associated with the {name}.", "client_secret", code, status);
    }

    public static Refusal AmountTooSmall(string currency, string param) => Refusal.Invalid(
        $"Amount must be at least {Currencies.Format(currency, Currencies.Minimum(currency))} {currency}", param, "amount_too_small");

    /// <summary>An amount below the smallest unit of any currency.</summary>
    public static Refusal NotPositive(string param) =>
        Refusal.Invalid("This value must be greater than or equal to 1.", param, "parameter_invalid_integer");

    public static Refusal AmountNotRound(string currency, long amount, string param) => Refusal.Invalid(
        $"Invalid amount: {amount} {currency} has more decimals than {currency} can be charged with.", param, "invalid_charge_amount");

    public static Refusal AmountTooLarge(string currency, string param) => Refusal.Invalid(
        $"Amount must be no more than {Currencies.Format(currency, Currencies.Maximum(currency))} {currency}", param, "amount_too_large");

    /// <summary>A parameter that makes sense beside another one only.</summary>
    public static Refusal OnlyWhere(string given, string other, string value) =>
        Refusal.Invalid($"The parameter `{given}` can only be used when `{other}` is `{value}`.", given);

    public static Refusal UnknownCurrency(string currency) =>
        Refusal.Invalid($"Invalid currency: {currency}. Stripe currently supports these currencies: {Currencies.List}", "currency");

    public static Refusal NotAnArray(string name) => Refusal.Invalid("Invalid array", name);

    public static Refusal NotAnObject(string name) => Refusal.Invalid("Invalid object", name);

    public static Refusal NotASingleValue(string name) => Refusal.Invalid($"Invalid string: {name} takes a single value", name);

    public static Refusal InvalidUrl(string message, string name) => Refusal.Invalid(message, name, "url_invalid");

    /// <summary>An id that a parameter names, of an object that is not there (400).</summary>
    public static Refusal NoSuchNamed(string kind, string id, string name) => Refusal.Invalid($"No such {kind}: '{id}'", name, "resource_missing");

    public static Refusal MissingOneOf(string one, string other) =>
        Refusal.Invalid($"One of the following params should be provided for this request: {one} or {other}.", code: "parameter_missing");

    public static Refusal InvalidVersion(string? text, string? name = null) => Refusal.Invalid($"Invalid Stripe API version: {text}", name);

    public static Refusal MetadataKeyTooLong(string key, int max) => Refusal.Invalid(
        $"Metadata keys can be up to {max} characters, but you passed in a key that is {key.Length} characters. Invalid key: {key}", "metadata");

    public static Refusal MetadataValueTooLong(string key, string value, int max) => Refusal.Invalid(
        $"Metadata values can have up to {max} characters, but you passed in a value that is {value.Length} characters. Invalid value: {value}",
        $"metadata[{key}]");

    public static Refusal TooMuchMetadata(int count, int max) => Refusal.Invalid(
        $"Metadata can have up to {max} keys, but you've set {count}. You can unset an existing key by setting its value to an empty string.", "metadata");

    public static Refusal TooMuchEvidence(int max) =>
        Refusal.Invalid($"The combined character count of all evidence fields cannot exceed {max}.", "evidence");

    public static Refusal InvalidInvoicePrefix(int max) => Refusal.Invalid($"Invoice number prefix must be 1–{max} uppercase letters or numbers.");

    /// <summary>The shopper may be sent away, and there is no address to come back to.</summary>
    public static Refusal NeedsReturnUrl(string kind) => Refusal.Invalid(
        $"This {kind} is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods " +
        "might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based " +
        "payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to " +
        "`never` when creating Setup Intents and Payment Intents.");

    public static Refusal NeedsMethodTypes() => Refusal.Invalid(
        "You cannot use `error_on_requires_action` on a PaymentIntent that accepts the payment methods enabled in your Dashboard: some of " +
        "them always require an action. Name the types that this PaymentIntent takes, or set `automatic_payment_methods[allow_redirects]` " +
        "to `never`.", "error_on_requires_action");

    public static Refusal NoLongerSupported(string name, string successor) => Refusal.Invalid(
        $"The `{name}` parameter is no longer supported. Use `{successor}` instead.", name, $"{name}_no_longer_supported");

    /// <param name="what">The sentence that names the type.</param>
    /// <param name="name">The parameter.</param>
    public static Refusal TypeIsInvalid(string what, string name) => Refusal.Invalid(
        what + " Please ensure the provided type is activated in your dashboard " +
        "(https://dashboard.stripe.com/account/payments/settings) and your account is enabled for any preview features that you are " +
        "trying to use.", name);

    public static Refusal NoTypeIsCompatible(string name) => Refusal.Invalid(
        "No valid payment method types for this intent: none of the allowed types is compatible with its currency and the payment " +
        "methods that this account accepts (https://dashboard.stripe.com/settings/payment_methods).", name);

    public static Refusal NotForCards(string name, string instead) => Refusal.Invalid(
        $"The {name} parameter is not supported for the payment_method_type `card`. To continue supporting payment_method_type `card`, please " +
        $"pass in `{instead}` or remove the `{name}` parameter altogether.", name);

    public static Refusal DescriptorHasForbiddenCharacters(string name) =>
        Refusal.Invalid("The statement descriptor suffix cannot contain any of these characters: < > \\ ' \" *", name);

    public static Refusal DescriptorHasNoLetter(string name) =>
        Refusal.Invalid("The statement descriptor suffix must contain at least one letter.", name);

    public static Refusal TwoOwners() => Refusal.Invalid(
        "You may not set `attach_to_self` to `true` when setting up a PaymentMethod for a Customer.", "attach_to_self");

    public static Refusal ExpandsTooDeep(string path, int max) =>
        Refusal.Invalid($"You cannot expand more than {max} levels of a property. Property: {path}", Expand);

    public static Refusal ExpandsNothing(string path) =>
        Refusal.Invalid($"This property cannot be expanded because it doesn't exist: {path}.", Expand);

    public static Refusal NotExpandable(string path) => Refusal.Invalid($"This property cannot be expanded ({path}).", Expand);

    /// <summary>A property of a list's items that was named as one of the list.</summary>
    public static Refusal ExpandsItems(string path) =>
        Refusal.Invalid($"This property cannot be expanded ({path}). You may want to try expanding 'data.{path}' instead.", Expand);

    public static Refusal OutOfRange(string name, long from, long to) =>
        Refusal.Invalid($"This value must be between {from} and {to}.", name, "parameter_invalid_integer");

    public static Refusal NotAProbability(string name) => Refusal.Invalid("The probability must be above 0 and at most 1.", name);

    public static Refusal UnreadRequest(string name) =>
        Refusal.Invalid("A connection that is reset before the request is read cannot depend on its parameters.", name);

    public static Refusal ClockStep(string name) => Refusal.Invalid("The clock moves forward only, by ten years at most.", name);

    public static Refusal DeliveryCopies(string name, int max) => Refusal.Invalid($"A delivery is sent between 1 and {max} times.", name);

    /// <summary>An amount that a person typed.</summary>
    public static Refusal NotAnAmount(string typed, string currency, string name) => Refusal.Invalid(
        $"{typed} is no amount of {currency.ToUpperInvariant()}: write it like {Currencies.Format(currency, 0)}.", name);

    private const string Expand = "expand";

    private static string Either(string[] choices) => choices.Length switch
    {
        1 => choices[0],
        2 => $"one of {choices[0]} or {choices[1]}",
        _ => $"one of {string.Join(", ", choices[..^1])}, or {choices[^1]}",
    };
}
