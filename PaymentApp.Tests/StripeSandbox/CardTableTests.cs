using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>Every card of Stripe's testing page that this sandbox knows, typed and as a token.</summary>
public sealed class CardTableTests : IClassFixture<CardTableTests.Shared>
{
    private readonly SandboxUnderTest _sandbox;

    public CardTableTests(Shared shared) => _sandbox = shared.Sandbox;

    [Theory]
    [InlineData("4242424242424242", "visa", "credit")]
    [InlineData("4000056655665556", "visa", "debit")]
    [InlineData("5555555555554444", "mastercard", "credit")]
    [InlineData("2223003122003222", "mastercard", "credit")]
    [InlineData("5200828282828210", "mastercard", "debit")]
    [InlineData("5105105105105100", "mastercard", "prepaid")]
    [InlineData("378282246310005", "amex", "credit")]
    [InlineData("371449635398431", "amex", "credit")]
    [InlineData("6011111111111117", "discover", "credit")]
    [InlineData("6011000990139424", "discover", "credit")]
    [InlineData("6011981111111113", "discover", "debit")]
    [InlineData("6555900000604105", "discover", "credit")]
    [InlineData("3530111333300000", "jcb", "credit")]
    [InlineData("4000050360000001", "visa", "debit")]
    [InlineData("5555050360000080", "mastercard", "debit")]
    [InlineData("5062210000000009", "unknown", "credit")]
    [InlineData("5555558265554449", "mastercard", "credit")]
    [InlineData("4000058260000005", "visa", "debit")]
    [InlineData("5200007840000022", "mastercard", "credit")]
    [InlineData("4000057640000008", "visa", "debit")]
    [InlineData("4000000000003097", "visa", "credit")]
    [InlineData("4000000000001208", "visa", "credit")]
    [InlineData("4000000000003725", "visa", "credit")]
    [InlineData("3056930009020004", "diners", "credit")]
    [InlineData("36227206271667", "diners", "credit")]
    [InlineData("3566002020360505", "jcb", "credit")]
    [InlineData("6200000000000005", "unionpay", "credit")]
    [InlineData("6200000000000047", "unionpay", "debit")]
    [InlineData("6205500000000000004", "unionpay", "credit")]
    [InlineData("4000002500001001", "visa", "credit")]
    [InlineData("5555552500001001", "mastercard", "credit")]
    [InlineData("4000000000003055", "visa", "credit")]
    [InlineData("4000000032200000", "visa", "credit")]
    [InlineData("4000000000004954", "visa", "credit")]
    [InlineData("4000000000009235", "visa", "credit")]
    [InlineData("4000000000000077", "visa", "credit")]
    [InlineData("4000003720000278", "visa", "credit")]
    public async Task These_numbers_pay(string number, string brand, string funding)
    {
        var intent = (await _sandbox.PayAsync(await _sandbox.NewCardAsync(number), ("expand[]", "latest_charge"))).Ok();

        Assert.Equal("succeeded", intent.State);
        var card = intent.Json.GetProperty("latest_charge").GetProperty("payment_method_details").GetProperty("card");
        Assert.Equal(brand, card.GetProperty("brand").GetString());
        Assert.Equal(funding, card.GetProperty("funding").GetString());
        Assert.Equal(number[^4..], card.GetProperty("last4").GetString());
    }

    [Theory]
    [InlineData("4000000000000002", "card_declined", "generic_decline")]
    [InlineData("4000000000009995", "card_declined", "insufficient_funds")]
    [InlineData("4000000000009987", "card_declined", "lost_card")]
    [InlineData("4000000000009979", "card_declined", "stolen_card")]
    [InlineData("4000000000000069", "expired_card", null)]
    [InlineData("4000000000000127", "incorrect_cvc", null)]
    [InlineData("4000000000000119", "processing_error", null)]
    [InlineData("4000000000006975", "card_declined", "card_velocity_exceeded")]
    [InlineData("4000000000000341", "card_declined", "generic_decline")]
    [InlineData("4100000000000019", "card_declined", "fraudulent")]
    [InlineData("4000008400001280", "card_declined", "generic_decline")]
    public async Task These_numbers_are_declined(string number, string code, string? declineCode)
    {
        var declined = await _sandbox.PayAsync(await _sandbox.NewCardAsync(number));

        Assert.Equal(402, declined.Status);
        Assert.Equal("card_error", declined.At("error.type"));
        Assert.Equal(code, declined.At("error.code"));
        Assert.Equal(declineCode, declined.Has("error.decline_code") ? declined.At("error.decline_code") : null);
        Assert.Equal("failed", (await _sandbox.GetAsync($"/v1/charges/{declined.Text("error.charge")}")).Ok().State);
    }

