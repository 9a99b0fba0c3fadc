using StripeSandbox.Calls;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints;

/// <summary>https://docs.stripe.com/api/balance_transactions</summary>
internal static class BalanceEndpoints
{
    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get<BalanceTransaction>("/v1/balance_transactions/{id}", new ParameterSet(), call => unit =>
            new ObjectReply(unit.Find<BalanceTransaction>(call.RouteId) ?? throw Refusal.NoSuch("balance transaction", call.RouteId, "id"))),
    ];
}
