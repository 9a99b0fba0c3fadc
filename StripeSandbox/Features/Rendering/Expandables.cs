using System.Collections.Frozen;
using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>Which properties <c>expand[]</c> may name, and what each leads to (null where it never leads anywhere here).</summary>
internal static class Expandables
{
    private static readonly FrozenDictionary<(Type, string), Type?> Properties = new Dictionary<(Type, string), Type?>
    {
        [(typeof(PaymentIntent), "application")] = null,
        [(typeof(PaymentIntent), "charges")] = typeof(ChargeList),
        [(typeof(PaymentIntent), "customer")] = typeof(Customer),
        [(typeof(PaymentIntent), "latest_charge")] = typeof(Charge),
        [(typeof(PaymentIntent), "on_behalf_of")] = null,
        [(typeof(PaymentIntent), "payment_method")] = typeof(PaymentMethod),
        [(typeof(PaymentIntent), "review")] = null,
        [(typeof(PaymentIntent), "source")] = null,
        [(typeof(SetupIntent), "application")] = null,
        [(typeof(SetupIntent), "customer")] = typeof(Customer),
        [(typeof(SetupIntent), "latest_attempt")] = typeof(SetupAttempt),
        [(typeof(SetupIntent), "mandate")] = null,
        [(typeof(SetupIntent), "on_behalf_of")] = null,
        [(typeof(SetupIntent), "payment_method")] = typeof(PaymentMethod),
        [(typeof(SetupIntent), "single_use_mandate")] = null,
        [(typeof(SetupAttempt), "application")] = null,
        [(typeof(SetupAttempt), "customer")] = typeof(Customer),
        [(typeof(SetupAttempt), "on_behalf_of")] = null,
        [(typeof(SetupAttempt), "payment_method")] = typeof(PaymentMethod),
        [(typeof(SetupAttempt), "setup_intent")] = typeof(SetupIntent),
        [(typeof(PaymentMethod), "customer")] = typeof(Customer),
        [(typeof(Customer), "cash_balance")] = null,
        [(typeof(Customer), "default_source")] = null,
        [(typeof(Customer), "invoice_settings")] = typeof(InvoiceSettings),
        [(typeof(Customer), "sources")] = null,
        [(typeof(Customer), "subscriptions")] = null,
        [(typeof(Customer), "tax")] = null,
        [(typeof(Customer), "tax_ids")] = null,
        [(typeof(Customer), "test_clock")] = null,
        [(typeof(InvoiceSettings), "default_payment_method")] = typeof(PaymentMethod),
        [(typeof(Charge), "application")] = null,
        [(typeof(Charge), "application_fee")] = null,
        [(typeof(Charge), "balance_transaction")] = typeof(BalanceTransaction),
        [(typeof(Charge), "customer")] = typeof(Customer),
        [(typeof(Charge), "failure_balance_transaction")] = null,
        [(typeof(Charge), "on_behalf_of")] = null,
        [(typeof(Charge), "payment_intent")] = typeof(PaymentIntent),
        [(typeof(Charge), "refunds")] = typeof(RefundList),
        [(typeof(Charge), "review")] = null,
        [(typeof(Charge), "source_transfer")] = null,
        [(typeof(Charge), "transfer")] = null,
        [(typeof(ChargeList), "data")] = typeof(Charge),
        [(typeof(RefundList), "data")] = typeof(Refund),
        [(typeof(Refund), "balance_transaction")] = typeof(BalanceTransaction),
        [(typeof(Refund), "charge")] = typeof(Charge),
        [(typeof(Refund), "customer")] = typeof(Customer),
        [(typeof(Refund), "failure_balance_transaction")] = typeof(BalanceTransaction),
        [(typeof(Refund), "payment_intent")] = typeof(PaymentIntent),
        [(typeof(Refund), "payment_method")] = typeof(PaymentMethod),
        [(typeof(Refund), "source_transfer_reversal")] = null,
        [(typeof(Refund), "transfer_reversal")] = null,
        [(typeof(Dispute), "charge")] = typeof(Charge),
        [(typeof(Dispute), "payment_intent")] = typeof(PaymentIntent),
        [(typeof(EarlyFraudWarning), "charge")] = typeof(Charge),
        [(typeof(EarlyFraudWarning), "payment_intent")] = typeof(PaymentIntent),
        [(typeof(BalanceTransaction), "source")] = typeof(StripeObject),
    }.ToFrozenDictionary();

    /// <summary>Whether objects of that type have such a property in that version, and what it leads to.</summary>
    public static bool TryGet(Type type, string property, ApiVersion version, out Type? target) =>
        Properties.TryGetValue((type, property), out target) && (target != typeof(ChargeList) || version.IncludesCharges);

    // The lists inside objects, told apart by what they hold.
    private abstract class ChargeList;

    private abstract class RefundList;
}
