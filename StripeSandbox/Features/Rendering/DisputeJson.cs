using System.Text;
using StripeSandbox.Disputes;
using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/disputes/object</summary>
internal static class DisputeJson
{
    private const long SecondsToRespond = 7 * 24 * 60 * 60;

    public static void Write(JsonOutput output, Dispute dispute, Expansion expansion)
    {
        var json = output.Json;
        json.WriteStartObject();
        output.Text("id"u8, dispute.Id);
        output.Text("object"u8, "dispute");
        output.Number("amount"u8, dispute.Amount);
        json.WriteStartArray("balance_transactions"u8);
        WriteMoved(output, dispute.BalanceTransaction);
        WriteMoved(output, dispute.Reinstatement);
        json.WriteEndArray();
        output.Reference<Charge>("charge"u8, dispute.Charge, expansion["charge"]);
        output.Number("created"u8, dispute.Created);
        output.Text("currency"u8, dispute.Currency);
        output.Texts("enhanced_eligibility_types"u8, dispute.Eligibility is { } eligibility ? [eligibility] : []);
        WriteEvidence(output, dispute);
        output.Text("intended_submission_method"u8, dispute.IntendedSubmissionMethod);
        output.Flag("is_charge_refundable"u8, dispute.IsInquiry || dispute.State == DisputeState.Won);
        output.Flag("livemode"u8, false);
        output.Map("metadata"u8, dispute.Metadata);
        output.Reference<PaymentIntent>("payment_intent"u8, dispute.PaymentIntent, expansion["payment_intent"]);
        json.WriteStartObject("payment_method_details"u8);
        json.WriteStartObject("card"u8);
        output.Text("brand"u8, dispute.Brand);
        output.Text("case_type"u8, dispute.IsInquiry ? "inquiry" : "chargeback");
        output.Text("network"u8, dispute.Brand);
        output.Text("network_reason_code"u8, NetworkReason(dispute));
        json.WriteEndObject();
        output.Text("type"u8, "card");
        json.WriteEndObject();
        output.Text("reason"u8, dispute.Reason);
        output.Text("status"u8, dispute.Wire());
        json.WriteEndObject();
    }

    private static void WriteMoved(JsonOutput output, string? id)
    {
        if (id is not null && output.Books.Find<BalanceTransaction>(id) is { } entry)
            BalanceTransactionJson.Write(output, entry, Expansion.None);
    }

    private static void WriteEvidence(JsonOutput output, Dispute dispute)
    {
        var json = output.Json;
        json.WriteStartObject("evidence"u8);
        foreach (var name in DisputeEvidence.Names)
            output.Text(Encoding.ASCII.GetBytes(name), dispute.Evidence.Entries.FirstOrDefault(entry => entry.Key == name).Value);
        output.EmptyObject("enhanced_evidence"u8);
        json.WriteEndObject();
        json.WriteStartObject("evidence_details"u8);
        output.Number("due_by"u8, dispute.Created + SecondsToRespond);
        output.EmptyObject("enhanced_eligibility"u8);
        output.Flag("has_evidence"u8, dispute.Evidence.Entries.Count > 0);
        output.Flag("past_due"u8, false);
        output.Number("submission_count"u8, dispute.SubmissionCount);
        output.Text("submission_method"u8, dispute.SubmissionCount > 0 ? "manual" : "not_submitted");
        json.WriteEndObject();
    }

    private static string NetworkReason(Dispute dispute) => dispute.Reason == "product_not_received" ? "13.1" : "10.4";
}
