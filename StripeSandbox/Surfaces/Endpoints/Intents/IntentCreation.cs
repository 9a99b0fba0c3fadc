using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Endpoints.Methods;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints.Intents;

/// <summary>https://docs.stripe.com/api/payment_intents/create</summary>
internal static class IntentCreation
{
    private static readonly string[] OnlyWithConfirm = ["error_on_requires_action", "mandate", "mandate_data", "off_session", "return_url"];

    public static Func<UnitOfWork, Reply> Prepare(ApiCall call)
    {
        var form = call.Form;
        var currency = AmountRules.Currency(form.Text("currency")!);
        var amount = AmountRules.Amount(form.Integer("amount")!.Value, currency);
        var isConfirmed = form.Flag("confirm") ?? false;
        if (!isConfirmed && Array.Find(OnlyWithConfirm, form.Has) is { } misplaced)
            throw ParameterErrors.OnlyWhere(misplaced, "confirm", "true");

        StatementDescriptors.Require(form);
        var types = MethodTypes.Read(call);
        var request = IntentForm.ReadConfirm(call);
        var method = form.Text("confirmation_method") == "manual" ? ConfirmationMethod.Manual : ConfirmationMethod.Automatic;
        var redirects = ReadRedirects(call, types.IsGiven, method);
        if (isConfirmed)
        {
            IntentForm.RequireReturnUrl(redirects, request);
            IntentForm.RequireMethodTypes(redirects, request);
            if (request is { PaymentMethod: null, Card: null })
                throw StateErrors.NothingToConfirmWith<PaymentIntent>();
        }

        var id = Ids.New("pi_");
        var draft = new PaymentIntent
        {
            Id = id,
            Created = 0,
            ClientSecret = Ids.ClientSecret(id),
            Amount = amount,
            Currency = currency,
            Status = IntentStatus.RequiresPaymentMethod,
            ConfirmationMethod = method,
            CaptureMethod = IntentForm.ReadCaptureMethod(form) ?? (call.Version.CapturesAsynchronously ? CaptureMethod.AutomaticAsync : CaptureMethod.Automatic),
            PaymentMethodTypes = types.Effective ?? MethodTypes.CardOnly,
            AllowedPaymentMethodTypes = types.Allowed,
            ExcludedPaymentMethodTypes = MethodTypes.ReadExcluded(form),
            AutomaticRedirects = redirects,
            ApplicationFeeAmount = form.Integer("application_fee_amount"),
            CardSetupFutureUsage = IntentForm.ReadCardSetupFutureUsage(form, null),
            Customer = form.Text("customer"),
            Description = form.Text("description"),
            Metadata = MetadataForm.Read(form["metadata"], Metadata.Empty),
            OnBehalfOf = form.Text("on_behalf_of"),
            ReceiptEmail = form.Text("receipt_email"),
            RequestThreeDSecure = IntentForm.ReadThreeDSecure(form, "automatic"),
            SetupFutureUsage = form.Text("setup_future_usage"),
            Shipping = PaymentMethodParameters.ReadShipping(form["shipping"]),
            StatementDescriptor = form.Text("statement_descriptor"),
            StatementDescriptorSuffix = form.Text("statement_descriptor_suffix"),
            TransferDestination = form["transfer_data"]?.Text("destination"),
            TransferGroup = form.Text("transfer_group"),
        };
        return unit => Create(unit, draft with { Created = unit.NowSeconds }, request, isConfirmed);
    }

    private static Reply Create(UnitOfWork unit, PaymentIntent draft, ConfirmRequest request, bool isConfirmed)
    {
        (draft, request) = IntentDraft.WithMethod(unit, draft, request);
        // An intent that cannot be confirmed is not created either: the refusal below leaves nothing behind.
        unit.Put(draft);
        unit.EmitCreated(draft);
        return isConfirmed
            ? IntentEndpoints.ReplyTo(Confirmation.Confirm(unit, draft, request))
            : new ObjectReply(draft);
    }

    /// <summary>Where automatic payment methods may send the shopper; null where the intent does not use them.</summary>
    public static string? ReadRedirects(ApiCall call, bool namesTypes, ConfirmationMethod method)
    {
        if (call.Form["automatic_payment_methods"] is not { } automatic)
            return call.Version.UsesAutomaticMethods && !namesTypes && method == ConfirmationMethod.Automatic ? "always" : null;
        if (automatic.Flag("enabled") == false)
            return null;
        if (namesTypes)
            throw ParameterErrors.OnlyOneOf("automatic_payment_methods", "payment_method_types");
        if (!call.Version.TakesMethodTypes && call.Form.Has("confirmation_method"))
            throw ParameterErrors.OnlyOneOf("automatic_payment_methods", "confirmation_method");

        return automatic.Text("allow_redirects") ?? "always";
    }
}
