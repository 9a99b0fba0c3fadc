using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using static StripeSandbox.Forms.Parameter;

namespace StripeSandbox.Disputes;

/// <summary>What a merchant can say to a dispute (https://docs.stripe.com/api/disputes/update).</summary>
internal static class DisputeEvidence
{
    /// <summary>In <c>uncategorized_text</c>, these settle a dispute of test mode: https://docs.stripe.com/testing#evidence.</summary>
    public const string Winning = "winning_evidence";
    public const string Losing = "losing_evidence";
    public const string Escalating = "escalate_inquiry_evidence";

    public const string Verdict = "uncategorized_text";

    /// <summary>Of all fields together, in characters.</summary>
    private const int MaxLength = 150_000;

    public static readonly string[] Names =
    [
        "access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure", "cancellation_rebuttal",
        "customer_communication", "customer_email_address", "customer_name", "customer_purchase_ip", "customer_signature",
        "duplicate_charge_documentation", "duplicate_charge_explanation", "duplicate_charge_id", "product_description", "receipt",
        "refund_policy", "refund_policy_disclosure", "refund_refusal_explanation", "service_date", "service_documentation",
        "shipping_address", "shipping_carrier", "shipping_date", "shipping_documentation", "shipping_tracking_number",
        "uncategorized_file", Verdict,
    ];

    public static readonly ParameterSet Update = new(
        Object("evidence", [.. Names.Select(name => Text(name).Clearable()), Open("appeal"), Open("enhanced_evidence")]),
        Choice("intended_submission_method", "manual", "prefer_manual", "prefer_smart_disputes", "smart_disputes"),
        Map("metadata"),
        Flag("submit"));

    /// <summary>The evidence with what the form adds and clears.</summary>
    /// <exception cref="Refusal">It is more than a bank reads.</exception>
    public static Metadata Read(FormNode? form, Metadata old)
    {
        if (form is null)
            return old;
        var entries = new List<KeyValuePair<string, string>>();
        foreach (var name in Names)
        {
            if (form.Merge(name, old.Entries.FirstOrDefault(entry => entry.Key == name).Value) is { } text)
                entries.Add(new(name, text));
        }

        return entries.Sum(entry => entry.Value.Length) <= MaxLength
            ? new Metadata(entries)
            : throw ParameterErrors.TooMuchEvidence(MaxLength);
    }
}
