using System.Collections.Frozen;

namespace StripeSandbox.Cards;

/// <summary>The card numbers and tokens of https://docs.stripe.com/testing that concern card payments.</summary>
internal static class TestCards
{
    public static readonly IReadOnlyList<TestCard> All =
    [
        new("visa") { Numbers = ["4242424242424242"], Tokens = ["visa", "us"] },
        new("visa_debit") { Numbers = ["4000056655665556"], Tokens = ["visa_debit"], Funding = "debit" },
        new("mastercard") { Numbers = ["5555555555554444", "2223003122003222"], Tokens = ["mastercard"], Brand = "mastercard" },
        new("mastercard_debit") { Numbers = ["5200828282828210"], Tokens = ["mastercard_debit"], Brand = "mastercard", Funding = "debit" },
        new("mastercard_prepaid") { Numbers = ["5105105105105100"], Tokens = ["mastercard_prepaid"], Brand = "mastercard", Funding = "prepaid" },
        new("amex")
        {
            Numbers = ["378282246310005", "371449635398431"], Tokens = ["amex", "amex_threeDSecureNotSupported"], Brand = "amex",
            Authentication = Authentication.None,
        },
        new("discover")
        {
            Numbers = ["6011111111111117", "6011000990139424"], Tokens = ["discover"], Brand = "discover", Authentication = Authentication.None,
        },
        new("discover_debit") { Numbers = ["6011981111111113"], Brand = "discover", Funding = "debit", Authentication = Authentication.None },
        // BCcard and DinaCard, which the Discover network carries.
        new("discover_partner") { Numbers = ["6555900000604105"], Brand = "discover", Authentication = Authentication.None },
        new("diners") { Numbers = ["3056930009020004", "36227206271667"], Tokens = ["diners"], Brand = "diners", Authentication = Authentication.None },
        new("jcb") { Numbers = ["3566002020360505", "3530111333300000"], Tokens = ["jcb"], Brand = "jcb", Country = "JP", Authentication = Authentication.None },
        new("unionpay")
        {
            Numbers = ["6200000000000005", "6205500000000000004"], Tokens = ["unionpay"], Brand = "unionpay", Country = "CN",
            Authentication = Authentication.None,
        },
        new("unionpay_debit") { Numbers = ["6200000000000047"], Brand = "unionpay", Funding = "debit", Country = "CN", Authentication = Authentication.None },
        new("visa_cartesBancaires")
        {
            Numbers = ["4000002500001001"], Tokens = ["visa_cartesBancaires"], Country = "FR", Networks = ["cartes_bancaires", "visa"],
        },
        new("mastercard_cartesBancaires")
        {
            Numbers = ["5555552500001001"], Tokens = ["mastercard_cartesBancaires"], Brand = "mastercard", Country = "FR",
            Networks = ["cartes_bancaires", "mastercard"],
        },
        new("visa_eftpos")
        {
            Numbers = ["4000050360000001"], Tokens = ["visa_debit_eftposAuCoBranded"], Funding = "debit", Country = "AU", Networks = ["eftpos_au", "visa"],
        },
        new("mastercard_eftpos")
        {
            Numbers = ["5555050360000080"], Tokens = ["mastercard_debit_eftposAuCoBranded"], Brand = "mastercard", Funding = "debit", Country = "AU",
            Networks = ["eftpos_au", "mastercard"],
        },

        Declined("generic_decline", Decline.Generic, "4000000000000002", "visa_chargeDeclined", "chargeDeclined"),
        Declined("insufficient_funds", Decline.InsufficientFunds, "4000000000009995",
            "visa_chargeDeclinedInsufficientFunds", "chargeDeclinedInsufficientFunds"),
        Declined("lost_card", Decline.LostCard, "4000000000009987", "visa_chargeDeclinedLostCard", "chargeDeclinedLostCard"),
        Declined("stolen_card", Decline.StolenCard, "4000000000009979", "visa_chargeDeclinedStolenCard", "chargeDeclinedStolenCard"),
        Declined("expired_card", Decline.ExpiredCard, "4000000000000069", "chargeDeclinedExpiredCard", "visa_chargeDeclinedExpiredCard"),
        Declined("incorrect_cvc", Decline.IncorrectCvc, "4000000000000127", "chargeDeclinedIncorrectCvc", "visa_chargeDeclinedIncorrectCvc")
            with { Checks = new CardChecks(Cvc: "fail") },
        Declined("processing_error", Decline.ProcessingError, "4000000000000119", "chargeDeclinedProcessingError", "visa_chargeDeclinedProcessingError"),
        Declined("velocity_exceeded", Decline.VelocityExceeded, "4000000000006975",
            "visa_chargeDeclinedVelocityLimitExceeded", "chargeDeclinedVelocityLimitExceeded"),
        Declined("customer_fail", Decline.Generic, "4000000000000341", "chargeCustomerFail") with { IsDeclinedWhenSaved = false },
        Declined("radar_block", Decline.Fraudulent, "4100000000000019", "radarBlock") with { Risk = Risk.Highest, IsDeclinedWhenSaved = false },

        Secured("required_on_setup", Authentication.UnlessSetUp, "4000002500003155", "authenticationRequiredOnSetup"),
        Secured("required", Authentication.Always, "4000002760003184", "authenticationRequired"),
        Secured("set_up", Authentication.OnSessionOnly, "4000003800000446", "authenticationRequiredSetupForOffSession"),
        Secured("required_then_insufficient_funds", Authentication.Always, "4000008260003178", "authenticationRequiredChargeDeclinedInsufficientFunds")
            with { Decline = Decline.InsufficientFunds },
        Secured("three_d_secure_2", Authentication.Always, "4000000000003220", "threeDSecure2Required") with { Country = "IE" },
        Secured("three_d_secure", Authentication.Always, "4000008400000027", "threeDSecureRequired"),
        Secured("three_d_secure_then_declined", Authentication.Always, "4000008400001629", "threeDSecureRequiredChargeDeclined")
            with { Decline = Decline.Generic },
        Secured("lookup_fails", Authentication.LookupFails, "4000008400001280", "threeDSecureRequiredProcessingError")
            with { Decline = Decline.Generic },
        Secured("optional", Authentication.Optional, "4000000000003055", "threeDSecureOptional"),
        Secured("optional_lookup_fails", Authentication.OptionalLookupFails, "4000000000003097", "threeDSecureOptionalProcessingError"),
        // Each shows another kind of challenge in a mobile app; in a browser they are all alike.
        Secured("mobile_challenge", Authentication.Always, "4000582600000094")
            with { Numbers = ["4000582600000094", "4000582600000045", "4000582600000102", "4000582600000110"] },
        Secured("frictionless", Authentication.Frictionless, "4000000032200000", "threeDSecure2Frictionless"),

        Good("risk_highest", "4000000000004954", "riskLevelHighest") with { Risk = Risk.Highest },
        Good("risk_elevated", "4000000000009235", "riskLevelElevated") with { Risk = Risk.Elevated },
        Good("cvc_fails", "4000000000000101", "cvcCheckFail") with { Checks = new CardChecks(Cvc: "fail") },
        Good("zip_fails", "4000000000000036", "avsZipFail") with { Checks = new CardChecks(PostalCode: "fail") },
        Good("line1_fails", "4000000000000028", "avsLine1Fail") with { Checks = new CardChecks(Line1: "fail") },
        Good("address_fails", "4000000000000010", "avsFail") with { Checks = new CardChecks("fail", "fail") },
        Good("address_unchecked", "4000000000000044", "avsUnchecked") with { Checks = new CardChecks("unchecked", "unchecked") },
        Good("dispute", "4000000000000259", "createDispute") with { DisputeReason = "fraudulent" },
        Good("dispute_not_received", "4000000000002685", "createDisputeProductNotReceived") with { DisputeReason = "product_not_received" },
        Good("dispute_inquiry", "4000000000001976", "createDisputeInquiry") with { DisputeReason = "fraudulent", DisputeIsInquiry = true },
        Good("refund_pending", "4000000000007726", "pendingRefund") with { Refund = RefundBehaviour.PendingThenSucceeds },
        Good("refund_fails", "4000000000005126", "refundFail") with { Refund = RefundBehaviour.SucceedsThenFails },
        Good("fraud_warning", "4000000000005423", "createIssuerFraudRecord") with { WarnsOfFraud = true },
        Good("disputes", "4000000404000079", "createMultipleDisputes") with { DisputeReason = "fraudulent", Disputes = 2 },
        Good("dispute_compelling_evidence", "4000000404000038", "createCe3EligibleDispute")
            with { DisputeReason = "fraudulent", DisputeEligibility = "visa_compelling_evidence_3" },
        Good("dispute_compliance", "4000008400000779", "createComplianceDispute")
            with { DisputeReason = "noncompliant", DisputeEligibility = "visa_compliance" },
        Good("dispute_mastercard_compliance", "5105008400000002", "createMastercardComplianceDispute")
            with { Brand = "mastercard", DisputeReason = "noncompliant" },
        Good("dispute_smart", "4000000001000043", "createAutoRepresentmentEligibleDispute") with { DisputeReason = "fraudulent" },
        // Prevented where an account is enrolled; this one is not.
        Good("dispute_rapid_resolution", "4000000404004816", "createRapidDisputeResolutionDispute") with { DisputeReason = "fraudulent" },
        Good("dispute_block", "4000000404005649", "createCe3BlockDispute") with { DisputeReason = "fraudulent" },
        Good("dispute_alert", "5105000300000018", "createEthocaAlert") with { Brand = "mastercard", DisputeReason = "fraudulent" },
        new("captcha") { Numbers = ["4000000000001208", "4000000000003725"] },
        .. CountryCards.All,
        new("bypass_pending") { Numbers = ["4000000000000077"], Tokens = ["bypassPending"] },
        new("bypass_pending_international") { Numbers = ["4000003720000278"], Tokens = ["bypassPendingInternational"], Country = "IE" },
    ];

