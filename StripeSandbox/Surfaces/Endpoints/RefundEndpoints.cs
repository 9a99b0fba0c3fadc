using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Endpoints.Intents;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Refunds;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints;

/// <summary>https://docs.stripe.com/api/refunds</summary>
internal static class RefundEndpoints
{
    private static readonly ParameterSet CreateParameters = new(
        Parameter.Integer("amount"), Parameter.Text("charge"), Parameter.Text("currency"), Parameter.Text("customer"),
        Parameter.Text("instructions_email"), Parameter.Map("metadata"), Parameter.Choice("origin", "customer_balance"),
        Parameter.Text("payment_intent"), Parameter.Choice("reason", "duplicate", "fraudulent", "requested_by_customer"),
        Parameter.Flag("refund_application_fee"), Parameter.Flag("reverse_transfer"));

    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post<Refund>("/v1/refunds", CreateParameters, Create),
        ApiRoute.Get<Refund>("/v1/refunds", Listing.Parameters.With(Parameter.Text("charge"), Parameter.Text("payment_intent")), List)
            with { IsList = true },
        ApiRoute.Get<Refund>("/v1/refunds/{id}", new ParameterSet(), call => unit => new ObjectReply(Existing(unit, call))),
        ApiRoute.Post<Refund>("/v1/refunds/{id}", new ParameterSet(Parameter.Map("metadata")), Update),
        ApiRoute.Post<Refund>("/v1/refunds/{id}/cancel", new ParameterSet(), Cancel),
    ];

    private static Func<UnitOfWork, Reply> Create(ApiCall call)
    {
        var form = call.Form;
        var intentId = form.Text("payment_intent");
        var chargeId = form.Text("charge");
        if (intentId is null && chargeId is null)
            throw ParameterErrors.MissingOneOf("payment_intent", "charge");

        if (intentId is not null && chargeId is not null)
            throw ParameterErrors.OnlyOneOf("charge", "payment_intent");
        if (form.Integer("amount") < 1)
            throw ParameterErrors.NotPositive("amount");
        var metadata = MetadataForm.Read(form["metadata"], Metadata.Empty);
        return unit =>
        {
            var charge = ChargeOf(unit, intentId, chargeId);
            return new ObjectReply(Refunding.Refund(unit, charge, form.Integer("amount"), form.Text("reason"), metadata));
        };
    }

    private static Charge ChargeOf(UnitOfWork unit, string? intentId, string? chargeId)
    {
        intentId ??= (unit.Find<Charge>(chargeId!) ?? throw Refusal.NoSuch("charge", chargeId!, "id")).PaymentIntent;
        var intent = unit.Claim<PaymentIntent>(intentId) ?? throw IntentEndpoints.NoSuchIntent(intentId);
        var charge = unit.Find<Charge>(chargeId ?? intent.LatestCharge ?? "");
        if (charge is null || charge.PaymentIntent != intent.Id || (chargeId is null && charge.Status != ChargeStatus.Succeeded))
            throw StateErrors.NothingToRefund(intent);
        return charge;
    }

    private static Func<UnitOfWork, Reply> List(ApiCall call)
    {
        var charge = call.Form.Text("charge");
        var intent = call.Form.Text("payment_intent");
        if (charge is null && intent is null)
            return Listing.Prepare<Refund>(call);
        return Listing.Prepare(call, unit =>
        {
            var charged = unit.Find<Charge>(charge ?? unit.Find<PaymentIntent>(intent!)?.LatestCharge ?? "");
            return charged is null || (intent is not null && charged.PaymentIntent != intent)
                ? []
                : (IReadOnlyList<Refund>)[.. charged.Refunds.Select(unit.Find<Refund>).OfType<Refund>()];
        });
    }

    private static Func<UnitOfWork, Reply> Update(ApiCall call)
    {
        // The limits are checked against what is sent; what it is merged into had passed them.
        _ = MetadataForm.Read(call.Form["metadata"], Metadata.Empty);
        return unit =>
        {
            unit.Claim<PaymentIntent>(Existing(unit, call).PaymentIntent);
            var refund = Existing(unit, call);
            return new ObjectReply(Refunding.Update(unit, refund, refund with { Metadata = MetadataForm.Read(call.Form["metadata"], refund.Metadata) }));
        };
    }

    private static Func<UnitOfWork, Reply> Cancel(ApiCall call) => unit =>
        throw StateErrors.CannotCancel(Existing(unit, call));

    private static Refund Existing(UnitOfWork unit, ApiCall call) =>
        unit.Find<Refund>(call.RouteId) ?? throw Refusal.NoSuch("refund", call.RouteId, "refund");
}
