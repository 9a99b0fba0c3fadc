using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints;

/// <summary>https://docs.stripe.com/api/charges</summary>
internal static class ChargeEndpoints
{
    private static readonly ParameterSet ListParameters =
        Listing.Parameters.With(Parameter.Text("customer"), Parameter.Text("payment_intent"), Parameter.Text("transfer_group"));

    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get<Charge>("/v1/charges/{id}", new ParameterSet(), Retrieve),
        ApiRoute.Get<Charge>("/v1/charges", ListParameters, List) with { IsList = true },
    ];

    private static Func<UnitOfWork, Reply> Retrieve(ApiCall call) => unit =>
        new ObjectReply(unit.Find<Charge>(call.RouteId) ?? throw Refusal.NoSuch("charge", call.RouteId, "id"));

    private static Func<UnitOfWork, Reply> List(ApiCall call)
    {
        var (customer, group) = (call.Form.Text("customer"), call.Form.Text("transfer_group"));
        if (call.Form.Text("payment_intent") is { } intent)
        {
            return Listing.Prepare(call, IReadOnlyList<Charge> (unit) =>
                [.. (unit.Find<PaymentIntent>(intent)?.Charges ?? []).Select(unit.Find<Charge>).OfType<Charge>()]);
        }

        return customer is null
            ? Listing.Prepare<Charge>(call, charge => group is null || charge.TransferGroup == group)
            : Listing.OfCustomer<Charge>(call, customer, charge => charge.Customer == customer && (group is null || charge.TransferGroup == group));
    }
}
