using StripeSandbox.Api;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;

namespace StripeSandbox.Setups;

/// <summary>The checks that create, confirm and update have in common.</summary>
internal static class SetupForm
{
    public static IReadOnlyList<string>? ReadFlowDirections(FormNode form)
    {
        var directions = form.TextList("flow_directions");
        return directions is null || directions.All(direction => direction is "inbound" or "outbound")
            ? directions
            : throw Refusal.Invalid("Invalid flow_directions: must be one of inbound or outbound", "flow_directions");
    }

    /// <exception cref="Refusal">The card would be the merchant's own and a customer's.</exception>
    public static void RequireOneOwner(SetupIntent intent)
    {
        if (intent is { AttachToSelf: true, Customer: not null })
        {
            throw Refusal.Invalid(
                "You may not set `attach_to_self` to `true` when setting up a PaymentMethod for a Customer.", "attach_to_self");
        }
    }

    /// <exception cref="Refusal">The method is another customer's, or was used up; an intent that exists already goes with the answer.</exception>
    public static void RequireUsable(PaymentMethod method, SetupIntent intent, bool isNew)
    {
        if (method.Customer is null || method.Customer == intent.Customer)
        {
            PaymentMethods.RequireUsable(method, intent);
            return;
        }

        var message = intent.Customer is null
            ? $"The payment method supplied ({method.Id}) belongs to the Customer {method.Customer}. Please include the Customer in the `customer` " +
                "parameter on the SetupIntent."
            : $"The PaymentMethod {method.Id} does not belong to the Customer you supplied {intent.Customer}. Please use this PaymentMethod with " +
                "the Customer that it belongs to instead.";
        throw new Refusal(
            StatusCodes.Status400BadRequest, new Failure { Type = "invalid_request_error", Message = message, Param = "payment_method" })
        {
            Intent = isNew ? null : intent,
        };
    }
}
