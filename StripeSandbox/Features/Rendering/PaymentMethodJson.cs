using StripeSandbox.Cards;
using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/payment_methods/object</summary>
internal static class PaymentMethodJson
{
    public static void Write(JsonOutput output, PaymentMethod method, Expansion expansion)
    {
        var json = output.Json;
        json.WriteStartObject();
        output.Text("id"u8, method.Id);
        output.Text("object"u8, "payment_method");
        output.Text("allow_redisplay"u8, method.AllowRedisplay);
        DetailsJson.WriteBilling(output, method.BillingDetails);
        WriteCard(output, method);
        output.Number("created"u8, method.Created);
        output.Reference<Customer>("customer"u8, method.Customer, expansion["customer"]);
        output.Null("customer_account"u8);
        output.Flag("livemode"u8, false);
        if (!output.IsPublishable)
            output.Map("metadata"u8, method.Metadata);
        output.Text("type"u8, "card");
        json.WriteEndObject();
    }

    private static void WriteCard(JsonOutput output, PaymentMethod method)
    {
        var card = TestCards.Named(method.Card);
        var json = output.Json;
        json.WriteStartObject("card"u8);
        output.Text("brand"u8, card.Brand);
        WriteChecks(output, method, card);
        output.Text("country"u8, card.Country);
        output.Text("display_brand"u8, method.PreferredNetwork ?? card.DisplayBrand);
        output.Number("exp_month"u8, method.ExpMonth);
        output.Number("exp_year"u8, method.ExpYear);
        if (!output.IsPublishable)
            output.Text("fingerprint"u8, method.Fingerprint);
        output.Text("funding"u8, card.Funding);
        output.Null("generated_from"u8);
        output.Text("last4"u8, method.Last4);
        json.WriteStartObject("networks"u8);
        output.Texts("available"u8, card.AvailableNetworks);
        output.Text("preferred"u8, method.PreferredNetwork);
        json.WriteEndObject();
        output.Text("regulated_status"u8, "unregulated");
        json.WriteStartObject("three_d_secure_usage"u8);
        output.Flag("supported"u8, card.Authentication != Authentication.None);
        json.WriteEndObject();
        output.Null("wallet"u8);
        json.WriteEndObject();
    }

    /// <summary>The bank's answers come with a charge; until then a given value is unchecked.</summary>
    internal static void WriteChecks(JsonOutput output, PaymentMethod method, TestCard card)
    {
        var address = method.BillingDetails.Address;
        output.Json.WriteStartObject("checks"u8);
        output.Text("address_line1_check"u8, Check(address.Line1 is not null, method, card.Checks.Line1));
        output.Text("address_postal_code_check"u8, Check(address.PostalCode is not null, method, card.Checks.PostalCode));
        output.Text("cvc_check"u8, Check(method.HasCvc, method, card.Checks.Cvc));
        output.Json.WriteEndObject();
    }

    private static string? Check(bool given, PaymentMethod method, string answer) =>
        !given ? null : method.IsKnownToBank ? answer : "unchecked";
}
