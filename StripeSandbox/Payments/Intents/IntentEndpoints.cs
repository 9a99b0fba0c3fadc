using StripeSandbox.Api;
using StripeSandbox.Books;
using StripeSandbox.Forms;
using StripeSandbox.Objects;

namespace StripeSandbox.Payments.Intents;

/// <summary>https://docs.stripe.com/api/payment_intents</summary>
internal static class IntentEndpoints
{
    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post<PaymentIntent>("/v1/payment_intents", IntentParameters.Create, IntentCreation.Prepare),
        ApiRoute.Get<PaymentIntent>("/v1/payment_intents/{id}", IntentParameters.Retrieve, Retrieve) with { Access = Access.SecretOrPublishableKey },
        ApiRoute.Get<PaymentIntent>("/v1/payment_intents", IntentParameters.List, List) with { IsList = true },
        ApiRoute.Post<PaymentIntent>("/v1/payment_intents/{id}", IntentParameters.Update, IntentUpdate.Prepare),
        ApiRoute.Post<PaymentIntent>("/v1/payment_intents/{id}/capture", IntentParameters.Capture, IntentCapture.Prepare),
        ApiRoute.Post<PaymentIntent>("/v1/payment_intents/{id}/confirm", IntentParameters.Confirm, Confirm),
        ApiRoute.Post<PaymentIntent>("/v1/payment_intents/{id}/cancel", IntentParameters.Cancel, Cancel),
    ];

    public static Reply ReplyTo(Confirmed confirmed) => confirmed.Failure is { } failure
        ? new ErrorReply(StatusCodes.Status402PaymentRequired, failure, confirmed.Intent)
        : new ObjectReply(confirmed.Intent);

    private static Func<UnitOfWork, Reply> Retrieve(ApiCall call)
    {
        var secret = call.Form.Text("client_secret");
        if (call.IsPublishable && secret is null)
            throw Refusal.MissingParameter("client_secret");
        return unit =>
        {
            var intent = unit.Find<PaymentIntent>(call.RouteId) ?? throw NoSuchIntent(call.RouteId);
            return secret is null || secret == intent.ClientSecret ? new ObjectReply(intent) : throw Refusal.WrongSecret(intent);
        };
    }

    private static Func<UnitOfWork, Reply> List(ApiCall call) =>
        call.Form.Text("customer") is { } customer
            ? Listing.Prepare<PaymentIntent>(call, intent => intent.Customer == customer)
            : Listing.Prepare<PaymentIntent>(call);

    private static Func<UnitOfWork, Reply> Confirm(ApiCall call)
    {
        var request = IntentForm.ReadConfirm(call);
        _ = IntentForm.ReadMethodTypes(call);
        var form = call.Form;
        var email = IntentForm.ReadEmail(form, null);
        return unit =>
        {
            var intent = unit.Claim<PaymentIntent>(call.RouteId) ?? throw NoSuchIntent(call.RouteId);
            if (Confirmation.IsConfirmable(intent))
                IntentForm.RequireReturnUrl(intent.AutomaticRedirects, request);
            return ReplyTo(Confirmation.Confirm(unit, intent with
            {
                CaptureMethod = IntentForm.ReadCaptureMethod(form) ?? intent.CaptureMethod,
                ReceiptEmail = form.Has("receipt_email") ? email : intent.ReceiptEmail,
                RequestThreeDSecure = IntentForm.ReadThreeDSecure(form, intent.RequestThreeDSecure),
                SetupFutureUsage = form.Merge("setup_future_usage", intent.SetupFutureUsage),
                Shipping = form.Has("shipping") ? PaymentMethodParameters.ReadShipping(form["shipping"]) : intent.Shipping,
            }, request));
        };
    }

    private static Func<UnitOfWork, Reply> Cancel(ApiCall call) => unit =>
    {
        var intent = unit.Claim<PaymentIntent>(call.RouteId) ?? throw NoSuchIntent(call.RouteId);
        return new ObjectReply(Cancellation.Cancel(unit, intent, call.Form.Text("cancellation_reason")));
    };

    public static Refusal NoSuchIntent(string id) => Refusal.NoSuch("payment_intent", id, "intent");
}
