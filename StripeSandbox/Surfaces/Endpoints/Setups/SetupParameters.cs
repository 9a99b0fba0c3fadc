using StripeSandbox.Calls;
using StripeSandbox.Endpoints.Methods;
using StripeSandbox.Forms;
using static StripeSandbox.Forms.Parameter;

namespace StripeSandbox.Endpoints.Setups;

/// <summary>What the SetupIntent endpoints take (https://docs.stripe.com/api/setup_intents).</summary>
internal static class SetupParameters
{
    public static readonly ParameterSet Create = new(
    [
        TextList("allowed_payment_method_types"),
        Flag("attach_to_self"),
        Object("automatic_payment_methods", Flag("enabled").Required(), Choice("allow_redirects", "always", "never")),
        Flag("confirm"),
        Text("confirmation_token"),
        Text("customer"),
        Text("customer_account"),
        Text("description").Clearable(),
        TextList("excluded_payment_method_types"),
        FlowDirections,
        Open("mandate_data"),
        Map("metadata"),
        Text("on_behalf_of"),
        Text("payment_method"),
        Text("payment_method_configuration"),
        PaymentMethodParameters.Data,
        Open("payment_method_options"),
        TextList("payment_method_types"),
        Text("return_url"),
        Open("single_use"),
        Choice("usage", "off_session", "on_session"),
        Flag("use_stripe_sdk"),
    ]);

    public static readonly ParameterSet Retrieve = new([Text("client_secret")]);

    public static readonly ParameterSet Confirm = new(
    [
        TextList("allowed_payment_method_types"),
        Text("client_secret"),
        Text("confirmation_token"),
        Open("mandate_data"),
        Text("payment_method"),
        PaymentMethodParameters.Data,
        Open("payment_method_options"),
        Text("return_url"),
        Flag("use_stripe_sdk"),
    ]);

    public static readonly ParameterSet Update = new(
    [
        TextList("allowed_payment_method_types").Clearable(),
        Flag("attach_to_self"),
        Text("customer"),
        Text("customer_account"),
        Text("description").Clearable(),
        TextList("excluded_payment_method_types").Clearable(),
        FlowDirections,
        Map("metadata"),
        Text("payment_method"),
        Text("payment_method_configuration"),
        PaymentMethodParameters.Data,
        Open("payment_method_options"),
        TextList("payment_method_types"),
    ]);

    public static readonly ParameterSet Cancel = new([Choice("cancellation_reason", "abandoned", "duplicate", "requested_by_customer")]);

    public static readonly ParameterSet List = Listing.Parameters.With(
        Flag("attach_to_self"), Text("customer"), Text("customer_account"), Text("payment_method"));

    public static readonly ParameterSet ListAttempts = Listing.Parameters.With(Text("setup_intent").Required());

    private static Parameter FlowDirections => TextList("flow_directions");
}
