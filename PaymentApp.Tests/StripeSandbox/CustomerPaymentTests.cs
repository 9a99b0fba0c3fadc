using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>Payments of a customer, with a card that is saved or is to be.</summary>
public sealed class CustomerPaymentTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;
    private string _customer = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxUnderTest.StartAsync();
        _customer = (await _sandbox.PostAsync("/v1/customers", ("email", "jenny@example.com"))).Ok().Id;
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_payment_and_its_charge_name_the_customer_and_expand_it()
    {
        var paid = (await PayAsync("pm_card_visa",
            ("setup_future_usage", "on_session"), ("expand[]", "customer"), ("expand[]", "payment_method.customer"), ("expand[]", "latest_charge.customer"))).Ok();

        foreach (var path in new[] { "customer", "payment_method.customer", "latest_charge.customer" })
            Assert.Equal("jenny@example.com", paid.At(path + ".email"));
        await _sandbox.PayAsync("pm_card_visa");
        Assert.Equal([paid.Id], await ListAsync($"/v1/payment_intents?customer={_customer}"));
        Assert.Equal([paid.Text("latest_charge.id")], await ListAsync($"/v1/charges?customer={_customer}"));
    }

    [Fact]
    public async Task What_a_deleted_customer_paid_still_names_them()
    {
        var paid = (await PayAsync("pm_card_visa")).Ok();
        await _sandbox.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"/v1/customers/{_customer}"), SandboxUnderTest.SecretKey);

        Assert.Equal(_customer, (await _sandbox.GetAsync($"/v1/payment_intents/{paid.Id}")).Ok().At("customer"));
        var expanded = (await _sandbox.GetAsync($"/v1/payment_intents/{paid.Id}?expand[]=customer")).Ok();
        Assert.Equal("True", expanded.At("customer.deleted"));
    }

    [Fact]
    public async Task A_deleted_customer_pays_no_more()
    {
        var open = (await CreateAsync(("customer", _customer))).Ok();
        await _sandbox.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"/v1/customers/{_customer}"), SandboxUnderTest.SecretKey);

        foreach (var refused in new[] { await PayAsync("pm_card_visa"), await _sandbox.ConfirmAsync(open.Id, ("payment_method", "pm_card_visa")) })
        {
            Assert.Equal(400, refused.Status);
            Assert.Equal("resource_missing", refused.At("error.code"));
            Assert.Equal("customer", refused.At("error.param"));
        }

        Assert.Empty(_sandbox.Server.Books.All<Charge>());
    }

    [Theory]
    [InlineData("on_session")]
    [InlineData("off_session")]
    public async Task A_card_is_saved_once_it_has_paid(string usage)
    {
        var card = await _sandbox.NewCardAsync("4242424242424242");

        var paid = (await PayAsync(card, ("setup_future_usage", usage))).Ok();

        Assert.Equal(usage, paid.At("setup_future_usage"));
        Assert.Equal([card], await SavedAsync());
        Assert.Equal(
            ["payment_intent.created", "payment_method.attached", "charge.succeeded", "payment_intent.succeeded"], (await TypesAsync())[1..]);
        Assert.Equal("succeeded", (await PayAsync(card)).Ok().State);
        Assert.Equal([card], await SavedAsync());
    }

    [Fact]
    public async Task A_card_that_was_detached_while_its_bank_asked_pays_and_is_not_saved_again()
    {
        var card = (await AttachAsync("pm_card_authenticationRequired")).Ok().Id;
        var waiting = (await PayAsync(card, ("setup_future_usage", "off_session"), ("confirmation_method", "automatic"))).Ok();
        await _sandbox.PostAsync($"/v1/payment_methods/{card}/detach");

        await _sandbox.AnswerChallengeAsync(waiting.Id, "succeed");

        Assert.Equal("succeeded", (await _sandbox.GetAsync($"/v1/payment_intents/{waiting.Id}")).Ok().State);
        Assert.Empty(await SavedAsync());
    }

    [Fact]
    public async Task A_customer_who_was_deleted_while_their_bank_asked_pays_and_stays_deleted()
    {
        var waiting = (await PayAsync("pm_card_authenticationRequired", ("setup_future_usage", "off_session"), ("confirmation_method", "automatic"))).Ok();
        await _sandbox.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"/v1/customers/{_customer}"), SandboxUnderTest.SecretKey);

        await _sandbox.AnswerChallengeAsync(waiting.Id, "succeed");

        Assert.Equal("succeeded", (await _sandbox.GetAsync($"/v1/payment_intents/{waiting.Id}")).Ok().State);
        Assert.Empty(SandboxInvariants.ProblemsOf(_sandbox.Server.Books));
        Assert.DoesNotContain("payment_method.attached", await TypesAsync());
    }

    [Fact]
    public async Task A_card_is_saved_by_an_authorization_too()
    {
        var held = (await PayAsync("pm_card_visa", ("setup_future_usage", "off_session"), ("capture_method", "manual"))).Ok();
        Assert.Equal([held.Text("payment_method")], await SavedAsync());
    }

    [Fact]
    public async Task A_card_that_nobody_asked_to_save_is_not()
    {
        var card = await _sandbox.NewCardAsync("4242424242424242");
        await PayAsync(card);

        Assert.Empty(await SavedAsync());
        Assert.Equal(400, (await PayAsync(card)).Status);
    }

    [Fact]
    public async Task A_card_that_does_not_pay_is_not_saved()
    {
        var declined = await PayAsync("pm_card_chargeDeclined", ("setup_future_usage", "off_session"));
        Assert.Equal(402, declined.Status);
        await PayAsync("pm_card_authenticationRequired", ("setup_future_usage", "off_session"));

        Assert.Empty(await SavedAsync());
        Assert.DoesNotContain("payment_method.attached", await TypesAsync());
    }

    [Theory]
    [InlineData("none", "off_session", false)]
    [InlineData("off_session", null, true)]
    [InlineData("on_session", "off_session", true)]
    public async Task The_cards_own_option_has_the_last_word_about_saving(string ofCard, string? ofIntent, bool isSaved)
    {
        List<(string, string)> more = [("payment_method_options[card][setup_future_usage]", ofCard)];
        if (ofIntent is not null)
            more.Add(("setup_future_usage", ofIntent));

        var paid = (await PayAsync("pm_card_visa", [.. more])).Ok();

        Assert.Equal(ofCard, paid.At("payment_method_options.card.setup_future_usage"));
        Assert.Equal(ofIntent, paid.At("setup_future_usage"));
        Assert.Equal(isSaved ? 1 : 0, (await SavedAsync()).Length);
        Assert.Equal(400, (await CreateAsync(("payment_method_options[card][setup_future_usage]", "maybe"))).Status);
    }

    [Fact]
    public async Task An_update_or_a_confirm_can_ask_for_saving()
    {
        var first = (await CreateAsync(("customer", _customer))).Ok();
        Assert.Equal("off_session", (await UpdateAsync(first.Id, ("setup_future_usage", "off_session"))).Ok().At("setup_future_usage"));
        var one = (await _sandbox.ConfirmAsync(first.Id, ("payment_method", "pm_card_visa"))).Ok().Text("payment_method");
        var second = (await CreateAsync(("customer", _customer))).Ok();
        var other = (await _sandbox.ConfirmAsync(second.Id, ("payment_method", "pm_card_visa"), ("setup_future_usage", "on_session"))).Ok().Text("payment_method");
        var third = (await CreateAsync(("customer", _customer), ("setup_future_usage", "on_session"))).Ok();
        await _sandbox.ConfirmAsync(third.Id, ("payment_method", "pm_card_visa"), ("setup_future_usage", ""));

        Assert.Equal([other, one], await SavedAsync());
    }

    [Fact]
    public async Task A_card_that_paid_for_a_guest_can_be_attached_afterwards_if_that_was_the_plan()
    {
        var card = await _sandbox.NewCardAsync("4242424242424242");
        await _sandbox.PayAsync(card, ("setup_future_usage", "off_session"));

        Assert.Equal(400, (await _sandbox.PayAsync(card)).Status);
        (await _sandbox.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", _customer))).Ok();

        Assert.Equal("succeeded", (await PayAsync(card)).Ok().State);
    }

    [Fact]
    public async Task A_customers_card_pays_for_nobody_else()
    {
        var card = (await AttachAsync("pm_card_visa")).Ok().Id;
        var other = (await _sandbox.PostAsync("/v1/customers")).Ok().Id;
        var theirs = (await CreateAsync(("customer", other))).Ok();
        var nobodys = (await CreateAsync()).Ok();

        var wrong = $"The PaymentMethod {card} does not belong to the Customer you supplied {other}. Please use this PaymentMethod with the Customer " +
            "that it belongs to instead.";
        AssertRefused(await _sandbox.ConfirmAsync(theirs.Id, ("payment_method", card)), "payment_method", wrong, theirs.Id);
        AssertRefused(await UpdateAsync(theirs.Id, ("payment_method", card)), "payment_method", wrong, theirs.Id);
        AssertRefused(await CreateAsync(("customer", other), ("payment_method", card)), "payment_method", wrong, null);

        var missing = $"The `payment_method` parameter supplied {card} belongs to the Customer {_customer}. Please include the Customer in the " +
            "`customer` parameter on the PaymentIntent.";
        AssertRefused(await _sandbox.ConfirmAsync(nobodys.Id, ("payment_method", card)), "source", missing, nobodys.Id);
        AssertRefused(await _sandbox.PayAsync(card), "source", missing, null);
        Assert.Empty(_sandbox.Server.Books.All<Charge>());
    }

    [Fact]
    public async Task An_intents_customer_can_be_given_later_and_only_once()
    {
        var card = (await AttachAsync("pm_card_visa")).Ok().Id;
        var intent = (await CreateAsync()).Ok();

        Assert.Equal("resource_missing", (await UpdateAsync(intent.Id, ("customer", "cus_nobody"))).At("error.code"));
        Assert.Equal("parameter_invalid_empty", (await UpdateAsync(intent.Id, ("customer", ""))).At("error.code"));
        Assert.Equal(_customer, (await UpdateAsync(intent.Id, ("customer", _customer), ("payment_method", card))).Ok().At("customer"));
        Assert.StartsWith("You cannot modify `customer`", (await UpdateAsync(intent.Id, ("customer", _customer))).At("error.message"), StringComparison.Ordinal);
        Assert.Equal("succeeded", (await _sandbox.ConfirmAsync(intent.Id)).Ok().State);

        var paid = (await _sandbox.PayAsync("pm_card_visa")).Ok();
        Assert.Equal("payment_intent_unexpected_state", (await UpdateAsync(paid.Id, ("customer", _customer))).At("error.code"));
    }

    [Fact]
    public async Task A_customers_intent_without_a_card_names_the_customer_when_it_is_confirmed()
    {
        var intent = (await CreateAsync(("customer", _customer))).Ok();
        var refused = await _sandbox.ConfirmAsync(intent.Id);
        Assert.Equal("payment_intent_unexpected_state", refused.At("error.code"));
        Assert.Contains($"To confirm the PaymentIntent with {_customer}", refused.At("error.message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_card_that_fails_when_charged_stays_saved()
    {
        var card = (await AttachAsync("pm_card_chargeCustomerFail")).Ok().Id;

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var declined = await PayAsync(card, ("off_session", "true"));
            Assert.Equal(402, declined.Status);
            Assert.Equal("card_declined", declined.At("error.code"));
            Assert.Equal(_customer, declined.At("error.payment_method.customer"));
        }

        Assert.Equal([card], await SavedAsync());
    }

    private static void AssertRefused(SandboxAnswer answer, string param, string message, string? intent)
    {
        Assert.Equal(400, answer.Status);
        Assert.Equal(message, answer.At("error.message"));
        Assert.Equal(param, answer.At("error.param"));
        Assert.Equal(intent, answer.Has("error.payment_intent.id") ? answer.At("error.payment_intent.id") : null);
    }

    private Task<SandboxAnswer> PayAsync(string card, params (string, string)[] more) => _sandbox.PayAsync(card, [("customer", _customer), .. more]);

    private Task<SandboxAnswer> CreateAsync(params (string, string)[] more) => _sandbox.PostAsync("/v1/payment_intents",
        [("amount", "1999"), ("currency", "usd"), ("allowed_payment_method_types[]", "card"), ("confirmation_method", "manual"), .. more]);

    private Task<SandboxAnswer> UpdateAsync(string id, params (string, string)[] form) => _sandbox.PostAsync($"/v1/payment_intents/{id}", form);

    private Task<SandboxAnswer> AttachAsync(string card) => _sandbox.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", _customer));

    private Task<string[]> SavedAsync() => ListAsync($"/v1/customers/{_customer}/payment_methods");

    private async Task<string[]> ListAsync(string path) =>
        [.. (await _sandbox.GetAsync(path)).Ok().Json.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];

    private async Task<string[]> TypesAsync() =>
        [.. (await _sandbox.GetAsync("/v1/events?limit=100")).Ok().Json.GetProperty("data").EnumerateArray()
            .Select(one => one.GetProperty("type").GetString()!).Reverse()];
}
