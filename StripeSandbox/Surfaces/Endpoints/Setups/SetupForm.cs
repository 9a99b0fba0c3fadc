using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;

namespace StripeSandbox.Endpoints.Setups;

/// <summary>The checks that create, confirm and update have in common.</summary>
internal static class SetupForm
{
    public static IReadOnlyList<string>? ReadFlowDirections(FormNode form)
    {
        var directions = form.TextList("flow_directions");
        return directions is null || directions.All(direction => direction is "inbound" or "outbound")
            ? directions
            : throw ParameterErrors.NotOneOf("flow_directions", ["inbound", "outbound"]);
    }

    /// <exception cref="Refusal">The card would be the merchant's own and a customer's.</exception>
    public static void RequireOneOwner(SetupIntent intent)
    {
        if (intent is { AttachToSelf: true, Customer: not null })
            throw ParameterErrors.TwoOwners();
    }
}
