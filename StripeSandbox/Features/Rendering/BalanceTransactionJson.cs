using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/balance_transactions/object</summary>
internal static class BalanceTransactionJson
{
    public static void Write(JsonOutput output, BalanceTransaction entry, Expansion expansion)
    {
        var json = output.Json;
        json.WriteStartObject();
        output.Text("id"u8, entry.Id);
        output.Text("object"u8, "balance_transaction");
        output.Number("amount"u8, entry.Amount);
        output.Number("available_on"u8, entry.AvailableOn);
        output.Text("balance_type"u8, "payments");
        output.Number("created"u8, entry.Created);
        output.Text("currency"u8, entry.Currency);
        output.Text("description"u8, entry.Description);
        output.Null("exchange_rate"u8);
        output.Number("fee"u8, entry.Fee);
        json.WriteStartArray("fee_details"u8);
        if (entry.Fee != 0)
            WriteFee(output, entry);
        json.WriteEndArray();
        output.Number("net"u8, entry.Amount - entry.Fee);
        output.Text("reporting_category"u8, entry.Type == "adjustment" ? "dispute" : entry.Type);
        output.Reference<StripeObject>("source"u8, entry.Source, expansion["source"]);
        output.Text("status"u8, entry.AvailableOn > entry.Created ? "pending" : "available");
        output.Text("type"u8, entry.Type);
        json.WriteEndObject();
    }

    private static void WriteFee(JsonOutput output, BalanceTransaction entry)
    {
        output.Json.WriteStartObject();
        output.Number("amount"u8, entry.Fee);
        output.Null("application"u8);
        output.Text("currency"u8, entry.Currency);
        output.Text("description"u8, entry.Type == "charge" ? "Stripe processing fees" : "Dispute fee");
        output.Text("type"u8, "stripe_fee");
        output.Json.WriteEndObject();
    }
}
