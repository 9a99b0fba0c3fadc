using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>The parts that several objects share.</summary>
internal static class DetailsJson
{
    public static void WriteBilling(JsonOutput output, BillingDetails details)
    {
        output.Json.WriteStartObject("billing_details"u8);
        WriteAddress(output, details.Address);
        output.Text("email"u8, details.Email);
        output.Text("name"u8, details.Name);
        output.Text("phone"u8, details.Phone);
        output.Text("tax_id"u8, details.TaxId);
        output.Json.WriteEndObject();
    }

    public static void WriteShipping(JsonOutput output, Shipping? shipping)
    {
        if (shipping is null)
        {
            output.Null("shipping"u8);
            return;
        }

        output.Json.WriteStartObject("shipping"u8);
        WriteAddress(output, shipping.Address);
        output.Text("carrier"u8, shipping.Carrier);
        output.Text("name"u8, shipping.Name);
        output.Text("phone"u8, shipping.Phone);
        output.Text("tracking_number"u8, shipping.TrackingNumber);
        output.Json.WriteEndObject();
    }

    public static void WriteTransferData(JsonOutput output, string? destination)
    {
        if (destination is null)
        {
            output.Null("transfer_data"u8);
            return;
        }

        output.Json.WriteStartObject("transfer_data"u8);
        output.Text("destination"u8, destination);
        output.Json.WriteEndObject();
    }

    public static void WriteAddress(JsonOutput output, Address address)
    {
        output.Json.WriteStartObject("address"u8);
        output.Text("city"u8, address.City);
        output.Text("country"u8, address.Country);
        output.Text("line1"u8, address.Line1);
        output.Text("line2"u8, address.Line2);
        output.Text("postal_code"u8, address.PostalCode);
        output.Text("state"u8, address.State);
        output.Json.WriteEndObject();
    }

    /// <summary>How the shopper was authenticated; only a charge can have been exempt.</summary>
    public static void WriteThreeDSecure(JsonOutput output, ThreeDSecure? secure, bool isCharge)
    {
        if (secure is null)
        {
            output.Null("three_d_secure"u8);
            return;
        }

        output.Json.WriteStartObject("three_d_secure"u8);
        output.Text("authentication_flow"u8, secure.Flow);
        output.Text("electronic_commerce_indicator"u8, secure.Indicator);
        if (isCharge)
            output.Null("exemption_indicator"u8);
        output.Text("result"u8, secure.Result);
        output.Text("result_reason"u8, secure.ResultReason);
        output.Text("transaction_id"u8, secure.TransactionId);
        output.Text("version"u8, "2.2.0");
        output.Json.WriteEndObject();
    }
}
