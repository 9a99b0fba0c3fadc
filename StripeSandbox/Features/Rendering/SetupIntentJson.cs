using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/setup_intents/object</summary>
internal static class SetupIntentJson
{
    public static void Write(JsonOutput output, SetupIntent intent, Expansion expansion)
    {
        if (output.IsPublishable)
            WriteForBrowser(output, intent);
        else
            WriteWhole(output, intent, expansion);
    }

    private static void WriteWhole(JsonOutput output, SetupIntent intent, Expansion expansion)
    {
        var json = output.Json;
        json.WriteStartObject();
        output.Text("id"u8, intent.Id);
        output.Text("object"u8, "setup_intent");
        if (output.Version.HasAllowedMethodTypes)
            output.Texts("allowed_payment_method_types"u8, intent.AllowedPaymentMethodTypes);
        output.Null("application"u8);
        if (intent.AttachToSelf is { } attachToSelf)
            output.Flag("attach_to_self"u8, attachToSelf);
        IntentJson.WriteAutomaticPaymentMethods(output, intent);
        output.Text("cancellation_reason"u8, intent.CancellationReason);
        output.Text("client_secret"u8, intent.ClientSecret);
        output.Number("created"u8, intent.Created);
        output.Reference<Customer>("customer"u8, intent.Customer, expansion["customer"]);
        output.Null("customer_account"u8);
        output.Text("description"u8, intent.Description);
        output.Texts("excluded_payment_method_types"u8, intent.ExcludedPaymentMethodTypes);
        output.Texts("flow_directions"u8, intent.FlowDirections);
        FailureJson.WriteFailure(output, "last_setup_error"u8, intent.LastSetupError);
        output.Reference<SetupAttempt>("latest_attempt"u8, intent.LatestAttempt, expansion["latest_attempt"]);
        output.Flag("livemode"u8, false);
        output.Null("managed_payments"u8);
        output.Null("mandate"u8);
        output.Map("metadata"u8, intent.Metadata);
        NextActionJson.Write(output, intent);
        output.Text("on_behalf_of"u8, intent.OnBehalfOf);
        output.Reference<PaymentMethod>("payment_method"u8, intent.PaymentMethod, expansion["payment_method"]);
        output.Null("payment_method_configuration_details"u8);
        json.WriteStartObject("payment_method_options"u8);
        json.WriteStartObject("card"u8);
        output.Null("mandate_options"u8);
        output.Null("network"u8);
        output.Text("request_three_d_secure"u8, intent.RequestThreeDSecure);
        json.WriteEndObject();
        json.WriteEndObject();
        output.Texts("payment_method_types"u8, intent.PaymentMethodTypes);
        output.Null("single_use_mandate"u8);
        output.Text("status"u8, intent.Status.Wire());
        output.Text("usage"u8, intent.Usage);
        json.WriteEndObject();
    }

    /// <summary>What Stripe.js gets: no metadata, no customer, nothing of the merchant's own.</summary>
    private static void WriteForBrowser(JsonOutput output, SetupIntent intent)
    {
        var json = output.Json;
        json.WriteStartObject();
        output.Text("id"u8, intent.Id);
        output.Text("object"u8, "setup_intent");
        IntentJson.WriteAutomaticPaymentMethods(output, intent);
        output.Text("cancellation_reason"u8, intent.CancellationReason);
        output.Text("client_secret"u8, intent.ClientSecret);
        output.Number("created"u8, intent.Created);
        output.Text("description"u8, intent.Description);
        FailureJson.WriteFailure(output, "last_setup_error"u8, intent.LastSetupError);
        output.Flag("livemode"u8, false);
        NextActionJson.Write(output, intent);
        output.Text("payment_method"u8, intent.PaymentMethod);
        output.Null("payment_method_configuration_details"u8);
        output.Texts("payment_method_types"u8, intent.PaymentMethodTypes);
        output.Text("status"u8, intent.Status.Wire());
        output.Text("usage"u8, intent.Usage);
        json.WriteEndObject();
    }
}
