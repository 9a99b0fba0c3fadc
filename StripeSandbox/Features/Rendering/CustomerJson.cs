using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/customers/object</summary>
internal static class CustomerJson
{
    public static void Write(JsonOutput output, Customer customer, Expansion expansion)
    {
        if (customer.IsDeleted)
            ListJson.WriteDeleted(output, new DeletedReply(customer.Id, "customer"));
        else
            WriteWhole(output, customer, expansion);
    }

    private static void WriteWhole(JsonOutput output, Customer customer, Expansion expansion)
    {
        var json = output.Json;
        json.WriteStartObject();
        output.Text("id"u8, customer.Id);
        output.Text("object"u8, "customer");
        if (customer.Address is { } address)
            DetailsJson.WriteAddress(output, address);
        else
            output.Null("address"u8);
        output.Number("balance"u8, customer.Balance);
        if (customer.BusinessName is { } businessName)
            output.Text("business_name"u8, businessName);
        if (expansion["cash_balance"] is not null)
            output.Null("cash_balance"u8);
        output.Number("created"u8, customer.Created);
        output.Text("currency"u8, customer.Balance == 0 ? null : "usd");
        output.Null("customer_account"u8);
        output.Null("default_source"u8);
        output.Flag("delinquent"u8, false);
        output.Text("description"u8, customer.Description);
        output.Null("discount"u8);
        output.Text("email"u8, customer.Email);
        if (customer.IndividualName is { } individualName)
            output.Text("individual_name"u8, individualName);
        output.Text("invoice_prefix"u8, customer.InvoicePrefix);
        WriteInvoiceSettings(output, customer.InvoiceSettings, expansion["invoice_settings"]);
        output.Flag("livemode"u8, false);
        output.Map("metadata"u8, customer.Metadata);
        output.Text("name"u8, customer.Name);
        output.Number("next_invoice_sequence"u8, customer.NextInvoiceSequence);
        output.Text("phone"u8, customer.Phone);
        output.Texts("preferred_locales"u8, customer.PreferredLocales);
        DetailsJson.WriteShipping(output, customer.Shipping);
        WriteEmptyList(output, "sources", customer, expansion);
        WriteEmptyList(output, "subscriptions", customer, expansion);
        if (expansion["tax"] is not null)
            WriteTax(output);
        output.Text("tax_exempt"u8, customer.TaxExempt);
        WriteEmptyList(output, "tax_ids", customer, expansion);
        output.Null("test_clock"u8);
        json.WriteEndObject();
    }

    private static void WriteInvoiceSettings(JsonOutput output, InvoiceSettings settings, Expansion? expansion)
    {
        var json = output.Json;
        json.WriteStartObject("invoice_settings"u8);
        if (settings.CustomFields is { } fields)
        {
            json.WriteStartArray("custom_fields"u8);
            foreach (var (name, value) in fields)
            {
                json.WriteStartObject();
                output.Text("name"u8, name);
                output.Text("value"u8, value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
        else
        {
            output.Null("custom_fields"u8);
        }

        output.Reference<PaymentMethod>("default_payment_method"u8, settings.DefaultPaymentMethod, expansion?["default_payment_method"]);
        output.Text("footer"u8, settings.Footer);
        if (settings.RenderingOptions is { } rendering)
        {
            json.WriteStartObject("rendering_options"u8);
            output.Text("amount_tax_display"u8, rendering.AmountTaxDisplay);
            output.Text("template"u8, rendering.Template);
            json.WriteEndObject();
        }
        else
        {
            output.Null("rendering_options"u8);
        }

        json.WriteEndObject();
    }

    // What Stripe shows only where it is asked for, and what this sandbox has none of.
    private static void WriteEmptyList(JsonOutput output, string name, Customer customer, Expansion expansion)
    {
        if (expansion[name] is null)
            return;
        output.Json.WritePropertyName(name);
        ListJson.Write(output, new ListReply([], false, $"/v1/customers/{customer.Id}/{name}"), Expansion.None);
    }

    private static void WriteTax(JsonOutput output)
    {
        output.Json.WriteStartObject("tax"u8);
        output.Text("automatic_tax"u8, "unrecognized_location");
        output.Null("ip_address"u8);
        output.Null("location"u8);
        output.Text("provider"u8, "stripe");
        output.Json.WriteEndObject();
    }
}
