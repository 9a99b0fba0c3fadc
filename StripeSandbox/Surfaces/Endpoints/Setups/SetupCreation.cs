using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Endpoints.Intents;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Rendering;
using StripeSandbox.Setups;

namespace StripeSandbox.Endpoints.Setups;

/// <summary>https://docs.stripe.com/api/setup_intents/create</summary>
internal static class SetupCreation
{
    private static readonly string[] OnlyWithConfirm = ["mandate_data", "return_url"];

    public static Func<UnitOfWork, Reply> Prepare(ApiCall call)
    {
        var form = call.Form;
        var isConfirmed = form.Flag("confirm") ?? false;
        if (!isConfirmed && Array.Find(OnlyWithConfirm, form.Has) is { } misplaced)
            throw ParameterErrors.OnlyWhere(misplaced, "confirm", "true");

        var types = MethodTypes.Read(call);
        var request = IntentForm.ReadConfirm(call);
        var redirects = IntentCreation.ReadRedirects(call, types.IsGiven, ConfirmationMethod.Automatic);
        if (isConfirmed)
        {
            IntentForm.RequireReturnUrl(redirects, request, "SetupIntent");
            if (request is { PaymentMethod: null, Card: null })
                throw StateErrors.NothingToConfirmWith<SetupIntent>();
        }

        var id = Ids.New("seti_");
        var draft = new SetupIntent
        {
            Id = id,
            Created = 0,
            ClientSecret = Ids.ClientSecret(id),
            Status = IntentStatus.RequiresPaymentMethod,
            Usage = form.Text("usage") ?? "off_session",
            PaymentMethodTypes = types.Effective ?? MethodTypes.CardOnly,
            AllowedPaymentMethodTypes = types.Allowed,
            ExcludedPaymentMethodTypes = MethodTypes.ReadExcluded(form),
            AutomaticRedirects = redirects,
            AttachToSelf = form.Flag("attach_to_self"),
            Customer = form.Text("customer"),
            Description = form.Text("description"),
            FlowDirections = SetupForm.ReadFlowDirections(form),
            Metadata = MetadataForm.Read(form["metadata"], Metadata.Empty),
            OnBehalfOf = form.Text("on_behalf_of"),
            RequestThreeDSecure = IntentForm.ReadThreeDSecure(form, "automatic"),
        };
        SetupForm.RequireOneOwner(draft);
        return unit => Create(unit, draft with { Created = unit.NowSeconds }, request, isConfirmed);
    }

    private static Reply Create(UnitOfWork unit, SetupIntent draft, ConfirmRequest request, bool isConfirmed)
    {
        (draft, request) = IntentDraft.WithMethod(unit, draft, request);
        unit.Put(draft);
        unit.Emit("setup_intent.created", draft with { PaymentMethod = null, Status = IntentStatus.RequiresPaymentMethod });
        return isConfirmed
            ? IntentEndpoints.ReplyTo(SetupConfirmation.Confirm(unit, draft, request))
            : new ObjectReply(draft);
    }
}
