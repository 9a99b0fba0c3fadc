using StripeSandbox.Calls;
using StripeSandbox.Endpoints.Methods;
using StripeSandbox.Forms;
using static StripeSandbox.Forms.Parameter;

namespace StripeSandbox.Endpoints.Intents;

/// <summary>What the PaymentIntent endpoints take (https://docs.stripe.com/api/payment_intents).</summary>
internal static class IntentParameters
{
    public static readonly ParameterSet Create = new(
    [
        Integer("amount").Required(),
        Text("currency").Required(),
        TextList("allowed_payment_method_types"),
        Open("amount_details"),
        Integer("application_fee_amount"),
        Object("automatic_payment_methods", Flag("enabled").Required(), Choice("allow_redirects", "always", "never")),
        Choice("capture_method", "automatic", "automatic_async", "manual"),
        Flag("confirm"),
        Choice("confirmation_method", "automatic", "manual"),
        Text("confirmation_token"),
        Text("customer"),
        Text("customer_account"),
        Text("description").Clearable(),
        Flag("error_on_requires_action"),
        TextList("excluded_payment_method_types"),
        Open("hooks"),
        Text("mandate"),
        Open("mandate_data"),
        Map("metadata"),
        Choice("off_session", "true", "false", "one_off", "recurring"),
        Text("on_behalf_of"),
        Open("payment_details"),
        Text("payment_method"),
        Text("payment_method_configuration"),
        PaymentMethodParameters.Data,
        Open("payment_method_options"),
        TextList("payment_method_types"),
        Open("radar_options"),
        Text("receipt_email").Clearable(),
        Text("return_url"),
        Choice("setup_future_usage", "on_session", "off_session").Clearable(),
        ShippingObject,
        Text("statement_descriptor").Clearable(),
        Text("statement_descriptor_suffix").Clearable(),
        Open("transfer_data"),
        Text("transfer_group"),
        Flag("use_stripe_sdk"),
    ]);

    public static readonly ParameterSet Retrieve = new([Text("client_secret")]);

    public static readonly ParameterSet Confirm = new(
    [
        TextList("allowed_payment_method_types"),
        Open("amount_details"),
        Integer("amount_to_confirm"),
        Choice("capture_method", "automatic", "automatic_async", "manual"),
        Text("client_secret"),
        Text("confirmation_token"),
        Flag("error_on_requires_action"),
        TextList("excluded_payment_method_types").Clearable(),
        Open("hooks"),
        Text("mandate"),
        Open("mandate_data"),
        Choice("off_session", "true", "false", "one_off", "recurring"),
        Open("payment_details"),
        Text("payment_method"),
        PaymentMethodParameters.Data,
        Open("payment_method_options"),
        TextList("payment_method_types"),
        Open("radar_options"),
        Text("receipt_email").Clearable(),
        Text("return_url"),
        Choice("setup_future_usage", "on_session", "off_session").Clearable(),
        ShippingObject,
        Flag("use_stripe_sdk"),
    ]);

    public static readonly ParameterSet Cancel = new(
    [
        Choice("cancellation_reason", "duplicate", "fraudulent", "requested_by_customer", "abandoned"),
    ]);

    public static readonly ParameterSet Update = new(
    [
        TextList("allowed_payment_method_types"),
        Integer("amount"),
        Open("amount_details"),
        Integer("application_fee_amount").Clearable(),
        Choice("capture_method", "automatic", "automatic_async", "manual"),
        Text("currency"),
        Text("customer"),
        Text("customer_account"),
        Text("description").Clearable(),
        TextList("excluded_payment_method_types").Clearable(),
        Open("hooks"),
        Map("metadata"),
        Open("payment_details"),
        Text("payment_method"),
        Text("payment_method_configuration"),
        PaymentMethodParameters.Data,
        Open("payment_method_options"),
        TextList("payment_method_types"),
        Text("receipt_email").Clearable(),
        Choice("setup_future_usage", "on_session", "off_session").Clearable(),
        ShippingObject,
        Text("statement_descriptor").Clearable(),
        Text("statement_descriptor_suffix").Clearable(),
        Open("transfer_data"),
        Text("transfer_group").Clearable(),
    ]);

    public static readonly ParameterSet Capture = new(
    [
        Open("amount_details"),
        Integer("amount_to_capture"),
        Integer("application_fee_amount"),
        Flag("final_capture"),
        Open("hooks"),
        Map("metadata"),
        Open("payment_details"),
        Text("statement_descriptor").Clearable(),
        Text("statement_descriptor_suffix").Clearable(),
        Open("transfer_data"),
    ]);

    public static readonly ParameterSet List = Listing.Parameters.With(Text("customer"), Text("customer_account"));

    private static Parameter ShippingObject => Object("shipping",
        PaymentMethodParameters.Address.Required(), Text("carrier").Clearable(), Text("name").Required(), Text("phone").Clearable(),
        Text("tracking_number").Clearable()).Clearable();
}
