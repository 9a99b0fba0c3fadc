using StripeSandbox.Api;
using StripeSandbox.Books;
using StripeSandbox.Forms;
using StripeSandbox.Objects;

namespace StripeSandbox.Payments;

/// <summary>https://docs.stripe.com/api/charges</summary>
internal static class ChargeEndpoints
{
    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get<Charge>("/v1/charges/{id}", new ParameterSet(), Retrieve),
    ];

    private static Func<UnitOfWork, Reply> Retrieve(ApiCall call) => unit =>
        new ObjectReply(unit.Find<Charge>(call.RouteId) ?? throw Refusal.NoSuch("charge", call.RouteId, "id"));
}
