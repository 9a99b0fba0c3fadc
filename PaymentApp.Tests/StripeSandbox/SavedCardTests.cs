using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>Cards that are attached to a customer, and cards that no longer are.</summary>
public sealed class SavedCardTests : IAsyncLifetime
{
    private const string MayNotBeUsedAgain =
        "This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.";

    private SandboxUnderTest _sandbox = null!;
    private string _customer = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxUnderTest.StartAsync();
        _customer = (await _sandbox.PostAsync("/v1/customers", ("name", "Jenny"))).Ok().Id;
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task An_attached_card_is_the_customers_and_its_checks_are_done()
    {
        var card = await _sandbox.NewCardAsync("4242424242424242");

        var attached = (await AttachAsync(card)).Ok();

        Assert.Equal(card, attached.Id);
        Assert.Equal(_customer, attached.At("customer"));
        Assert.Equal("pass", attached.At("card.checks.cvc_check"));
        Assert.Equal("Jenny", (await _sandbox.GetAsync($"/v1/payment_methods/{card}?expand[]=customer")).Ok().At("customer.name"));
        Assert.Equal(card, (await _sandbox.GetAsync($"/v1/customers/{_customer}/payment_methods/{card}")).Ok().Id);
    }

    [Fact]
    public async Task A_token_makes_a_fresh_card_each_time()
    {
        var first = (await AttachAsync("pm_card_visa")).Ok();
        var second = (await AttachAsync("pm_card_visa")).Ok();

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal([second.Id, first.Id], await ListAsync($"/v1/customers/{_customer}/payment_methods"));
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
    public async Task A_card_that_the_bank_declines_cannot_be_saved(string number, string code, string? declineCode)
    {
        var card = await _sandbox.NewCardAsync(number);

        var refused = await AttachAsync(card);

        Assert.Equal(402, refused.Status);
        Assert.Equal("card_error", refused.At("error.type"));
        Assert.Equal(code, refused.At("error.code"));
        Assert.Equal(declineCode, refused.Has("error.decline_code") ? refused.At("error.decline_code") : null);
        Assert.False(refused.Has("error.charge"));
        Assert.Empty(await ListAsync($"/v1/customers/{_customer}/payment_methods"));
    }

    [Theory]
    [InlineData("4000000000000341")]
    [InlineData("4000008260003178")]
    [InlineData("4100000000000019")]
    [InlineData("4000002500003155")]
    public async Task Cards_that_fail_only_when_charged_can_be_saved(string number) =>
        Assert.Equal(_customer, (await AttachAsync(await _sandbox.NewCardAsync(number))).Ok().At("customer"));

    [Fact]
    public async Task A_card_belongs_to_one_customer()
    {
        var other = (await _sandbox.PostAsync("/v1/customers")).Ok().Id;
        var card = (await AttachAsync("pm_card_visa")).Ok().Id;

        foreach (var to in new[] { _customer, other })
        {
            var refused = await _sandbox.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", to));
            Assert.Equal(400, refused.Status);
            Assert.Equal("The payment method you provided has already been attached to a customer.", refused.At("error.message"));
        }

        Assert.Equal(404, (await _sandbox.GetAsync($"/v1/customers/{other}/payment_methods/{card}")).Status);
    }

    [Fact]
    public async Task Two_customers_who_want_one_card_at_once_cannot_both_have_it()
    {
        var customers = new List<string>();
        for (var i = 0; i < 20; i++)
            customers.Add((await _sandbox.PostAsync("/v1/customers")).Ok().Id);
        var card = await _sandbox.NewCardAsync("4242424242424242");

        var answers = await Task.WhenAll(customers.Select(one => _sandbox.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", one))));

        var owner = Assert.Single(answers, answer => answer.Status == 200).At("customer");
        Assert.Equal(owner, Assert.Single(_sandbox.Server.Books.All<Customer>(), one => one.PaymentMethods.Count > 0).Id);
    }

    [Theory]
    [InlineData("pm_nobody", null, 404, "payment_method", "No such PaymentMethod: 'pm_nobody'")]
    [InlineData("pm_card_visa", "cus_nobody", 400, "customer", "No such customer: 'cus_nobody'")]
    public async Task Nobody_is_attached_to_nobody(string card, string? to, int status, string param, string message)
    {
        var refused = await _sandbox.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", to ?? _customer));

        Assert.Equal(status, refused.Status);
        Assert.Equal("resource_missing", refused.At("error.code"));
        Assert.Equal(param, refused.At("error.param"));
        Assert.Equal(message, refused.At("error.message"));
        Assert.Equal("parameter_missing", (await _sandbox.PostAsync($"/v1/payment_methods/{card}/attach")).At("error.code"));
    }

    [Theory]
    [InlineData("4242424242424242")]
    [InlineData("4000000000009995")]
    public async Task A_card_that_has_paid_or_failed_without_a_customer_cannot_be_attached(string number)
    {
        var card = await _sandbox.NewCardAsync(number);
        await _sandbox.PayAsync(card);

        var refused = await AttachAsync(card);

        Assert.Equal(400, refused.Status);
        Assert.Equal(MayNotBeUsedAgain, refused.At("error.message"));
    }

    [Fact]
    public async Task A_detached_card_is_gone_for_good()
    {
        var card = (await AttachAsync("pm_card_visa")).Ok().Id;
        await _sandbox.PostAsync($"/v1/customers/{_customer}", ("invoice_settings[default_payment_method]", card));

        Assert.Null((await _sandbox.PostAsync($"/v1/payment_methods/{card}/detach")).Ok().At("customer"));

        Assert.Empty(await ListAsync($"/v1/customers/{_customer}/payment_methods"));
        Assert.Null((await _sandbox.GetAsync($"/v1/customers/{_customer}")).Ok().At("invoice_settings.default_payment_method"));
        Assert.Equal(MayNotBeUsedAgain, (await AttachAsync(card)).At("error.message"));
        var paying = await _sandbox.PayAsync(card);
        Assert.Equal(400, paying.Status);
        Assert.Contains("was detached from a Customer. It may not be used again.", paying.At("error.message"), StringComparison.Ordinal);
        var again = await _sandbox.PostAsync($"/v1/payment_methods/{card}/detach");
        Assert.Equal(400, again.Status);
        Assert.Equal("The payment method you provided is not attached to a customer so detachment is impossible.", again.At("error.message"));
        Assert.Equal(404, (await _sandbox.PostAsync("/v1/payment_methods/pm_nobody/detach")).Status);
    }

    [Fact]
    public async Task A_deleted_customers_cards_are_detached()
    {
        var card = (await AttachAsync("pm_card_visa")).Ok().Id;

        (await _sandbox.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"/v1/customers/{_customer}"), SandboxUnderTest.SecretKey)).Ok();

        Assert.Null((await _sandbox.GetAsync($"/v1/payment_methods/{card}")).Ok().At("customer"));
        Assert.Equal(400, (await _sandbox.PayAsync(card)).Status);
    }

    [Fact]
    public async Task A_saved_cards_details_can_be_changed()
    {
        var card = (await _sandbox.PostAsync("/v1/payment_methods",
            ("type", "card"), ("card[token]", "tok_visa_cartesBancaires"), ("billing_details[name]", "J"), ("billing_details[address][city]", "Paris"))).Ok().Id;
        (string, string)[] changes =
        [
            ("card[exp_month]", "3"), ("card[exp_year]", "2032"), ("card[networks][preferred]", "visa"), ("billing_details[name]", "Jenny"),
            ("billing_details[address][postal_code]", "75001"), ("metadata[shelf]", "top"), ("allow_redisplay", "always"),
        ];
        var refused = await _sandbox.PostAsync($"/v1/payment_methods/{card}", changes);
        Assert.Equal("You must save this PaymentMethod to a customer before you can update it.", refused.At("error.message"));
        await AttachAsync(card);

        var updated = (await _sandbox.PostAsync($"/v1/payment_methods/{card}", changes)).Ok();

        Assert.Equal("3/2032", $"{updated.At("card.exp_month")}/{updated.At("card.exp_year")}");
        Assert.Equal("visa", updated.At("card.networks.preferred"));
        Assert.Equal("Jenny", updated.At("billing_details.name"));
        Assert.Equal("Paris", updated.At("billing_details.address.city"));
        Assert.Equal("75001", updated.At("billing_details.address.postal_code"));
        Assert.Equal("top", updated.At("metadata.shelf"));
        Assert.Equal("always", updated.At("allow_redisplay"));
        var told = (await _sandbox.GetAsync("/v1/events?type=payment_method.updated")).Ok().Json.GetProperty("data")[0].GetProperty("data");
        Assert.Equal("J", told.GetProperty("previous_attributes").GetProperty("billing_details").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("card[exp_month]", "13", 402)]
    [InlineData("card[exp_year]", "2020", 402)]
    [InlineData("card[networks][preferred]", "mastercard", 400)]
    [InlineData("card[number]", "4242424242424242", 400)]
    [InlineData("customer", "cus_1", 400)]
    public async Task Details_that_no_card_has_are_refused(string name, string value, int status)
    {
        var card = (await AttachAsync("pm_card_visa")).Ok();

        Assert.Equal(status, (await _sandbox.PostAsync($"/v1/payment_methods/{card.Id}", (name, value))).Status);
        Assert.Equal(card.Body, (await _sandbox.GetAsync($"/v1/payment_methods/{card.Id}")).Body);
    }

    [Fact]
    public async Task Cards_are_listed_by_customer_and_type_in_pages()
    {
        var oldest = (await AttachAsync("pm_card_visa")).Ok().Id;
        var middle = (await AttachAsync("pm_card_mastercard")).Ok().Id;
        var newest = (await AttachAsync("pm_card_amex")).Ok().Id;
        await _sandbox.PostAsync($"/v1/payment_methods/{middle}", ("allow_redisplay", "always"));
        await _sandbox.NewCardAsync("4242424242424242");

        foreach (var path in new[] { $"/v1/payment_methods?customer={_customer}&", $"/v1/customers/{_customer}/payment_methods?" })
        {
            Assert.Equal([newest, middle, oldest], await ListAsync(path + "type=card"));
            Assert.Equal([newest, middle], await ListAsync(path + "limit=2"));
            Assert.Equal([oldest], await ListAsync($"{path}limit=2&starting_after={middle}"));
            Assert.Equal([newest], await ListAsync($"{path}ending_before={middle}"));
            Assert.Equal([middle], await ListAsync(path + "allow_redisplay=always"));
            Assert.Empty(await ListAsync(path + "type=sepa_debit"));
            Assert.Equal(400, (await _sandbox.GetAsync(path + "type=gold")).Status);
        }

        Assert.Equal("Jenny", (await _sandbox.GetAsync($"/v1/payment_methods?customer={_customer}&expand[]=data.customer")).Ok()
            .Json.GetProperty("data")[0].GetProperty("customer").GetProperty("name").GetString());
        Assert.Equal("resource_missing", (await _sandbox.GetAsync("/v1/payment_methods?customer=cus_nobody")).At("error.code"));
        Assert.Equal(4, (await ListAsync("/v1/payment_methods?type=card")).Length);
    }

    private Task<SandboxAnswer> AttachAsync(string card) => _sandbox.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", _customer));

    private async Task<string[]> ListAsync(string path) =>
        [.. (await _sandbox.GetAsync(path)).Ok().Json.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
}
