using StripeSandbox.Calls;
using StripeSandbox.Endpoints.Methods;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;

namespace StripeSandbox.Endpoints.Intents;

/// <summary>Reads what create, confirm and update have in common.</summary>
internal static class IntentForm
{
    public static CaptureMethod? ReadCaptureMethod(FormNode form) => form.Text("capture_method") switch
    {
        "automatic" => CaptureMethod.Automatic,
        "automatic_async" => CaptureMethod.AutomaticAsync,
        "manual" => CaptureMethod.Manual,
        _ => null,
    };

    public static ConfirmRequest ReadConfirm(ApiCall call)
    {
        var form = call.Form;
        if (form.Text("payment_method") is not null && form["payment_method_data"] is not null)
            throw ParameterErrors.OnlyOneOf("payment_method", "payment_method_data", "payment_method_data");
        if (form.Text("confirmation_token") is { } token)
            throw ParameterErrors.NoSuchNamed("confirmationtoken", token, "confirmation_token");
        return new ConfirmRequest
        {
            PaymentMethod = form.Text("payment_method"),
            Card = form["payment_method_data"] is { } data ? PaymentMethodParameters.Read(data, "payment_method_data") : null,
            IsOffSession = form.Text("off_session") is not (null or "false"),
            ErrorOnRequiresAction = form.Flag("error_on_requires_action") ?? false,
            UseStripeSdk = form.Flag("use_stripe_sdk") ?? false,
            ReturnUrl = ReadReturnUrl(form),
            Origin = call.Origin,
        };
    }

    /// <exception cref="Refusal">The shopper may be sent away, and there is no address to come back to.</exception>
    public static void RequireReturnUrl(string? redirects, ConfirmRequest request, string kind = "PaymentIntent")
    {
        if (redirects == "always" && request is { ReturnUrl: null, UseStripeSdk: false })
        {
            throw Refusal.Invalid(
                $"This {kind} is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods " +
                "might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based " +
                "payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to " +
                "`never` when creating Setup Intents and Payment Intents.");
        }
    }

    /// <exception cref="Refusal">Who fails on an action has to say which payment methods those are (since 2023-08-16).</exception>
    public static void RequireMethodTypes(string? redirects, ConfirmRequest request)
    {
        if (redirects == "always" && request.ErrorOnRequiresAction)
        {
            throw Refusal.Invalid(
                "You cannot use `error_on_requires_action` on a PaymentIntent that accepts the payment methods enabled in your Dashboard: some of " +
                "them always require an action. Name the types that this PaymentIntent takes, or set `automatic_payment_methods[allow_redirects]` " +
                "to `never`.", "error_on_requires_action");
        }
    }

    public static string ReadThreeDSecure(FormNode form, string old) =>
        form["payment_method_options"]?["card"]?.Text("request_three_d_secure") switch
        {
            null => old,
            "any" or "automatic" or "challenge" => form["payment_method_options"]!["card"]!.Text("request_three_d_secure")!,
            _ => throw Refusal.Invalid(
                "Invalid payment_method_options[card][request_three_d_secure]: must be one of any, automatic, or challenge",
                "payment_method_options[card][request_three_d_secure]"),
        };

    public static string? ReadCardSetupFutureUsage(FormNode form, string? old)
    {
        var usage = form["payment_method_options"]?["card"] is { } card ? card.Merge("setup_future_usage", old) : old;
        return usage is null or "none" or "on_session" or "off_session"
            ? usage
            : throw Refusal.Invalid(
                "Invalid payment_method_options[card][setup_future_usage]: must be one of none, off_session, or on_session",
                "payment_method_options[card][setup_future_usage]");
    }

    private static string? ReadReturnUrl(FormNode form) =>
        form.Text("return_url") is not { } url ? null
        : Uri.TryCreate(url, UriKind.Absolute, out _) ? url
        : throw ParameterErrors.InvalidUrl("Not a valid URL", "return_url");
}
