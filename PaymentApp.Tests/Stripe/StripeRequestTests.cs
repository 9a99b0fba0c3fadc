using PaymentApp.Payments;

namespace PaymentApp.Tests.Stripe;

/// <summary>What goes to Stripe, parameter for parameter.</summary>
public sealed class StripeRequestTests
{
    private readonly StripeStub stripe = new StripeStub().Answers(200, StripeBodies.Intent("succeeded"));

    [Fact]
    public async Task A_create_confirms_by_hand_and_leaves_the_challenge_to_StripeJs()
    {
        await stripe.Gateway().CreateAsync(StripeBodies.NewIntent(), "key-1");

        MustBe("POST", "/v1/payment_intents", "key-1",
            ("amount", "4900"), ("currency", "usd"), ("payment_method", "pm_1"), ("allowed_payment_method_types[0]", "card"),
            ("confirm", "true"), ("confirmation_method", "manual"), ("use_stripe_sdk", "true"), ("description", "Order AB23-CD456"),
            ("metadata[order_id]", StripeBodies.Order.Value), ("metadata[order_number]", "AB23-CD456"), ("expand[0]", "latest_charge"));
    }

    [Fact]
    public async Task In_Decline_mode_a_create_fails_where_the_bank_would_ask()
    {
        await stripe.Gateway().CreateAsync(StripeBodies.NewIntent(AuthenticationMode.Decline), "key-1");

        MustBe("POST", "/v1/payment_intents", "key-1",
            ("amount", "4900"), ("currency", "usd"), ("payment_method", "pm_1"), ("allowed_payment_method_types[0]", "card"),
            ("confirm", "true"), ("confirmation_method", "manual"), ("error_on_requires_action", "true"), ("description", "Order AB23-CD456"),
            ("metadata[order_id]", StripeBodies.Order.Value), ("metadata[order_number]", "AB23-CD456"), ("expand[0]", "latest_charge"));
    }

    [Theory]
    [InlineData(AuthenticationMode.Handle, "use_stripe_sdk")]
    [InlineData(AuthenticationMode.Decline, "error_on_requires_action")]
    public async Task A_confirm_with_another_card_names_that_card(AuthenticationMode authentication, string integration)
    {
        await stripe.Gateway().ConfirmAsync("pi_3Test", new Confirmation("pm_2", authentication), "key-2");

        MustBe("POST", "/v1/payment_intents/pi_3Test/confirm", "key-2",
            ("payment_method", "pm_2"), (integration, "true"), ("expand[0]", "latest_charge"));
    }

    [Theory]
    [InlineData(AuthenticationMode.Handle, "use_stripe_sdk")]
    [InlineData(AuthenticationMode.Decline, "error_on_requires_action")]
    public async Task A_confirm_after_authentication_names_no_card(AuthenticationMode authentication, string integration)
    {
        await stripe.Gateway().ConfirmAsync("pi_3Test", new Confirmation(null, authentication), "key-3");

        MustBe("POST", "/v1/payment_intents/pi_3Test/confirm", "key-3", (integration, "true"), ("expand[0]", "latest_charge"));
    }

    [Fact]
    public async Task A_read_carries_no_key_and_asks_for_the_charge()
    {
        await stripe.Gateway().RetrieveAsync("pi_3Test");

        MustBe("GET", "/v1/payment_intents/pi_3Test", null, ("expand[0]", "latest_charge"));
    }

    [Theory]
    [InlineData("jpy", 1800, "1800")]
    [InlineData("kwd", 1230, "1230")]
    [InlineData("isk", 500, "500")]
    public async Task An_amount_is_sent_in_the_minor_units_of_its_currency(string currency, long minor, string sent)
    {
        await stripe.Gateway().CreateAsync(StripeBodies.NewIntent() with { Amount = new Money(minor, Currency.Of(currency)) }, "key");

        Assert.Equal((sent, currency), (stripe.Requests[0].Form["amount"], stripe.Requests[0].Form["currency"]));
    }

    [Fact]
    public async Task Every_request_names_the_API_version_that_takes_manual_confirmation_of_cards()
    {
        await stripe.Gateway().CreateAsync(StripeBodies.NewIntent(), "key");
        await stripe.Gateway().RetrieveAsync("pi_3Test");

        Assert.All(stripe.Requests, request => Assert.Equal("2026-10-28.endive", request.ApiVersion));
    }

    private void MustBe(string method, string path, string? key, params (string Name, string Value)[] form)
    {
        var request = Assert.Single(stripe.Requests);
        Assert.Equal((method, path, key), (request.Method, request.Path, request.IdempotencyKey));
        Assert.Equal(
            form.OrderBy(pair => pair.Name, StringComparer.Ordinal),
            request.Form.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }
}
