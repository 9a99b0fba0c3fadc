using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Customers;
using StripeSandbox.Endpoints.Methods;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints.Intents;

/// <summary>https://docs.stripe.com/api/payment_intents/update</summary>
internal static class IntentUpdate
{
    private static readonly string[] OnlyWhileOpen =
    [
        "amount", "currency", "payment_method", "payment_method_data", "allowed_payment_method_types", "payment_method_types",
        "excluded_payment_method_types", "capture_method", "setup_future_usage", "customer",
    ];

    public static Func<UnitOfWork, Reply> Prepare(ApiCall call)
    {
        var form = call.Form;
        var currency = form.Text("currency") is { } text ? AmountRules.Currency(text) : null;
        var card = form["payment_method_data"] is { } data ? PaymentMethodParameters.Read(data, "payment_method_data") : null;
        StatementDescriptors.Require(form);
        var types = MethodTypes.Read(call);
        var excluded = MethodTypes.ReadExcluded(form);
        _ = IntentForm.ReadCardSetupFutureUsage(form, null);
        _ = MetadataForm.Read(form["metadata"], Metadata.Empty);
        if (form.Integer("amount") < 0)
            throw ParameterErrors.NotPositive("amount");
        return unit =>
        {
            var intent = unit.Claim<PaymentIntent>(call.RouteId) ?? throw IntentEndpoints.NoSuchIntent(call.RouteId);
            if (Array.Find(OnlyWhileOpen, form.Has) is { } parameter && !Confirmation.IsConfirmable(intent))
                throw StateErrors.CannotUpdate(intent, parameter);

            if (form.Text("customer") is { } customer)
                RequireNew(unit, customer, intent);
            var newCurrency = currency ?? intent.Currency;
            var updated = types.ApplyTo(intent) with
            {
                Currency = newCurrency,
                Amount = AmountRules.Amount(form.Integer("amount") ?? intent.Amount, newCurrency),
                ApplicationFeeAmount = form.Has("application_fee_amount") ? form.Integer("application_fee_amount") : intent.ApplicationFeeAmount,
                CardSetupFutureUsage = IntentForm.ReadCardSetupFutureUsage(form, intent.CardSetupFutureUsage),
                Customer = form.Text("customer") ?? intent.Customer,
                CaptureMethod = IntentForm.ReadCaptureMethod(form) ?? intent.CaptureMethod,
                Description = form.Merge("description", intent.Description),
                ExcludedPaymentMethodTypes = form.Has("excluded_payment_method_types") ? excluded : intent.ExcludedPaymentMethodTypes,
                IsShippingFromBrowser = intent.IsShippingFromBrowser && !form.Has("shipping"),
                LastPaymentError = null,
                Metadata = MetadataForm.Read(form["metadata"], intent.Metadata),
                ReceiptEmail = form.Merge("receipt_email", intent.ReceiptEmail),
                RequestThreeDSecure = IntentForm.ReadThreeDSecure(form, intent.RequestThreeDSecure),
                SetupFutureUsage = form.Merge("setup_future_usage", intent.SetupFutureUsage),
                Shipping = form.Has("shipping") ? PaymentMethodParameters.ReadShipping(form["shipping"]) : intent.Shipping,
                StatementDescriptor = form.Merge("statement_descriptor", intent.StatementDescriptor),
                StatementDescriptorSuffix = form.Merge("statement_descriptor_suffix", intent.StatementDescriptorSuffix),
                TransferGroup = form.Merge("transfer_group", intent.TransferGroup),
            };
            var method = card is not null ? PaymentMethods.Create(unit, card)
                : form.Text("payment_method") is { } id ? PaymentMethods.Resolve(unit, id)
                : null;
            return new ObjectReply(unit.Put(Reopen(unit, intent, updated, method)));
        };
    }

    private static void RequireNew(UnitOfWork unit, string customer, PaymentIntent intent)
    {
        if (intent.Customer is not null)
            throw StateErrors.CustomerIsSet(intent);

        CustomerRecords.Named(unit, customer);
    }

    // What the bank was asked is not what is to be paid any more: the next confirm asks again.
    private static PaymentIntent Reopen(UnitOfWork unit, PaymentIntent old, PaymentIntent updated, PaymentMethod? method)
    {
        if (method is not null)
        {
            PaymentMethods.RequireUsable(unit, method, updated);
            updated = updated with { PaymentMethod = method.Id };
        }
        else if (updated.Customer != old.Customer && updated.PaymentMethod is { } own)
        {
            PaymentMethods.RequireUsable(unit, unit.Find<PaymentMethod>(own)!, updated);
        }

        if (method is null && updated.Amount == old.Amount && updated.Currency == old.Currency)
            return updated;
        Attempts.Supersede(unit, old);
        return updated with
        {
            Attempt = null,
            Status = updated.PaymentMethod is null ? IntentStatus.RequiresPaymentMethod : IntentStatus.RequiresConfirmation,
        };
    }
}
