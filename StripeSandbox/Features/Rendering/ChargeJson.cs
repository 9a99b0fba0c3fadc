using StripeSandbox.Cards;
using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/charges/object</summary>
internal static class ChargeJson
{
    public static void Write(JsonOutput output, Charge charge, Expansion expansion)
    {
        var json = output.Json;
        var isPaid = charge.Status == ChargeStatus.Succeeded;
        json.WriteStartObject();
        output.Text("id"u8, charge.Id);
        output.Text("object"u8, "charge");
        output.Number("amount"u8, charge.Amount);
        output.Number("amount_captured"u8, charge.AmountCaptured);
        output.Number("amount_refunded"u8, charge.AmountRefunded);
        output.Null("application"u8);
        output.Null("application_fee"u8);
        output.Number("application_fee_amount"u8, charge.ApplicationFeeAmount);
        output.Reference<BalanceTransaction>("balance_transaction"u8, charge.BalanceTransaction, expansion["balance_transaction"]);
        DetailsJson.WriteBilling(output, charge.PaymentMethod.BillingDetails);
        output.Text("calculated_statement_descriptor"u8, isPaid ? "STRIPE SANDBOX" : null);
        output.Flag("captured"u8, charge.Captured);
        output.Number("created"u8, charge.Created);
        output.Text("currency"u8, charge.Currency);
        output.Reference<Customer>("customer"u8, charge.Customer, expansion["customer"]);
        output.Text("description"u8, charge.Description);
        output.Flag("disputed"u8, charge.Dispute is not null);
        output.Null("failure_balance_transaction"u8);
        output.Text("failure_code"u8, charge.FailureCode);
        output.Text("failure_message"u8, charge.FailureMessage);
        output.EmptyObject("fraud_details"u8);
        output.Flag("livemode"u8, false);
        output.Map("metadata"u8, charge.Metadata);
        output.Text("on_behalf_of"u8, charge.OnBehalfOf);
        WriteOutcome(output, charge);
        output.Flag("paid"u8, isPaid);
        output.Reference<PaymentIntent>("payment_intent"u8, charge.PaymentIntent, expansion["payment_intent"]);
        output.Text("payment_method"u8, charge.PaymentMethod.Id);
        WriteMethodDetails(output, charge);
        output.EmptyObject("radar_options"u8);
        output.Text("receipt_email"u8, charge.ReceiptEmail);
        output.Null("receipt_number"u8);
        output.Text("receipt_url"u8, isPaid ? "https://pay.stripe.com/receipts/payment/" + NetworkFigures.TransactionId(charge) + "_" + charge.Id : null);
        output.Flag("refunded"u8, isPaid && charge.AmountRefunded == charge.Amount);
        WriteRefunds(output, charge, expansion["refunds"]);
        output.Null("review"u8);
        DetailsJson.WriteShipping(output, charge.Shipping);
        output.Null("source"u8);
        output.Null("source_transfer"u8);
        output.Text("statement_descriptor"u8, charge.StatementDescriptor);
        output.Text("statement_descriptor_suffix"u8, charge.StatementDescriptorSuffix);
        output.Text("status"u8, charge.Status.Wire());
        DetailsJson.WriteTransferData(output, charge.TransferDestination);
        output.Text("transfer_group"u8, charge.TransferGroup);
        json.WriteEndObject();
    }

    // Since 2022-11-15 a charge carries its refunds only where they are asked for.
    private static void WriteRefunds(JsonOutput output, Charge charge, Expansion? expansion)
    {
        if (expansion is null && !output.Version.IncludesCharges)
            return;
        output.Json.WritePropertyName("refunds"u8);
        var refunds = charge.Refunds.Take(10).Select(output.Books.Find<Refund>).OfType<Refund>().ToList();
        ListJson.Write(output, new ListReply(refunds, charge.Refunds.Count > 10, $"/v1/charges/{charge.Id}/refunds"), expansion ?? Expansion.None);
    }

    private static void WriteOutcome(JsonOutput output, Charge charge)
    {
        var outcome = charge.Outcome;
        output.Json.WriteStartObject("outcome"u8);
        output.Text("advice_code"u8, outcome.AdviceCode);
        output.Null("network_advice_code"u8);
        output.Text("network_decline_code"u8, outcome.NetworkDeclineCode);
        output.Text("network_status"u8, outcome.NetworkStatus);
        output.Text("reason"u8, outcome.Reason);
        output.Text("risk_level"u8, outcome.RiskLevel);
        output.Number("risk_score"u8, NetworkFigures.RiskScore(charge));
        output.Text("seller_message"u8, outcome.SellerMessage);
        output.Text("type"u8, outcome.Type);
        output.Json.WriteEndObject();
    }

    private static void WriteMethodDetails(JsonOutput output, Charge charge)
    {
        var method = charge.PaymentMethod;
        var card = TestCards.Named(method.Card);
        var json = output.Json;
        var isPaid = charge.Status == ChargeStatus.Succeeded;
        json.WriteStartObject("payment_method_details"u8);
        json.WriteStartObject("card"u8);
        output.Number("amount_authorized"u8, isPaid ? charge.Amount : null);
        output.Text("authorization_code"u8, isPaid ? NetworkFigures.AuthorizationCode(charge) : null);
        output.Text("brand"u8, card.Brand);
        if (charge.CaptureBefore is { } captureBefore)
            output.Number("capture_before"u8, captureBefore);
        PaymentMethodJson.WriteChecks(output, method, card);
        output.Text("country"u8, card.Country);
        output.Text("description"u8, null);
        output.Text("electronic_commerce_indicator"u8, charge.ThreeDSecure?.Indicator);
        output.Number("exp_month"u8, method.ExpMonth);
        output.Number("exp_year"u8, method.ExpYear);
        WriteStatus(output, "extended_authorization"u8, "disabled");
        output.Text("fingerprint"u8, method.Fingerprint);
        output.Text("funding"u8, card.Funding);
        output.Null("iin"u8);
        WriteStatus(output, "incremental_authorization"u8, "unavailable");
        output.Null("installments"u8);
        output.Null("issuer"u8);
        output.Text("last4"u8, method.Last4);
        output.Null("mandate"u8);
        output.Null("moto"u8);
        WriteStatus(output, "multicapture"u8, "unavailable");
        output.Text("network"u8, method.PreferredNetwork ?? card.DisplayBrand);
        json.WriteStartObject("network_token"u8);
        output.Flag("used"u8, false);
        json.WriteEndObject();
        output.Text("network_transaction_id"u8, isPaid ? NetworkFigures.TransactionId(charge) : null);
        json.WriteStartObject("overcapture"u8);
        output.Number("maximum_amount_capturable"u8, charge.Amount);
        output.Text("status"u8, "unavailable");
        json.WriteEndObject();
        output.Text("regulated_status"u8, "unregulated");
        DetailsJson.WriteThreeDSecure(output, charge.ThreeDSecure, isCharge: true);
        output.Null("transaction_link_id"u8);
        output.Null("wallet"u8);
        json.WriteEndObject();
        output.Text("type"u8, "card");
        json.WriteEndObject();
    }

    private static void WriteStatus(JsonOutput output, ReadOnlySpan<byte> name, string status)
    {
        output.Json.WriteStartObject(name);
        output.Text("status"u8, status);
        output.Json.WriteEndObject();
    }
}
