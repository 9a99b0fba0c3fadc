using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/refunds/object</summary>
internal static class RefundJson
{
    public static void Write(JsonOutput output, Refund refund, Expansion expansion)
    {
        var json = output.Json;
        var charge = output.Books.Find<Charge>(refund.Charge);
        json.WriteStartObject();
        output.Text("id"u8, refund.Id);
        output.Text("object"u8, "refund");
        output.Number("amount"u8, refund.Amount);
        output.Reference<BalanceTransaction>("balance_transaction"u8, refund.BalanceTransaction, expansion["balance_transaction"]);
        output.Reference<Charge>("charge"u8, refund.Charge, expansion["charge"]);
        output.Number("created"u8, refund.Created);
        output.Text("currency"u8, refund.Currency);
        output.Reference<Customer>("customer"u8, charge?.Customer, expansion["customer"]);
        output.Null("customer_account"u8);
        WriteDestination(output, refund);
        if (refund.FailureBalanceTransaction is { } failure)
            output.Reference<BalanceTransaction>("failure_balance_transaction"u8, failure, expansion["failure_balance_transaction"]);
        if (refund.FailureReason is { } reason)
            output.Text("failure_reason"u8, reason);
        output.Map("metadata"u8, refund.Metadata);
        output.Reference<PaymentIntent>("payment_intent"u8, refund.PaymentIntent, expansion["payment_intent"]);
        output.Reference<PaymentMethod>("payment_method"u8, charge?.PaymentMethod.Id, expansion["payment_method"]);
        if (refund.Status == RefundStatus.Pending)
            output.Text("pending_reason"u8, "processing");
        output.Text("reason"u8, refund.Reason);
        output.Null("receipt_number"u8);
        output.Null("source_transfer_reversal"u8);
        output.Text("status"u8, refund.Status.Wire());
        output.Null("transfer_reversal"u8);
        json.WriteEndObject();
    }

    private static void WriteDestination(JsonOutput output, Refund refund)
    {
        output.Json.WriteStartObject("destination_details"u8);
        output.Json.WriteStartObject("card"u8);
        output.Text("reference_status"u8, "pending");
        output.Text("reference_type"u8, "acquirer_reference_number");
        output.Text("type"u8, refund.Status == RefundStatus.Pending ? "pending" : "refund");
        output.Json.WriteEndObject();
        output.Text("type"u8, "card");
        output.Json.WriteEndObject();
    }
}
