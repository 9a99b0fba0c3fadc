using System.Collections.Frozen;

namespace StripeSandbox.Payments;

/// <summary>Every type that <c>allowed_payment_method_types</c> may name: those of PaymentMethods, and those of some accounts only.</summary>
internal static class PaymentMethodTypeNames
{
    private static readonly string[] OfSomeAccounts =
    [
        "boku_promptpay", "capchase_pay", "card_present", "check_scan", "click_to_pay", "demo_pay", "duitnow", "dummy_auth_push",
        "dummy_passthrough_card", "edenred", "gcash", "getbalance", "gift_card", "gopay", "id_bank_transfer", "interac_present", "knet",
        "kr_market", "kriya", "momo", "mondu", "netbanking", "ng_bank", "ng_bank_transfer", "ng_card", "ng_market", "ng_ussd", "ng_wallet",
        "octopus", "paper_check", "qris", "rechnung", "shop_pay", "shopeepay", "south_korea_market", "stripe_balance", "tamara", "test_pay",
        "touch_n_go", "truemoney", "us_cash_voucher", "vipps", "wero",
    ];

    public static FrozenSet<string> All { get; } = PaymentMethodParameters.Types.Except(["custom"]).Concat(OfSomeAccounts).ToFrozenSet();

    public static IEnumerable<string> Sorted => All.Order(StringComparer.Ordinal);
}