    private static readonly FrozenDictionary<string, TestCard> ByName = All.ToFrozenDictionary(card => card.Name);

    private static readonly FrozenDictionary<string, TestCard> ByNumber =
        All.SelectMany(card => card.Numbers, (card, number) => (card, number)).ToFrozenDictionary(pair => pair.number, pair => pair.card);

    private static readonly FrozenDictionary<string, TestCard> ByToken =
        All.SelectMany(card => card.Tokens, (card, token) => (card, token)).ToFrozenDictionary(pair => pair.token, pair => pair.card);

    /// <summary>The card that a stored PaymentMethod remembers by name.</summary>
    public static TestCard Named(string name) => ByName[name];

    public static TestCard? WithNumber(string number) => ByNumber.GetValueOrDefault(number);

    /// <summary>The card behind <c>pm_card_…</c> or <c>tok_…</c>.</summary>
    public static TestCard? WithToken(string id) => Suffix(id) is { } name ? ByToken.GetValueOrDefault(name) : null;

    private static string? Suffix(string id) =>
        id.StartsWith("pm_card_", StringComparison.Ordinal) ? id[8..] : id.StartsWith("tok_", StringComparison.Ordinal) ? id[4..] : null;

    private static TestCard Good(string name, string number, params string[] tokens) => new(name) { Numbers = [number], Tokens = tokens };

    private static TestCard Declined(string name, Decline decline, string number, params string[] tokens) =>
        Good(name, number, tokens) with { Decline = decline, IsDeclinedWhenSaved = true };

    private static TestCard Secured(string name, Authentication authentication, string number, params string[] tokens) =>
        Good(name, number, tokens) with { Authentication = authentication };
}
