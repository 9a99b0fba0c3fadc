using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Endpoints.Methods;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints.Intents;

/// <summary>
/// https://docs.stripe.com/api/payment_intents/confirm. A browser may confirm with the publishable key and the client
/// secret, where confirmation is automatic.
/// </summary>
internal static class IntentConfirmation
{
    /// <summary>What only the merchant decides.</summary>
    private static readonly string[] OnlyWithSecretKey =
    [
        "allowed_payment_method_types", "capture_method", "error_on_requires_action", "excluded_payment_method_types", "off_session",
        "payment_method_types", "radar_options",
    ];

    public static Func<UnitOfWork, Reply> Prepare(ApiCall call)
    {
        var form = call.Form;
        IntentEndpoints.RequireSecretOfBrowser(call);
        if (call.IsPublishable && Array.FindAll(OnlyWithSecretKey, form.Has) is { Length: > 0 } misplaced)
            throw ParameterErrors.UnknownParameters(misplaced);
        var request = IntentForm.ReadConfirm(call);
        var types = MethodTypes.Read(call);
        var excluded = MethodTypes.ReadExcluded(form);
        _ = IntentForm.ReadCardSetupFutureUsage(form, null);
        return unit =>
        {
            var intent = unit.Claim<PaymentIntent>(call.RouteId) ?? throw IntentEndpoints.NoSuchIntent(call.RouteId);
            IntentEndpoints.RequireSecret(call, intent);
            var asked = types.ApplyTo(intent) with
            {
                CaptureMethod = IntentForm.ReadCaptureMethod(form) ?? intent.CaptureMethod,
                CardSetupFutureUsage = IntentForm.ReadCardSetupFutureUsage(form, intent.CardSetupFutureUsage),
                ExcludedPaymentMethodTypes = form.Has("excluded_payment_method_types") ? excluded : intent.ExcludedPaymentMethodTypes,
                IsShippingFromBrowser = form.Has("shipping") ? call.IsPublishable : intent.IsShippingFromBrowser,
                ReceiptEmail = form.Merge("receipt_email", intent.ReceiptEmail),
                RequestThreeDSecure = IntentForm.ReadThreeDSecure(form, intent.RequestThreeDSecure),
                SetupFutureUsage = form.Merge("setup_future_usage", intent.SetupFutureUsage),
                Shipping = form.Has("shipping") ? PaymentMethodParameters.ReadShipping(form["shipping"]) : intent.Shipping,
            };
            if (call.IsPublishable)
                RequireBrowserMay(intent, asked);
            if (Confirmation.IsConfirmable(intent))
            {
                IntentForm.RequireReturnUrl(asked.AutomaticRedirects, request);
                IntentForm.RequireMethodTypes(asked.AutomaticRedirects, request);
            }

            return IntentEndpoints.ReplyTo(Confirmation.Confirm(unit, asked, request));
        };
    }

    private static void RequireBrowserMay(PaymentIntent intent, PaymentIntent asked)
    {
        if (intent.ConfirmationMethod == ConfirmationMethod.Manual)
            throw StateErrors.NotForBrowsers(intent);

        if (intent.FutureUsage is { } usage && asked.FutureUsage != usage && (usage, asked.FutureUsage) != ("on_session", "off_session"))
            throw StateErrors.FutureUsageIsTheServers();

        if (intent is { Shipping: { } shipping, IsShippingFromBrowser: false } && asked.Shipping != shipping)
            throw StateErrors.ShippingIsTheServers();
    }
}
