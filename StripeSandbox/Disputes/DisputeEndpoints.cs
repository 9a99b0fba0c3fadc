using StripeSandbox.Api;
using StripeSandbox.Forms;
using StripeSandbox.Objects;

namespace StripeSandbox.Disputes;

/// <summary>https://docs.stripe.com/api/disputes</summary>
internal static class DisputeEndpoints
{
    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get<Dispute>("/v1/disputes/{id}", new ParameterSet(), call => unit =>
            new ObjectReply(unit.Find<Dispute>(call.RouteId) ?? throw Refusal.NoSuch("dispute", call.RouteId, "id"))),
        ApiRoute.Get<Dispute>("/v1/disputes", Listing.Parameters.With(Parameter.Text("charge"), Parameter.Text("payment_intent")), call =>
        {
            var charge = call.Form.Text("charge");
            var intent = call.Form.Text("payment_intent");
            return Listing.Prepare<Dispute>(call, dispute =>
                (charge is null || dispute.Charge == charge) && (intent is null || dispute.PaymentIntent == intent));
        }) with { IsList = true },
    ];
}
