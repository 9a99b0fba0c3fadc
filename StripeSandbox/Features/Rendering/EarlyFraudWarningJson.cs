using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/radar/early_fraud_warnings/object</summary>
internal static class EarlyFraudWarningJson
{
    public static void Write(JsonOutput output, EarlyFraudWarning warning, Expansion expansion)
    {
        // Once the money is back, or the card holder has disputed the charge, there is nothing left to act on.
        var isActionable = output.Books.Find<Charge>(warning.Charge) is { Dispute: null } charge && charge.AmountRefunded < charge.Amount;
        output.Json.WriteStartObject();
        output.Text("id"u8, warning.Id);
        output.Text("object"u8, "radar.early_fraud_warning");
        output.Flag("actionable"u8, isActionable);
        output.Reference<Charge>("charge"u8, warning.Charge, expansion["charge"]);
        output.Number("created"u8, warning.Created);
        output.Text("fraud_type"u8, "unauthorized_use_of_card");
        output.Flag("livemode"u8, false);
        output.Reference<PaymentIntent>("payment_intent"u8, warning.PaymentIntent, expansion["payment_intent"]);
        output.Json.WriteEndObject();
    }
}