    [Theory]
    [InlineData("4000002500003155", 200, null)]
    [InlineData("4000002760003184", 200, null)]
    [InlineData("4000003800000446", 200, null)]
    [InlineData("4000000000003220", 200, null)]
    [InlineData("4000008400000027", 200, null)]
    [InlineData("4000582600000094", 200, null)]
    [InlineData("4000582600000045", 200, null)]
    [InlineData("4000582600000102", 200, null)]
    [InlineData("4000582600000110", 200, null)]
    [InlineData("4000008260003178", 402, "insufficient_funds")]
    [InlineData("4000008400001629", 402, "generic_decline")]
    public async Task These_numbers_are_authenticated_first(string number, int statusAfterwards, string? declineCode)
    {
        var intent = (await _sandbox.PayAsync(await _sandbox.NewCardAsync(number))).Ok();
        Assert.Equal("requires_action", intent.State);
        await _sandbox.AnswerChallengeAsync(intent.Id, "succeed");

        var confirmed = await _sandbox.ConfirmAsync(intent.Id);

        Assert.Equal(statusAfterwards, confirmed.Status);
        if (declineCode is not null)
            Assert.Equal(declineCode, confirmed.At("error.decline_code"));
    }

    [Theory]
    [InlineData("visa"), InlineData("visa_debit"), InlineData("mastercard"), InlineData("mastercard_debit"), InlineData("mastercard_prepaid")]
    [InlineData("amex"), InlineData("discover"), InlineData("diners"), InlineData("jcb"), InlineData("unionpay"), InlineData("visa_cartesBancaires")]
    [InlineData("threeDSecureOptional"), InlineData("riskLevelHighest"), InlineData("riskLevelElevated"), InlineData("cvcCheckFail")]
    [InlineData("avsZipFail"), InlineData("avsLine1Fail"), InlineData("avsFail"), InlineData("avsUnchecked"), InlineData("createDispute")]
    [InlineData("pendingRefund"), InlineData("refundFail"), InlineData("bypassPending"), InlineData("bypassPendingInternational")]
    [InlineData("visa_debit_eftposAuCoBranded"), InlineData("mastercard_debit_eftposAuCoBranded"), InlineData("gb_debit"), InlineData("gb_mastercard")]
    [InlineData("ae_mastercard"), InlineData("th_credit"), InlineData("th_debit"), InlineData("amex_threeDSecureNotSupported")]
    [InlineData("threeDSecureOptionalProcessingError")]
    public async Task These_tokens_pay(string token) =>
        Assert.Equal("succeeded", (await _sandbox.PayAsync($"pm_card_{token}")).Ok().State);

    [Theory]
    [InlineData("visa_chargeDeclined"), InlineData("chargeDeclined"), InlineData("visa_chargeDeclinedInsufficientFunds")]
    [InlineData("chargeDeclinedInsufficientFunds"), InlineData("visa_chargeDeclinedLostCard"), InlineData("visa_chargeDeclinedStolenCard")]
    [InlineData("chargeDeclinedExpiredCard"), InlineData("chargeDeclinedIncorrectCvc"), InlineData("chargeDeclinedProcessingError")]
    [InlineData("visa_chargeDeclinedVelocityLimitExceeded"), InlineData("chargeCustomerFail"), InlineData("radarBlock")]
    [InlineData("threeDSecureRequiredProcessingError")]
    public async Task These_tokens_are_declined(string token) =>
        Assert.Equal(402, (await _sandbox.PayAsync($"pm_card_{token}")).Status);

    [Theory]
    [InlineData("authenticationRequiredOnSetup"), InlineData("authenticationRequired"), InlineData("authenticationRequiredSetupForOffSession")]
    [InlineData("authenticationRequiredChargeDeclinedInsufficientFunds"), InlineData("threeDSecure2Required")]
    [InlineData("threeDSecureRequiredChargeDeclined")]
    public async Task These_tokens_are_authenticated_first(string token) =>
        Assert.Equal("requires_action", (await _sandbox.PayAsync($"pm_card_{token}")).Ok().State);

    [Theory]
    [InlineData("4242424242424241", "incorrect_number", "number")]
    [InlineData("4242", "invalid_number", "number")]
    [InlineData("4242 4242 4242 424x", "invalid_number", "number")]
    public async Task A_mistyped_number_makes_no_payment_method(string number, string code, string param)
    {
        var refused = await CreateAsync(("card[number]", number), ("card[exp_month]", "12"), ("card[exp_year]", "2030"));

        Assert.Equal(402, refused.Status);
        Assert.Equal("card_error", refused.At("error.type"));
        Assert.Equal(code, refused.At("error.code"));
        Assert.Equal(param, refused.At("error.param"));
    }

    [Theory]
    [InlineData("13", "2030", "123", "invalid_expiry_month")]
    [InlineData("8", "2026", "123", "invalid_expiry_month")]
    [InlineData("12", "2025", "123", "invalid_expiry_year")]
    [InlineData("12", "2030", "12", "invalid_cvc")]
    [InlineData("12", "2030", "1234", "invalid_cvc")]
    public async Task A_card_that_cannot_be_makes_no_payment_method(string month, string year, string cvc, string code)
    {
        var refused = await CreateAsync(
            ("card[number]", "4242424242424242"), ("card[exp_month]", month), ("card[exp_year]", year), ("card[cvc]", cvc));

        Assert.Equal(402, refused.Status);
        Assert.Equal(code, refused.At("error.code"));
    }

