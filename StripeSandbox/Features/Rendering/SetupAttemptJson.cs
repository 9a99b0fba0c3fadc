using StripeSandbox.Cards;
using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/setup_attempts/object</summary>
internal static class SetupAttemptJson
{
    public static void Write(JsonOutput output, SetupAttempt attempt, Expansion expansion)
    {
        var json = output.Json;
        json.WriteStartObject();
        output.Text("id"u8, attempt.Id);
        output.Text("object"u8, "setup_attempt");
        output.Null("application"u8);
        if (attempt.AttachToSelf is { } attachToSelf)
            output.Flag("attach_to_self"u8, attachToSelf);
        output.Number("created"u8, attempt.Created);
        output.Reference<Customer>("customer"u8, attempt.Customer, expansion["customer"]);
        output.Null("customer_account"u8);
        output.Texts("flow_directions"u8, attempt.FlowDirections);
        output.Flag("livemode"u8, false);
        output.Text("on_behalf_of"u8, attempt.OnBehalfOf);
        output.Reference<PaymentMethod>("payment_method"u8, attempt.PaymentMethod.Id, expansion["payment_method"]);
        WriteMethodDetails(output, attempt);
        FailureJson.WriteFailure(output, "setup_error"u8, attempt.SetupError);
        output.Reference<SetupIntent>("setup_intent"u8, attempt.SetupIntent, expansion["setup_intent"]);
        output.Text("status"u8, attempt.Status.Wire());
        output.Text("usage"u8, attempt.Usage);
        json.WriteEndObject();
    }

    private static void WriteMethodDetails(JsonOutput output, SetupAttempt attempt)
    {
        var method = attempt.PaymentMethod;
        var card = TestCards.Named(method.Card);
        var json = output.Json;
        json.WriteStartObject("payment_method_details"u8);
        json.WriteStartObject("card"u8);
        output.Text("brand"u8, card.Brand);
        PaymentMethodJson.WriteChecks(output, method, card);
        output.Text("country"u8, card.Country);
        output.Number("exp_month"u8, method.ExpMonth);
        output.Number("exp_year"u8, method.ExpYear);
        output.Text("fingerprint"u8, method.Fingerprint);
        output.Text("funding"u8, card.Funding);
        output.Text("last4"u8, method.Last4);
        output.Text("network"u8, method.PreferredNetwork ?? card.DisplayBrand);
        DetailsJson.WriteThreeDSecure(output, attempt.ThreeDSecure, isCharge: false);
        output.Null("wallet"u8);
        json.WriteEndObject();
        output.Text("type"u8, "card");
        json.WriteEndObject();
    }
}
