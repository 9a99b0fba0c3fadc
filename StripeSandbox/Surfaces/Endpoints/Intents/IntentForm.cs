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
            throw ParameterErrors.NeedsReturnUrl(kind);
    }

    /// <exception cref="Refusal">Who fails on an action has to say which payment methods those are (since 2023-08-16).</exception>
    public static void RequireMethodTypes(string? redirects, ConfirmRequest request)
    {
        if (redirects == "always" && request.ErrorOnRequiresAction)
            throw ParameterErrors.NeedsMethodTypes();
    }

    public static string ReadThreeDSecure(FormNode form, string old) =>
        form["payment_method_options"]?["card"]?.Text("request_three_d_secure") switch
        {
            null => old,
            "any" or "automatic" or "challenge" => form["payment_method_options"]!["card"]!.Text("request_three_d_secure")!,
            _ => throw ParameterErrors.NotOneOf("payment_method_options[card][request_three_d_secure]", ["any", "automatic", "challenge"]),
        };

    public static string? ReadCardSetupFutureUsage(FormNode form, string? old)
    {
        var usage = form["payment_method_options"]?["card"] is { } card ? card.Merge("setup_future_usage", old) : old;
        return usage is null or "none" or "on_session" or "off_session"
            ? usage
            : throw ParameterErrors.NotOneOf("payment_method_options[card][setup_future_usage]", ["none", "off_session", "on_session"]);
    }

    private static string? ReadReturnUrl(FormNode form) =>
        form.Text("return_url") is not { } url ? null
        : Uri.TryCreate(url, UriKind.Absolute, out _) ? url
        : throw ParameterErrors.InvalidUrl("Not a valid URL", "return_url");
}