    [Theory]
    [InlineData("createCe3EligibleDispute", "fraudulent", "visa_compelling_evidence_3")]
    [InlineData("createComplianceDispute", "noncompliant", "visa_compliance")]
    [InlineData("createMastercardComplianceDispute", "noncompliant", null)]
    [InlineData("createAutoRepresentmentEligibleDispute", "fraudulent", null)]
    [InlineData("createRapidDisputeResolutionDispute", "fraudulent", null)]
    [InlineData("createCe3BlockDispute", "fraudulent", null)]
    [InlineData("createEthocaAlert", "fraudulent", null)]
    public async Task These_tokens_are_disputed(string token, string reason, string? eligibility)
    {
        var paid = (await _sandbox.PayAsync($"pm_card_{token}")).Ok();

        var dispute = (await _sandbox.GetAsync($"/v1/disputes?payment_intent={paid.Id}")).Ok().Json.GetProperty("data").EnumerateArray().Single();

        Assert.Equal((reason, "needs_response"), (dispute.GetProperty("reason").GetString(), dispute.GetProperty("status").GetString()));
        Assert.Equal(eligibility, dispute.GetProperty("enhanced_eligibility_types").EnumerateArray().Select(type => type.GetString()).SingleOrDefault());
    }

    [Fact]
    public async Task A_card_whose_lookup_fails_pays_without_where_authentication_is_optional()
    {
        var paid = (await _sandbox.PayAsync(
            "pm_card_threeDSecureOptionalProcessingError", ("payment_method_options[card][request_three_d_secure]", "any"))).Ok();

        Assert.Equal("succeeded", paid.State);
    }

    [Fact]
    public async Task A_real_card_is_not_taken_and_no_card_number_is_kept()
    {
        var refused = await CreateAsync(("card[number]", "4539578763621486"), ("card[exp_month]", "12"), ("card[exp_year]", "2030"));
        Assert.Equal("test_mode_live_card", refused.At("error.decline_code"));

        await _sandbox.NewCardAsync("4242424242424242");
        Assert.All(_sandbox.Server.Books.All<PaymentMethod>(), method =>
            Assert.DoesNotContain("4242424242424242", method.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_is_a_fresh_payment_method_each_time()
    {
        var first = (await _sandbox.PayAsync("pm_card_visa")).Ok();
        var second = (await _sandbox.PayAsync("pm_card_visa")).Ok();

        Assert.NotEqual(first.At("payment_method"), second.At("payment_method"));
    }

    [Fact]
    public async Task The_banks_checks_show_on_the_charge()
    {
        var card = (await _sandbox.PostAsync("/v1/payment_methods",
            ("type", "card"), ("card[number]", "4000000000000036"), ("card[exp_month]", "12"), ("card[exp_year]", "2030"), ("card[cvc]", "123"),
            ("billing_details[address][postal_code]", "94102"), ("billing_details[name]", "Jenny Rosen"))).Ok();
        Assert.Equal("unchecked", card.At("card.checks.cvc_check"));

        var paid = (await _sandbox.PayAsync(card.Id, ("expand[]", "latest_charge"))).Ok();

        var checks = "latest_charge.payment_method_details.card.checks";
        Assert.Equal("pass", paid.At($"{checks}.cvc_check"));
        Assert.Equal("fail", paid.At($"{checks}.address_postal_code_check"));
        Assert.Null(paid.At($"{checks}.address_line1_check"));
        Assert.Equal("Jenny Rosen", paid.At("latest_charge.billing_details.name"));
    }

    [Fact]
    public async Task Risk_shows_on_the_charge_and_a_blocked_one_never_reached_the_bank()
    {
        var elevated = (await _sandbox.PayAsync("pm_card_riskLevelElevated", ("expand[]", "latest_charge"))).Ok();
        Assert.Equal("elevated", elevated.At("latest_charge.outcome.risk_level"));

        var blocked = await _sandbox.PayAsync("pm_card_radarBlock");
        var charge = (await _sandbox.GetAsync($"/v1/charges/{blocked.Text("error.charge")}")).Ok();
        Assert.Equal("blocked", charge.At("outcome.type"));
        Assert.Equal("not_sent_to_network", charge.At("outcome.network_status"));
    }

    private Task<SandboxAnswer> CreateAsync(params (string, string)[] card) => _sandbox.PostAsync("/v1/payment_methods", [("type", "card"), .. card]);

    public sealed class Shared : IAsyncLifetime
    {
        public SandboxUnderTest Sandbox { get; private set; } = null!;

        public async Task InitializeAsync() => Sandbox = await SandboxUnderTest.StartAsync();

        public async Task DisposeAsync() => await Sandbox.DisposeAsync();
    }
}
