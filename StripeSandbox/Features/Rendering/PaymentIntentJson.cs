using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/payment_intents/object</summary>
internal static class PaymentIntentJson
{
    public static void Write(JsonOutput output, PaymentIntent intent, Expansion expansion)
    {
        if (output.IsPublishable)
            WriteForBrowser(output, intent);
        else
            WriteWhole(output, intent, expansion);
    }

    private static void WriteWhole(JsonOutput output, PaymentIntent intent, Expansion expansion)
    {
        var json = output.Json;
        json.WriteStartObject();
        output.Text("id"u8, intent.Id);
        output.Text("object"u8, "payment_intent");
        if (output.Version.HasAllowedMethodTypes)
            output.Texts("allowed_payment_method_types"u8, intent.AllowedPaymentMethodTypes);
        output.Number("amount"u8, intent.Amount);
        output.Number("amount_capturable"u8, intent.AmountCapturable);
        WriteAmountDetails(output);
        output.Number("amount_received"u8, intent.AmountReceived);
        output.Null("application"u8);
        output.Number("application_fee_amount"u8, intent.ApplicationFeeAmount);
        IntentJson.WriteAutomaticPaymentMethods(output, intent);
        output.Number("canceled_at"u8, intent.CanceledAt);
        output.Text("cancellation_reason"u8, intent.CancellationReason);
        output.Text("capture_method"u8, intent.CaptureMethod.Wire());
        if (output.Version.IncludesCharges)
            WriteCharges(output, intent, expansion["charges"] ?? Expansion.None);
        output.Text("client_secret"u8, intent.ClientSecret);
        output.Text("confirmation_method"u8, intent.ConfirmationMethod.Wire());
        output.Number("created"u8, intent.Created);
        output.Text("currency"u8, intent.Currency);
        output.Reference<Customer>("customer"u8, intent.Customer, expansion["customer"]);
        output.Null("customer_account"u8);
        output.Text("description"u8, intent.Description);
        output.Texts("excluded_payment_method_types"u8, intent.ExcludedPaymentMethodTypes);
        FailureJson.WriteFailure(output, "last_payment_error"u8, intent.LastPaymentError);
        output.Reference<Charge>("latest_charge"u8, intent.LatestCharge, expansion["latest_charge"]);
        output.Flag("livemode"u8, false);
        output.Null("managed_payments"u8);
        output.Map("metadata"u8, intent.Metadata);
        NextActionJson.Write(output, intent);
        output.Text("on_behalf_of"u8, intent.OnBehalfOf);
        output.Reference<PaymentMethod>("payment_method"u8, intent.PaymentMethod, expansion["payment_method"]);
        output.Null("payment_method_configuration_details"u8);
        WriteOptions(output, intent);
        output.Texts("payment_method_types"u8, intent.PaymentMethodTypes);
        output.Null("payment_record"u8);
        output.Null("processing"u8);
        output.Text("receipt_email"u8, intent.ReceiptEmail);
        output.Null("review"u8);
        output.Text("setup_future_usage"u8, intent.SetupFutureUsage);
        DetailsJson.WriteShipping(output, intent.Shipping);
        output.Null("source"u8);
        output.Text("statement_descriptor"u8, intent.StatementDescriptor);
        output.Text("statement_descriptor_suffix"u8, intent.StatementDescriptorSuffix);
        output.Text("status"u8, intent.Status.Wire());
        DetailsJson.WriteTransferData(output, intent.TransferDestination);
        output.Text("transfer_group"u8, intent.TransferGroup);
        json.WriteEndObject();
    }

    /// <summary>What Stripe.js gets: no metadata, no charge, nothing of the merchant's own.</summary>
    private static void WriteForBrowser(JsonOutput output, PaymentIntent intent)
    {
        var json = output.Json;
        json.WriteStartObject();
        output.Text("id"u8, intent.Id);
        output.Text("object"u8, "payment_intent");
        output.Number("amount"u8, intent.Amount);
        WriteAmountDetails(output);
        IntentJson.WriteAutomaticPaymentMethods(output, intent);
        output.Number("canceled_at"u8, intent.CanceledAt);
        output.Text("cancellation_reason"u8, intent.CancellationReason);
        output.Text("capture_method"u8, intent.CaptureMethod.Wire());
        output.Text("client_secret"u8, intent.ClientSecret);
        output.Text("confirmation_method"u8, intent.ConfirmationMethod.Wire());
        output.Number("created"u8, intent.Created);
        output.Text("currency"u8, intent.Currency);
        output.Text("description"u8, intent.Description);
        FailureJson.WriteFailure(output, "last_payment_error"u8, intent.LastPaymentError);
        output.Flag("livemode"u8, false);
        NextActionJson.Write(output, intent);
        output.Text("payment_method"u8, intent.PaymentMethod);
        output.Null("payment_method_configuration_details"u8);
        output.Texts("payment_method_types"u8, intent.PaymentMethodTypes);
        output.Null("processing"u8);
        output.Text("receipt_email"u8, intent.ReceiptEmail);
        output.Text("setup_future_usage"u8, intent.SetupFutureUsage);
        DetailsJson.WriteShipping(output, intent.Shipping);
        output.Null("source"u8);
        output.Text("status"u8, intent.Status.Wire());
        json.WriteEndObject();
    }

    // Until 2022-11-15, which brought latest_charge in their place.
    private static void WriteCharges(JsonOutput output, PaymentIntent intent, Expansion expansion)
    {
        const int Shown = 10;
        var charges = intent.Charges.Take(Shown).Select(output.Books.Find<Charge>).OfType<Charge>().ToList();
        output.Json.WritePropertyName("charges"u8);
        ListJson.Write(
            output, new ListReply(charges, intent.Charges.Count > Shown, $"/v1/charges?payment_intent={intent.Id}"), expansion, intent.Charges.Count);
    }

    private static void WriteAmountDetails(JsonOutput output)
    {
        output.Json.WriteStartObject("amount_details"u8);
        output.EmptyObject("tip"u8);
        output.Json.WriteEndObject();
    }

    private static void WriteOptions(JsonOutput output, PaymentIntent intent)
    {
        output.Json.WriteStartObject("payment_method_options"u8);
        output.Json.WriteStartObject("card"u8);
        output.Null("installments"u8);
        output.Null("mandate_options"u8);
        output.Null("network"u8);
        output.Text("request_three_d_secure"u8, intent.RequestThreeDSecure);
        if (intent.CardSetupFutureUsage is { } usage)
            output.Text("setup_future_usage"u8, usage);
        output.Json.WriteEndObject();
        output.Json.WriteEndObject();
    }
}
