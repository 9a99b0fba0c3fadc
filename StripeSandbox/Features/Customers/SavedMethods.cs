using StripeSandbox.Books;
using StripeSandbox.Cards;
using StripeSandbox.Errors;
using StripeSandbox.Objects;

namespace StripeSandbox.Customers;

/// <summary>
/// PaymentMethods that belong to a customer (https://docs.stripe.com/api/payment_methods/attach). Whoever changes one has
/// claimed the customer first.
/// </summary>
internal static class SavedMethods
{
    /// <summary>Saves a claimed method with its claimed customer, if the card's bank agrees.</summary>
    /// <exception cref="Refusal">It belongs to a customer, cannot be used again, or the bank says no (402).</exception>
    public static PaymentMethod Attach(UnitOfWork unit, Customer customer, PaymentMethod method)
    {
        RequireAttachable(method);
        return Keep(unit, customer, method);
    }

    /// <exception cref="Refusal">It belongs to a customer, cannot be used again, or the bank says no (402).</exception>
    public static void RequireAttachable(PaymentMethod method)
    {
        if (method.Customer is not null)
            throw StateErrors.MethodIsAttached();
        if (method.IsDetached || method is { UsedBy: not null, IsKeptForLater: false })
            throw StateErrors.MethodCannotBeAttached();

        if (TestCards.Named(method.Card) is { IsDeclinedWhenSaved: true, Decline: { } decline })
            throw decline.ToRefusal();
    }

    /// <summary>Saves the method without asking anybody: a payment, or a setup, has just shown that it works.</summary>
    public static PaymentMethod Keep(UnitOfWork unit, Customer customer, PaymentMethod method)
    {
        if (method.Customer == customer.Id)
            return method;
        unit.Put(customer with { PaymentMethods = [.. customer.PaymentMethods, method.Id] });
        var attached = unit.Put(method with { Customer = customer.Id });
        unit.Emit("payment_method.attached", attached);
        return attached;
    }

    /// <summary>Takes the method from its customer, for good: it cannot be used or attached again.</summary>
    /// <exception cref="Refusal">There is no such method, or it has no customer.</exception>
    public static PaymentMethod Detach(UnitOfWork unit, string id)
    {
        var found = unit.Find<PaymentMethod>(id) ?? throw Refusal.NoSuch("PaymentMethod", id, "payment_method");
        var customer = found.Customer is { } owner ? unit.Claim<Customer>(owner) : null;
        var method = unit.Claim<PaymentMethod>(id)!;
        if (customer is null || method.Customer != customer.Id)
            throw StateErrors.MethodIsNotAttached();

        var detached = Release(unit, method);
        var left = customer with { PaymentMethods = [.. customer.PaymentMethods.Where(saved => saved != id)] };
        if (left.InvoiceSettings.DefaultPaymentMethod != id)
        {
            unit.Put(left);
            return detached;
        }

        left = unit.Put(left with { InvoiceSettings = left.InvoiceSettings with { DefaultPaymentMethod = null } });
        unit.Emit("customer.updated", left, customer);
        return detached;
    }

    /// <summary>Takes everything from a customer who goes.</summary>
    public static void DetachAll(UnitOfWork unit, Customer customer)
    {
        foreach (var id in customer.PaymentMethods)
            Release(unit, unit.Claim<PaymentMethod>(id)!);
    }

    private static PaymentMethod Release(UnitOfWork unit, PaymentMethod method)
    {
        var detached = unit.Put(method with { Customer = null, IsDetached = true });
        unit.Emit("payment_method.detached", detached, method);
        return detached;
    }
}
