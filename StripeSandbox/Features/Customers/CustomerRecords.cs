using StripeSandbox.Books;
using StripeSandbox.Errors;
using StripeSandbox.Objects;

namespace StripeSandbox.Customers;

/// <summary>Finds customers by the names that requests give them.</summary>
internal static class CustomerRecords
{
    /// <summary>The customer that the path names, claimed.</summary>
    /// <exception cref="Refusal">There is none, or not any more (404, resource_missing).</exception>
    public static Customer Existing(UnitOfWork unit, string id, string param = "id") =>
        unit.Claim<Customer>(id) is { IsDeleted: false } customer ? customer : throw Refusal.NoSuch("customer", id, param);

    /// <summary>The customer that the parameter <c>customer</c> names, claimed.</summary>
    /// <exception cref="Refusal">There is none, or not any more (400, resource_missing).</exception>
    public static Customer Named(UnitOfWork unit, string id) =>
        unit.Claim<Customer>(id) is { IsDeleted: false } customer
            ? customer
            : throw ParameterErrors.NoSuchNamed("customer", id, "customer");

    /// <summary>A customer's saved methods, newest first.</summary>
    public static IReadOnlyList<PaymentMethod> MethodsOf(UnitOfWork unit, Customer customer) =>
        [.. customer.PaymentMethods.Select(unit.Find<PaymentMethod>).OfType<PaymentMethod>()
            .OrderByDescending(method => unit.Books.SlotOf(method.Id)?.Position)];
}
