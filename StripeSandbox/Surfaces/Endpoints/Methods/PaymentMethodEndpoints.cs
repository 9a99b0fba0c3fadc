using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Customers;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints.Methods;

/// <summary>https://docs.stripe.com/api/payment_methods</summary>
internal static class PaymentMethodEndpoints
{
    private static readonly ParameterSet AttachParameters = new(Parameter.Text("customer"), Parameter.Text("customer_account"));

    /// <summary>What a customer's own list takes.</summary>
    public static readonly ParameterSet ListParameters = Listing.Parameters.With(
        Parameter.Choice("type", PaymentMethodParameters.Types), Parameter.Choice("allow_redisplay", "always", "limited", "unspecified"));

    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post<PaymentMethod>("/v1/payment_methods", PaymentMethodParameters.Create, Create) with { Access = Access.SecretOrPublishableKey },
        ApiRoute.Get<PaymentMethod>("/v1/payment_methods",
            ListParameters.With(Parameter.Text("customer"), Parameter.Text("customer_account")), List) with { IsList = true },
        ApiRoute.Get<PaymentMethod>("/v1/payment_methods/{id}", new ParameterSet(), Retrieve),
        ApiRoute.Post<PaymentMethod>("/v1/payment_methods/{id}", PaymentMethodParameters.Update, PaymentMethodUpdate.Prepare),
        ApiRoute.Post<PaymentMethod>("/v1/payment_methods/{id}/attach", AttachParameters, Attach),
        ApiRoute.Post<PaymentMethod>("/v1/payment_methods/{id}/detach", new ParameterSet(), call => unit =>
            new ObjectReply(SavedMethods.Detach(unit, call.RouteId))),
    ];

    public static Refusal NoSuchMethod(string id) => Refusal.NoSuch("PaymentMethod", id, "payment_method");

    /// <summary>Lists the methods of a customer that is looked up when the call is executed.</summary>
    public static Func<UnitOfWork, Reply> ListOf(ApiCall call, Func<UnitOfWork, Customer> find)
    {
        var filter = Filter(call.Form);
        return Listing.Prepare(call, IReadOnlyList<PaymentMethod> (unit) => [.. CustomerRecords.MethodsOf(unit, find(unit)).Where(filter)]);
    }

    private static Func<UnitOfWork, Reply> Create(ApiCall call)
    {
        var details = PaymentMethodParameters.Read(call.Form, null);
        return unit => new ObjectReply(PaymentMethods.Create(unit, details));
    }

    private static Func<UnitOfWork, Reply> Retrieve(ApiCall call) => unit =>
        new ObjectReply(PaymentMethods.FromToken(unit, call.RouteId) ?? unit.Find<PaymentMethod>(call.RouteId) ?? throw NoSuchMethod(call.RouteId));

    private static Func<UnitOfWork, Reply> List(ApiCall call) => call.Form.Text("customer") is { } customer
        ? ListOf(call, unit => CustomerRecords.Named(unit, customer))
        : Listing.Prepare(call, Filter(call.Form));

    private static Func<PaymentMethod, bool> Filter(FormNode form)
    {
        var isForCards = form.Text("type") is null or "card";
        var redisplay = form.Text("allow_redisplay");
        return method => isForCards && (redisplay is null || method.AllowRedisplay == redisplay);
    }

    private static Func<UnitOfWork, Reply> Attach(ApiCall call)
    {
        var customer = call.Form.Text("customer") ?? throw ParameterErrors.MissingParameter("customer");
        return unit =>
        {
            var owner = CustomerRecords.Named(unit, customer);
            var method = PaymentMethods.FromToken(unit, call.RouteId) ?? unit.Claim<PaymentMethod>(call.RouteId) ?? throw NoSuchMethod(call.RouteId);
            return new ObjectReply(SavedMethods.Attach(unit, owner, method));
        };
    }
}
