using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Endpoints.Intents;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;
using StripeSandbox.Setups;

namespace StripeSandbox.Endpoints.Setups;

/// <summary>https://docs.stripe.com/api/setup_intents and https://docs.stripe.com/api/setup_attempts</summary>
internal static class SetupEndpoints
{
    /// <summary>What only the merchant decides.</summary>
    private static readonly string[] OnlyWithSecretKey = ["allowed_payment_method_types", "payment_method_options"];

    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post<SetupIntent>("/v1/setup_intents", SetupParameters.Create, SetupCreation.Prepare),
        ApiRoute.Get<SetupIntent>("/v1/setup_intents/{id}", SetupParameters.Retrieve, Retrieve) with { Access = Access.SecretOrPublishableKey },
        ApiRoute.Get<SetupIntent>("/v1/setup_intents", SetupParameters.List, List) with { IsList = true },
        ApiRoute.Post<SetupIntent>("/v1/setup_intents/{id}", SetupParameters.Update, SetupUpdate.Prepare),
        ApiRoute.Post<SetupIntent>("/v1/setup_intents/{id}/confirm", SetupParameters.Confirm, Confirm) with { Access = Access.SecretOrPublishableKey },
        ApiRoute.Post<SetupIntent>("/v1/setup_intents/{id}/cancel", SetupParameters.Cancel, Cancel),
        ApiRoute.Get<SetupAttempt>("/v1/setup_attempts", SetupParameters.ListAttempts, ListAttempts) with { IsList = true },
    ];

    public static Refusal NoSuchIntent(string id) => Refusal.NoSuch("setupintent", id, "intent");

    private static Func<UnitOfWork, Reply> Retrieve(ApiCall call)
    {
        IntentEndpoints.RequireSecretOfBrowser(call);
        return unit =>
        {
            var intent = unit.Find<SetupIntent>(call.RouteId) ?? throw NoSuchIntent(call.RouteId);
            IntentEndpoints.RequireSecret(call, intent);
            return new ObjectReply(intent);
        };
    }

    private static Func<UnitOfWork, Reply> List(ApiCall call)
    {
        var (customer, method, own) = (call.Form.Text("customer"), call.Form.Text("payment_method"), call.Form.Flag("attach_to_self"));
        return customer is null
            ? Listing.Prepare<SetupIntent>(call, Fits)
            : Listing.OfCustomer<SetupIntent>(call, customer, intent => intent.Customer == customer && Fits(intent));

        bool Fits(SetupIntent intent) =>
            (method is null || intent.PaymentMethod == method) && (own is null || (intent.AttachToSelf ?? false) == own);
    }

    private static Func<UnitOfWork, Reply> Confirm(ApiCall call)
    {
        IntentEndpoints.RequireSecretOfBrowser(call);
        if (call.IsPublishable && Array.FindAll(OnlyWithSecretKey, call.Form.Has) is { Length: > 0 } misplaced)
            throw ParameterErrors.UnknownParameters(misplaced);
        var request = IntentForm.ReadConfirm(call);
        var types = MethodTypes.Read(call);
        return unit =>
        {
            var intent = unit.Claim<SetupIntent>(call.RouteId) ?? throw NoSuchIntent(call.RouteId);
            IntentEndpoints.RequireSecret(call, intent);
            var asked = types.ApplyTo(intent) with { RequestThreeDSecure = IntentForm.ReadThreeDSecure(call.Form, intent.RequestThreeDSecure) };
            if (SetupConfirmation.IsConfirmable(intent))
                IntentForm.RequireReturnUrl(asked.AutomaticRedirects, request, "SetupIntent");
            return IntentEndpoints.ReplyTo(SetupConfirmation.Confirm(unit, asked, request));
        };
    }

    private static Func<UnitOfWork, Reply> Cancel(ApiCall call) => unit =>
    {
        var intent = unit.Claim<SetupIntent>(call.RouteId) ?? throw NoSuchIntent(call.RouteId);
        return new ObjectReply(SetupConfirmation.Cancel(unit, intent, call.Form.Text("cancellation_reason")));
    };

    private static Func<UnitOfWork, Reply> ListAttempts(ApiCall call)
    {
        var id = call.Form.Text("setup_intent")!;
        return Listing.Prepare(call, IReadOnlyList<SetupAttempt> (unit) =>
        {
            var intent = unit.Find<SetupIntent>(id) ?? throw Refusal.NoSuch("setupintent", id, "setup_intent");
            return [.. intent.SetupAttempts.Select(unit.Find<SetupAttempt>).OfType<SetupAttempt>()];
        });
    }
}
