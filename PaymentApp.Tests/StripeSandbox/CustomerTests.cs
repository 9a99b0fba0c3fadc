using System.Text.Json;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>The customers that a shop keeps with Stripe.</summary>
public sealed class CustomerTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_customer_has_all_of_Stripes_keys_when_nothing_was_said()
    {
        var customer = (await _sandbox.PostAsync("/v1/customers")).Ok();

        Assert.StartsWith("cus_", customer.Id, StringComparison.Ordinal);
        Assert.Equal(
            [
                "id", "object", "address", "balance", "created", "currency", "customer_account", "default_source", "delinquent", "description",
                "discount", "email", "invoice_prefix", "invoice_settings", "livemode", "metadata", "name", "next_invoice_sequence", "phone",
                "preferred_locales", "shipping", "tax_exempt", "test_clock",
            ],
            customer.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("none", customer.At("tax_exempt"));
        Assert.Null(customer.At("invoice_settings.default_payment_method"));
        Assert.Equal(customer.Body, (await _sandbox.GetAsync($"/v1/customers/{customer.Id}")).Ok().Body);
    }

    [Fact]
    public async Task What_is_told_of_a_customer_is_kept()
    {
        var customer = (await _sandbox.PostAsync("/v1/customers",
            ("email", "jenny@example.com"), ("name", "Jenny Rosen"), ("phone", "+4930123"), ("description", "Regular"), ("metadata[number]", "42"),
            ("address[city]", "Berlin"), ("address[country]", "DE"), ("shipping[name]", "Jenny"), ("shipping[address][line1]", "Gasse 1"),
            ("preferred_locales[]", "de"), ("preferred_locales[]", "en"), ("tax_exempt", "reverse"), ("balance", "-500"),
            ("invoice_prefix", "SHOP1"), ("next_invoice_sequence", "7"), ("invoice_settings[footer]", "Thanks"),
            ("invoice_settings[custom_fields][0][name]", "VAT"), ("invoice_settings[custom_fields][0][value]", "DE1"),
            ("invoice_settings[rendering_options][amount_tax_display]", "exclude_tax"), ("business_name", "Rosen GmbH"),
            ("individual_name", "Jenny"))).Ok();

        Assert.Equal("jenny@example.com", customer.At("email"));
        Assert.Equal("42", customer.At("metadata.number"));
        Assert.Equal("Berlin", customer.At("address.city"));
        Assert.Null(customer.At("address.line1"));
        Assert.Equal("Gasse 1", customer.At("shipping.address.line1"));
        Assert.Equal(["de", "en"], customer.Json.GetProperty("preferred_locales").EnumerateArray().Select(locale => locale.GetString()));
        Assert.Equal("reverse", customer.At("tax_exempt"));
        Assert.Equal("-500", customer.At("balance"));
        Assert.Equal("usd", customer.At("currency"));
        Assert.Equal("SHOP1", customer.At("invoice_prefix"));
        Assert.Equal("DE1", customer.Json.GetProperty("invoice_settings").GetProperty("custom_fields")[0].GetProperty("value").GetString());
        Assert.Equal("exclude_tax", customer.At("invoice_settings.rendering_options.amount_tax_display"));
        Assert.Equal("Rosen GmbH", customer.At("business_name"));
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_clears_what_it_empties()
    {
        var customer = (await _sandbox.PostAsync("/v1/customers",
            ("email", "old@example.com"), ("name", "Jenny"), ("address[city]", "Berlin"), ("address[line1]", "Gasse 1"), ("shipping[name]", "Jenny"),
            ("shipping[address][line1]", "Gasse 1"),
            ("metadata[a]", "1"), ("metadata[b]", "2"), ("preferred_locales[]", "de"))).Ok();

        var updated = (await UpdateAsync(customer.Id,
            ("email", "new@example.com"), ("name", ""), ("address[line1]", "Weg 2"), ("shipping", ""), ("metadata[a]", ""), ("metadata[c]", "3"),
            ("preferred_locales", ""))).Ok();

        Assert.Equal("new@example.com", updated.At("email"));
        Assert.Null(updated.At("name"));
        Assert.Equal("Berlin", updated.At("address.city"));
        Assert.Equal("Weg 2", updated.At("address.line1"));
        Assert.Null(updated.At("shipping"));
        Assert.False(updated.Has("metadata.a"));
        Assert.Equal("2", updated.At("metadata.b"));
        Assert.Equal("3", updated.At("metadata.c"));
        Assert.Empty(updated.Json.GetProperty("preferred_locales").EnumerateArray());
        Assert.Null((await UpdateAsync(customer.Id, ("address", ""))).Ok().At("address"));
    }

    [Theory]
    [InlineData("email", "nobody", "email_invalid", "email")]
    [InlineData("nickname", "J", "parameter_unknown", "nickname")]
    [InlineData("invoice_settings[nope]", "x", "parameter_unknown", "invoice_settings[nope]")]
    [InlineData("balance", "much", "parameter_invalid_integer", "balance")]
    [InlineData("tax_exempt", "maybe", null, "tax_exempt")]
    [InlineData("invoice_prefix", "lower", null, null)]
    [InlineData("shipping[phone]", "1", "parameter_missing", "shipping[address]")]
    [InlineData("shipping[address][line1]", "Gasse 1", "parameter_missing", "shipping[name]")]
    [InlineData("invoice_settings[custom_fields][0][name]", "VAT", "parameter_missing", "invoice_settings[custom_fields][0][value]")]
    [InlineData("payment_method", "pm_nobody", "resource_missing", "payment_method")]
    [InlineData("invoice_settings[default_payment_method]", "pm_nobody", "resource_missing", "invoice_settings[default_payment_method]")]
    [InlineData("metadata[an_unusually_long_name_for_a_metadata_key]", "x", null, "metadata")]
    public async Task What_cannot_be_is_refused_and_leaves_no_customer(string name, string value, string? code, string? param)
    {
        var refused = await _sandbox.PostAsync("/v1/customers", (name, value));

        Assert.Equal(400, refused.Status);
        Assert.Equal(code, refused.Has("error.code") ? refused.At("error.code") : null);
        Assert.Equal(param, refused.Has("error.param") ? refused.At("error.param") : null);
        Assert.Empty(_sandbox.Server.Books.All<Customer>());
        Assert.Empty(_sandbox.Server.Books.All<Event>());
    }

    [Fact]
    public async Task A_deleted_customer_says_so_and_can_do_nothing_more()
    {
        var customer = (await _sandbox.PostAsync("/v1/customers", ("email", "jenny@example.com"))).Ok();
        var path = $"/v1/customers/{customer.Id}";

        var deleted = (await DeleteAsync(path)).Ok();
        Assert.Equal(["id", "object", "deleted"], deleted.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("customer", deleted.At("object"));
        Assert.Equal("True", deleted.At("deleted"));

        var seen = (await _sandbox.GetAsync(path)).Ok();
        Assert.Equal(deleted.Json.ToString(), seen.Json.ToString());
        foreach (var again in new[] { await DeleteAsync(path), await _sandbox.PostAsync(path, ("name", "Back")), await _sandbox.GetAsync(path + "/payment_methods") })
        {
            Assert.Equal(404, again.Status);
            Assert.Equal("resource_missing", again.At("error.code"));
            Assert.Equal($"No such customer: '{customer.Id}'", again.At("error.message"));
        }

        Assert.Empty((await _sandbox.GetAsync("/v1/customers")).Ok().Json.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Customers_are_listed_newest_first_by_address_and_time()
    {
        var ids = new List<string>();
        foreach (var email in new[] { "a@example.com", "b@example.com", "a@example.com" })
        {
            ids.Add((await _sandbox.PostAsync("/v1/customers", ("email", email))).Ok().Id);
            _sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var second = (await _sandbox.GetAsync($"/v1/customers/{ids[1]}")).Ok().Text("created");
        Assert.Equal([ids[2], ids[1], ids[0]], await ListAsync("/v1/customers"));
        Assert.Equal([ids[2], ids[0]], await ListAsync("/v1/customers?email=a%40example.com"));
        Assert.Equal([ids[2], ids[1]], await ListAsync($"/v1/customers?created[gte]={second}"));
        Assert.Equal([ids[0]], await ListAsync($"/v1/customers?created[lt]={second}"));
        Assert.Equal([ids[1]], await ListAsync($"/v1/customers?limit=1&starting_after={ids[2]}"));
        Assert.Empty(await ListAsync("/v1/customers?email=A%40example.com"));
    }

    [Fact]
    public async Task A_customer_can_come_with_a_card_and_prefer_it()
    {
        var customer = (await _sandbox.PostAsync("/v1/customers",
            ("payment_method", "pm_card_visa"), ("invoice_settings[default_payment_method]", "pm_card_visa"),
            ("expand[]", "invoice_settings.default_payment_method"))).Ok();

        Assert.Equal(customer.Id, customer.At("invoice_settings.default_payment_method.customer"));
        Assert.Equal([customer.Text("invoice_settings.default_payment_method.id")], await ListAsync($"/v1/customers/{customer.Id}/payment_methods"));
    }

    [Fact]
    public async Task Only_an_attached_card_can_be_preferred()
    {
        var customer = (await _sandbox.PostAsync("/v1/customers")).Ok();
        var card = await _sandbox.NewCardAsync("4242424242424242");
        (string, string) preferred = ("invoice_settings[default_payment_method]", card);

        var refused = await UpdateAsync(customer.Id, preferred);
        Assert.Equal(400, refused.Status);
        Assert.Equal("resource_missing", refused.At("error.code"));
        Assert.Equal(
            $"The customer does not have a payment method with the ID {card}. The payment method must be attached to the customer.",
            refused.At("error.message"));

        await _sandbox.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", customer.Id));
        Assert.Equal(card, (await UpdateAsync(customer.Id, preferred)).Ok().At("invoice_settings.default_payment_method"));
        Assert.Null((await UpdateAsync(customer.Id, ("invoice_settings[default_payment_method]", ""))).Ok().At("invoice_settings.default_payment_method"));
    }

    [Fact]
    public async Task A_card_that_the_bank_declines_leaves_no_customer()
    {
        var refused = await _sandbox.PostAsync("/v1/customers", ("payment_method", "pm_card_chargeDeclinedInsufficientFunds"));

        Assert.Equal(402, refused.Status);
        Assert.Equal("insufficient_funds", refused.At("error.decline_code"));
        Assert.Empty(_sandbox.Server.Books.All<Customer>());
        Assert.Empty(_sandbox.Server.Books.All<PaymentMethod>());
    }

    [Fact]
    public async Task What_Stripe_shows_only_on_request_can_be_asked_for()
    {
        var customer = (await _sandbox.PostAsync("/v1/customers")).Ok();

        var whole = (await _sandbox.GetAsync(
            $"/v1/customers/{customer.Id}?expand[]=sources&expand[]=subscriptions&expand[]=tax_ids&expand[]=tax&expand[]=cash_balance")).Ok();

        Assert.Equal($"/v1/customers/{customer.Id}/sources", whole.At("sources.url"));
        Assert.Equal("list", whole.At("subscriptions.object"));
        Assert.Equal("list", whole.At("tax_ids.object"));
        Assert.True(whole.Has("tax.automatic_tax"));
        Assert.Null(whole.At("cash_balance"));
        foreach (var property in new[] { "email", "invoice_settings", "invoice_settings.footer" })
            Assert.Equal("expand", (await _sandbox.GetAsync($"/v1/customers/{customer.Id}?expand[]={property}")).At("error.param"));
    }

    [Fact]
    public async Task A_customers_life_is_told()
    {
        var customer = (await _sandbox.PostAsync("/v1/customers", ("name", "Jenny"), ("payment_method", "pm_card_visa"))).Ok();
        await UpdateAsync(customer.Id, ("name", "Jenny Rosen"));
        await DeleteAsync($"/v1/customers/{customer.Id}");

        var events = (await _sandbox.GetAsync("/v1/events")).Ok().Json.GetProperty("data").EnumerateArray().Reverse().ToList();
        Assert.Equal(
            ["customer.created", "payment_method.attached", "customer.updated", "payment_method.detached", "customer.deleted"],
            events.Select(one => one.GetProperty("type").GetString()));
        Assert.Equal("Jenny", Data(events[2]).GetProperty("previous_attributes").GetProperty("name").GetString());
        Assert.Single(Data(events[2]).GetProperty("previous_attributes").EnumerateObject());
        Assert.Equal(customer.Id, Data(events[3]).GetProperty("previous_attributes").GetProperty("customer").GetString());
        Assert.Equal("Jenny Rosen", Data(events[4]).GetProperty("object").GetProperty("name").GetString());
        Assert.False(Data(events[4]).GetProperty("object").TryGetProperty("deleted", out _));
    }

    private static JsonElement Data(JsonElement happened) => happened.GetProperty("data");

    private Task<SandboxAnswer> UpdateAsync(string id, params (string, string)[] form) => _sandbox.PostAsync($"/v1/customers/{id}", form);

    private Task<SandboxAnswer> DeleteAsync(string path) =>
        _sandbox.SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), SandboxUnderTest.SecretKey);

    private async Task<string[]> ListAsync(string path) =>
        [.. (await _sandbox.GetAsync(path)).Ok().Json.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
}
