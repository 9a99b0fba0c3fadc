using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Cards;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints.Methods;

/// <summary>https://docs.stripe.com/api/payment_methods/update</summary>
internal static class PaymentMethodUpdate
{
    public static Func<UnitOfWork, Reply> Prepare(ApiCall call)
    {
        _ = MetadataForm.Read(call.Form["metadata"], Metadata.Empty);
        return unit =>
        {
            var method = unit.Claim<PaymentMethod>(call.RouteId) ?? throw PaymentMethodEndpoints.NoSuchMethod(call.RouteId);
            if (method.Customer is null)
                throw StateErrors.MethodIsNotSaved();
            var updated = unit.Put(Apply(unit, call.Form, method));
            unit.Emit("payment_method.updated", updated, method);
            return new ObjectReply(updated);
        };
    }

    private static PaymentMethod Apply(UnitOfWork unit, FormNode form, PaymentMethod old)
    {
        var card = form["card"];
        var (month, year) = card is null
            ? (old.ExpMonth, old.ExpYear)
            : CardExpiry.Require(unit.Now, card.Integer("exp_month") ?? old.ExpMonth, card.Integer("exp_year") ?? old.ExpYear);
        return old with
        {
            AllowRedisplay = form.Text("allow_redisplay") ?? old.AllowRedisplay,
            BillingDetails = ReadBilling(form["billing_details"], old.BillingDetails),
            ExpMonth = month,
            ExpYear = year,
            Metadata = MetadataForm.Read(form["metadata"], old.Metadata),
            PreferredNetwork = card?["networks"] is { IsLeaf: false } networks
                ? Network(old, networks.Merge("preferred", old.PreferredNetwork))
                : old.PreferredNetwork,
        };
    }

    private static BillingDetails ReadBilling(FormNode? form, BillingDetails old) => form is null ? old : new BillingDetails(
        PaymentMethodParameters.MergeAddress(form, old.Address) ?? Address.Empty, form.Merge("email", old.Email), form.Merge("name", old.Name),
        form.Merge("phone", old.Phone), form.Merge("tax_id", old.TaxId));

    private static string? Network(PaymentMethod method, string? preferred) =>
        preferred is null || TestCards.Named(method.Card).AvailableNetworks.Contains(preferred)
            ? preferred
            : throw StateErrors.NetworkIsNotTheCards(preferred);
}
