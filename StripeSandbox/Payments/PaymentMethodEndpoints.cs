using StripeSandbox.Api;
using StripeSandbox.Books;
using StripeSandbox.Forms;
using StripeSandbox.Objects;

namespace StripeSandbox.Payments;

/// <summary>https://docs.stripe.com/api/payment_methods</summary>
internal static class PaymentMethodEndpoints
{
    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post<PaymentMethod>("/v1/payment_methods", PaymentMethodParameters.Create, Create) with { Access = Access.SecretOrPublishableKey },
        ApiRoute.Get<PaymentMethod>("/v1/payment_methods/{id}", new ParameterSet(), Retrieve),
    ];

    private static Func<UnitOfWork, Reply> Create(ApiCall call)
    {
        var details = PaymentMethodParameters.Read(call.Form, null);
        return unit => new ObjectReply(PaymentMethods.Create(unit, details));
    }

    private static Func<UnitOfWork, Reply> Retrieve(ApiCall call) => unit =>
        new ObjectReply(PaymentMethods.FromToken(unit, call.RouteId)
            ?? unit.Find<PaymentMethod>(call.RouteId)
            ?? throw Refusal.NoSuch("PaymentMethod", call.RouteId, "payment_method"));
}
