using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>How a dispute is answered and ends, and where the money is then (https://docs.stripe.com/disputes/api).</summary>
public sealed class DisputeTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [InlineData("winning_evidence", "won", 2)]
    [InlineData("losing_evidence", "lost", 1)]
    [InlineData("They wore the socks.", "under_review", 1)]
    public async Task Evidence_settles_a_dispute_as_in_test_mode(string evidence, string status, int moved)
    {
        var (intent, dispute) = await DisputedAsync("pm_card_createDispute");

        var answered = (await _sandbox.PostAsync($"/v1/disputes/{dispute}", ("evidence[uncategorized_text]", evidence), ("metadata[case]", "7"))).Ok();

        Assert.Equal((status, evidence, "7"), (answered.State, answered.At("evidence.uncategorized_text"), answered.At("metadata.case")));
        Assert.Equal(("True", "1"), (answered.At("evidence_details.has_evidence"), answered.At("evidence_details.submission_count")));
        var entries = answered.Json.GetProperty("balance_transactions");
        Assert.Equal(moved, entries.GetArrayLength());
        Assert.Equal(moved == 2 ? 0 : -1999 - 1500, entries.EnumerateArray().Sum(entry => entry.GetProperty("net").GetInt64()));
        var refund = await _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent));
        Assert.Equal(status == "won" ? 200 : 400, refund.Status);
        Assert.Equal(answered.Body, (await _sandbox.GetAsync($"/v1/disputes/{dispute}")).Body);
    }

    [Fact]
    public async Task Evidence_can_be_gathered_before_it_is_submitted()
    {
        var (_, dispute) = await DisputedAsync("pm_card_createDispute");

        var staged = (await _sandbox.PostAsync($"/v1/disputes/{dispute}",
            ("evidence[uncategorized_text]", "winning_evidence"), ("evidence[customer_name]", "Jenny"), ("submit", "false"))).Ok();
        Assert.Equal(("needs_response", "0"), (staged.State, staged.At("evidence_details.submission_count")));
        var cleared = (await _sandbox.PostAsync($"/v1/disputes/{dispute}", ("evidence[customer_name]", ""), ("submit", "false"))).Ok();
        Assert.Null(cleared.At("evidence.customer_name"));

        Assert.Equal("won", (await _sandbox.PostAsync($"/v1/disputes/{dispute}", ("submit", "true"))).Ok().State);
    }

    [Theory]
    [InlineData("pm_card_createDispute", "lost")]
    [InlineData("pm_card_createDisputeInquiry", "warning_closed")]
    public async Task Who_closes_a_dispute_accepts_it_once(string card, string status)
    {
        var (_, dispute) = await DisputedAsync(card);

        Assert.Equal(status, (await _sandbox.PostAsync($"/v1/disputes/{dispute}/close")).Ok().State);

        Assert.Equal(400, (await _sandbox.PostAsync($"/v1/disputes/{dispute}/close")).Status);
        Assert.Equal(400, (await _sandbox.PostAsync($"/v1/disputes/{dispute}", ("evidence[uncategorized_text]", "winning_evidence"))).Status);
        (await _sandbox.PostAsync($"/v1/disputes/{dispute}", ("metadata[note]", "too late"))).Ok();
        Assert.Equal(404, (await _sandbox.PostAsync("/v1/disputes/dp_nobody/close")).Status);
    }

    [Fact]
    public async Task An_inquiry_that_escalates_becomes_a_chargeback()
    {
        var (_, dispute) = await DisputedAsync("pm_card_createDisputeInquiry");

        var escalated = (await _sandbox.PostAsync($"/v1/disputes/{dispute}", ("evidence[uncategorized_text]", "escalate_inquiry_evidence"))).Ok();

        Assert.Equal("needs_response", escalated.State);
        Assert.Equal(1, escalated.Json.GetProperty("balance_transactions").GetArrayLength());
    }

    [Theory]
    [InlineData("won", "charge.dispute.funds_reinstated")]
    [InlineData("lost", null)]
    public async Task The_control_surface_settles_one_at_once(string outcome, string? money)
    {
        var (_, dispute) = await DisputedAsync("pm_card_createDispute");

        var settled = (await _sandbox.PostAsAsync(null, $"/_sandbox/disputes/{dispute}/settle", ("outcome", outcome))).Ok();

        Assert.Equal(outcome, settled.State);
        string?[] expected = ["charge.dispute.created", "charge.dispute.funds_withdrawn", money, "charge.dispute.closed"];
        Assert.Equal(expected.OfType<string>(), _sandbox.Server.Books.All<Event>().Where(one => one.Object.Id == dispute).Select(one => one.Type));
    }

    [Fact]
    public async Task Several_disputes_share_the_charge()
    {
        var intent = (await _sandbox.PayAsync("pm_card_createMultipleDisputes")).Ok().Id;

        var disputes = (await _sandbox.GetAsync($"/v1/disputes?payment_intent={intent}")).Ok().Json.GetProperty("data");

        Assert.Equal([999, 1000], disputes.EnumerateArray().Select(dispute => dispute.GetProperty("amount").GetInt64()));
    }

    [Theory]
    [InlineData("4000000000005423")]
    [InlineData(null)]
    public async Task A_bank_warns_of_fraud(string? number)
    {
        var card = number is null ? "pm_card_createIssuerFraudRecord" : await _sandbox.NewCardAsync(number);
        var intent = (await _sandbox.PayAsync(card)).Ok();

        var happened = Assert.Single(_sandbox.Server.Books.All<Event>(), one => one.Type == "radar.early_fraud_warning.created");
        var warning = (await _sandbox.GetAsync($"/v1/radar/early_fraud_warnings/{happened.Object.Id}?expand[]=charge")).Ok();
        Assert.Equal((intent.At("latest_charge"), intent.Id, "True"), (warning.At("charge.id"), warning.At("payment_intent"), warning.At("actionable")));
        (await _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent.Id))).Ok();
        var listed = (await _sandbox.GetAsync($"/v1/radar/early_fraud_warnings?charge={intent.At("latest_charge")}")).Ok().Json.GetProperty("data");
        Assert.False(Assert.Single(listed.EnumerateArray()).GetProperty("actionable").GetBoolean());
        Assert.Equal(200, (await _sandbox.GetAsync($"/v1/events/{happened.Id}")).Status);
    }

    [Theory]
    [InlineData("4000008260000000", "gb", "GB")]
    [InlineData("4000002760000016", "de", "DE")]
    [InlineData("4000002500000003", "fr", "FR")]
    [InlineData("4000003920000003", "jp", "JP")]
    [InlineData("4000000760000002", "br", "BR")]
    [InlineData("4000001240000000", "ca", "CA")]
    [InlineData("4000000360000006", "au", "AU")]
    [InlineData("4000007240000007", "es", "ES")]
    [InlineData("4000003800000008", "it", "IT")]
    [InlineData("4000005280000002", "nl", "NL")]
    public async Task A_card_is_of_its_country(string number, string token, string country)
    {
        foreach (var card in new[] { "pm_card_" + token, await _sandbox.NewCardAsync(number) })
        {
            var paid = (await _sandbox.PayAsync(card, ("expand[]", "latest_charge"))).Ok();
            Assert.Equal(country, paid.At("latest_charge.payment_method_details.card.country"));
            Assert.Equal(number[^4..], paid.At("latest_charge.payment_method_details.card.last4"));
        }
    }

    [Fact]
    public async Task An_authorization_that_lapses_is_told_as_an_expired_charge()
    {
        var held = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();

        await _sandbox.PostAsAsync(null, "/_sandbox/clock", ("advance", "604800"));
        await _sandbox.GetAsync("/v1/events");

        var expired = Assert.Single(_sandbox.Server.Books.All<Event>(), one => one.Type == "charge.expired");
        Assert.Equal(held.At("latest_charge"), expired.Object.Id);
        var other = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();
        await _sandbox.PostAsync($"/v1/payment_intents/{other.Id}/cancel");
        Assert.Single(_sandbox.Server.Books.All<Event>(), one => one.Type == "charge.expired");
    }

    private async Task<(string Intent, string Dispute)> DisputedAsync(string card)
    {
        var intent = (await _sandbox.PayAsync(card)).Ok().Id;
        var disputes = (await _sandbox.GetAsync($"/v1/disputes?payment_intent={intent}")).Ok().Json.GetProperty("data");
        return (intent, Assert.Single(disputes.EnumerateArray()).GetProperty("id").GetString()!);
    }
}
