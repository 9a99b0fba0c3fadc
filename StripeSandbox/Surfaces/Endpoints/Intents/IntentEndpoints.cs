using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints.Intents;

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
        ApiRoute.Post<PaymentIntent>("/v1/payment_intents/{id}/confirm", IntentParameters.Confirm, IntentConfirmation.Prepare)
            with { Access = Access.SecretOrPublishableKey },
        ApiRoute.Post<PaymentIntent>("/v1/payment_intents/{id}/cancel", IntentParameters.Cancel, Cancel),
    ];

    public static Reply ReplyTo(Confirmed confirmed) => confirmed.Failure is { } failure
        ? new ErrorReply(StatusCodes.Status402PaymentRequired, failure, confirmed.Intent)
        : new ObjectReply(confirmed.Intent);

    private static Func<UnitOfWork, Reply> Retrieve(ApiCall call)
    {
        RequireSecretOfBrowser(call);
        return unit =>
        {
            var intent = unit.Find<PaymentIntent>(call.RouteId) ?? throw NoSuchIntent(call.RouteId);
            RequireSecret(call, intent);
            return new ObjectReply(intent);
        };
    }

    private static Func<UnitOfWork, Reply> List(ApiCall call) =>
        call.Form.Text("customer") is { } customer
            ? Listing.OfCustomer<PaymentIntent>(call, customer, intent => intent.Customer == customer)
            : Listing.Prepare<PaymentIntent>(call);

    private static Func<UnitOfWork, Reply> Cancel(ApiCall call) => unit =>
    {
        var intent = unit.Claim<PaymentIntent>(call.RouteId) ?? throw NoSuchIntent(call.RouteId);
        return new ObjectReply(Cancellation.Cancel(unit, intent, call.Form.Text("cancellation_reason")));
    };

    public static Refusal NoSuchIntent(string id) => Refusal.NoSuch("payment_intent", id, "intent");

    /// <exception cref="Refusal">A browser does not show the client secret.</exception>
    public static void RequireSecretOfBrowser(ApiCall call)
    {
        if (call.IsPublishable && call.Form.Text("client_secret") is null)
            throw ParameterErrors.MissingParameter("client_secret");
    }

    /// <exception cref="Refusal">The client secret that was shown is another intent's.</exception>
    public static void RequireSecret(ApiCall call, Intent intent)
    {
        if (call.Form.Text("client_secret") is { } secret && secret != intent.ClientSecret)
            throw ParameterErrors.WrongSecret(intent);
    }
}
