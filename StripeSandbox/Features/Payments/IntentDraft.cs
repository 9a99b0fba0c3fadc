using StripeSandbox.Books;
using StripeSandbox.Customers;
using StripeSandbox.Errors;
using StripeSandbox.Objects;

namespace StripeSandbox.Payments;

/// <summary>What creating a PaymentIntent and creating a SetupIntent have in common.</summary>
internal static class IntentDraft
{
    /// <summary>Gives the draft the card that its request names, or brings; the request then names it by id.</summary>
    /// <exception cref="Refusal">There is no such customer or PaymentMethod, or it may not be used here.</exception>
    public static (T Draft, ConfirmRequest Request) WithMethod<T>(UnitOfWork unit, T draft, ConfirmRequest request)
        where T : Intent
    {
        if (draft.Customer is { } customer)
            CustomerRecords.Named(unit, customer);
        if (request.Card is { } card)
            request = request with { Card = null, PaymentMethod = PaymentMethods.Create(unit, card).Id };
        if (request.PaymentMethod is not { } given)
            return (draft, request);
        var method = PaymentMethods.Resolve(unit, given);
        PaymentMethods.RequireUsable(unit, method, draft);
        return (draft with { PaymentMethod = method.Id, Status = IntentStatus.RequiresConfirmation }, request with { PaymentMethod = method.Id });
    }
}
