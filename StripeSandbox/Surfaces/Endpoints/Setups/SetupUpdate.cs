using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Customers;
using StripeSandbox.Endpoints.Intents;
using StripeSandbox.Endpoints.Methods;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Rendering;
using StripeSandbox.Setups;

namespace StripeSandbox.Endpoints.Setups;

/// <summary>https://docs.stripe.com/api/setup_intents/update</summary>
internal static class SetupUpdate
{
    public static Func<UnitOfWork, Reply> Prepare(ApiCall call)
    {
        var form = call.Form;
        if (form.Text("payment_method") is not null && form["payment_method_data"] is not null)
            throw ParameterErrors.OnlyOneOf("payment_method", "payment_method_data", "payment_method_data");
        var card = form["payment_method_data"] is { } data ? PaymentMethodParameters.Read(data, "payment_method_data") : null;
        var directions = SetupForm.ReadFlowDirections(form);
        var types = MethodTypes.Read(call);
        var excluded = MethodTypes.ReadExcluded(form);
        _ = MetadataForm.Read(form["metadata"], Metadata.Empty);
        return unit =>
        {
            var intent = unit.Claim<SetupIntent>(call.RouteId) ?? throw SetupEndpoints.NoSuchIntent(call.RouteId);
            if (card is not null || form.Has("payment_method") || types.IsGiven)
                RequireOpen(intent);
            var updated = types.ApplyTo(intent) with
            {
                AttachToSelf = form.Flag("attach_to_self") ?? intent.AttachToSelf,
                Customer = form.Text("customer") is { } customer ? CustomerRecords.Named(unit, customer).Id : intent.Customer,
                Description = form.Merge("description", intent.Description),
                ExcludedPaymentMethodTypes = form.Has("excluded_payment_method_types") ? excluded : intent.ExcludedPaymentMethodTypes,
                FlowDirections = directions ?? intent.FlowDirections,
                LastSetupError = null,
                Metadata = MetadataForm.Read(form["metadata"], intent.Metadata),
                RequestThreeDSecure = IntentForm.ReadThreeDSecure(form, intent.RequestThreeDSecure),
            };
            SetupForm.RequireOneOwner(updated);
            var method = card is not null ? PaymentMethods.Create(unit, card)
                : form.Text("payment_method") is { } id ? PaymentMethods.Resolve(unit, id)
                : null;
            if (method is null && updated.Customer != intent.Customer && intent.PaymentMethod is { } own && SetupConfirmation.IsConfirmable(intent))
                PaymentMethods.RequireUsable(unit, unit.Find<PaymentMethod>(own)!, updated);
            return new ObjectReply(unit.Put(method is null ? updated : Reopen(unit, updated, method)));
        };
    }

    private static SetupIntent Reopen(UnitOfWork unit, SetupIntent intent, PaymentMethod method)
    {
        PaymentMethods.RequireUsable(unit, method, intent);
        SetupAttempts.Supersede(unit, intent);
        return intent with { PaymentMethod = method.Id, Attempt = null, Status = IntentStatus.RequiresConfirmation };
    }

    private static void RequireOpen(SetupIntent intent)
    {
        if (!SetupConfirmation.IsConfirmable(intent))
            throw StateErrors.CannotUpdate(intent);
    }
}
