using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Customers;
using StripeSandbox.Endpoints.Methods;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints.Customers;

/// <summary>https://docs.stripe.com/api/customers</summary>
internal static class CustomerEndpoints
{
    private const string DefaultMethod = "invoice_settings[default_payment_method]";

    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post<Customer>("/v1/customers", CustomerForm.Create, Create),
        ApiRoute.Get<Customer>("/v1/customers", Listing.Parameters.With(Parameter.Text("email"), Parameter.Text("test_clock")), List)
            with { IsList = true },
        ApiRoute.Get<Customer>("/v1/customers/{id}", new ParameterSet(), Retrieve),
        ApiRoute.Post<Customer>("/v1/customers/{id}", CustomerForm.Update, Update),
        ApiRoute.Delete<Customer>("/v1/customers/{id}", Delete),
        ApiRoute.Get<PaymentMethod>("/v1/customers/{id}/payment_methods", PaymentMethodEndpoints.ListParameters, ListMethods) with { IsList = true },
        ApiRoute.Get<PaymentMethod>("/v1/customers/{id}/payment_methods/{method}", new ParameterSet(), RetrieveMethod),
    ];

    private static Func<UnitOfWork, Reply> Create(ApiCall call)
    {
        var form = call.Form;
        var described = CustomerForm.Apply(form, new Customer { Id = Ids.New("cus_"), Created = 0, InvoicePrefix = Ids.InvoicePrefix() });
        return unit =>
        {
            var customer = described with { Created = unit.NowSeconds };
            var method = form.Text("payment_method") is { } given ? PaymentMethods.Resolve(unit, given) : null;
            if (customer.InvoiceSettings.DefaultPaymentMethod is { } preferred)
            {
                // A token stands for one fresh method, however often the request names it.
                customer = method is not null && (preferred == method.Id || preferred == form.Text("payment_method"))
                    ? customer with { InvoiceSettings = customer.InvoiceSettings with { DefaultPaymentMethod = method.Id } }
                    : throw NotAttached(unit, preferred);
            }

            if (method is not null)
                SavedMethods.RequireAttachable(method);
            unit.Put(customer);
            unit.Emit("customer.created", customer);
            if (method is not null)
                SavedMethods.Keep(unit, customer, method);
            return new ObjectReply(unit.Find<Customer>(customer.Id)!);
        };
    }

    private static Func<UnitOfWork, Reply> Retrieve(ApiCall call) => unit =>
        new ObjectReply(unit.Find<Customer>(call.RouteId) ?? throw Refusal.NoSuch("customer", call.RouteId, "id"));

    private static Func<UnitOfWork, Reply> List(ApiCall call)
    {
        var email = call.Form.Text("email");
        return Listing.Prepare<Customer>(call, customer => !customer.IsDeleted && (email is null || customer.Email == email));
    }

    private static Func<UnitOfWork, Reply> Update(ApiCall call)
    {
        // What can be wrong with the form itself is found before anything is kept under an idempotency key.
        _ = CustomerForm.Apply(call.Form, new Customer { Id = "", Created = 0, InvoicePrefix = "", Shipping = new Shipping(Address.Empty, null, "", null, null) });
        return unit =>
        {
            var customer = CustomerRecords.Existing(unit, call.RouteId);
            var updated = CustomerForm.Apply(call.Form, customer);
            if (updated.InvoiceSettings.DefaultPaymentMethod is { } preferred && !customer.PaymentMethods.Contains(preferred))
                throw NotAttached(unit, preferred);
            unit.Put(updated);
            unit.Emit("customer.updated", updated, customer);
            return new ObjectReply(updated);
        };
    }

    private static Func<UnitOfWork, Reply> Delete(ApiCall call) => unit =>
    {
        var customer = CustomerRecords.Existing(unit, call.RouteId);
        SavedMethods.DetachAll(unit, customer);
        unit.Put(customer with { IsDeleted = true, PaymentMethods = [] });
        unit.Emit("customer.deleted", customer);
        return new DeletedReply(customer.Id, "customer");
    };

    private static Func<UnitOfWork, Reply> ListMethods(ApiCall call) => PaymentMethodEndpoints.ListOf(call, unit =>
        CustomerRecords.Existing(unit, call.RouteId, "customer"));

    private static Func<UnitOfWork, Reply> RetrieveMethod(ApiCall call)
    {
        var id = call.LastSegment;
        return unit =>
        {
            var customer = CustomerRecords.Existing(unit, call.RouteId, "customer");
            return customer.PaymentMethods.Contains(id)
                ? new ObjectReply(unit.Find<PaymentMethod>(id)!)
                : throw Refusal.NoSuch("PaymentMethod", id, "payment_method");
        };
    }

    private static Refusal NotAttached(UnitOfWork unit, string method) => unit.Find<PaymentMethod>(method) is null
        ? ParameterErrors.NoSuchNamed("PaymentMethod", method, DefaultMethod)
        : StateErrors.IsNotTheCustomers(method, DefaultMethod);
}
