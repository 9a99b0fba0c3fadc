using System.Net;
using System.Text;
using StripeSandbox.Forms;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>Lengths, values and formats, on whichever route and however deep: those of Stripe's published description.</summary>
public sealed class ParameterRuleTests : IAsyncLifetime
{
    private const string Payments = "/v1/payment_intents";
    private const string Usd = "amount=1999&currency=usd";

    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public void The_description_tells_of_every_route_of_Stripes_API() =>
        Assert.All(
            _sandbox.Server.Routes.Where(route => route.Pattern.StartsWith("/v1/", StringComparison.Ordinal)),
            route => Assert.True(ParameterRules.Know(route.Method, route.Pattern), $"{route.Method} {route.Pattern}"));

    [Theory]
    [InlineData(Payments, Usd, "statement_descriptor_suffix", 22)]
    [InlineData(Payments, Usd, "description", 1000)]
    [InlineData(Payments, Usd + "&shipping[name]=Jenny", "shipping[address][line1]", 5000)]
    [InlineData(Payments, Usd + "&payment_method_data[type]=card&payment_method_data[card][token]=tok_visa",
        "payment_method_data[billing_details][name]", 5000)]
    [InlineData(Payments, Usd, "payment_method_options[card][statement_descriptor_suffix_kana]", 22)]
    [InlineData("/v1/customers", "", "phone", 20)]
    [InlineData("/v1/customers", "", "name", 256)]
    [InlineData("/v1/customers", "", "description", 5000)]
    [InlineData("/v1/customers", "", "invoice_settings[footer]", 5000)]
    [InlineData("/v1/setup_intents", "", "description", 1000)]
    [InlineData("/v1/setup_intents", "", "payment_method", 5000)]
    [InlineData("/v1/payment_methods", "type=card&card[token]=tok_visa", "billing_details[name]", 5000)]
    [InlineData("/v1/webhook_endpoints", "url=https://shop.example/&enabled_events[]=*", "description", 5000)]
    public async Task A_text_has_its_longest_length(string path, string form, string name, int max)
    {
        var longest = new string('a', max - 1) + "é";
        var fits = await PostAsync(path, $"{form}&{Uri.EscapeDataString(name)}={Uri.EscapeDataString(longest)}");
        Assert.DoesNotContain("must be at most", fits.Body, StringComparison.Ordinal);

        var refused = await PostAsync(path, $"{form}&{Uri.EscapeDataString(name)}={Uri.EscapeDataString(longest + "z")}");

        Assert.Equal((400, name), (refused.Status, refused.At("error.param")));
        Assert.Equal($"Invalid string: aaaaaaaaaa...{longest[^9..]}z; must be at most {max} characters", refused.At("error.message"));
    }

    [Fact]
    public async Task A_length_holds_on_every_route_that_takes_the_parameter()
    {
        var customer = (await _sandbox.PostAsync("/v1/customers")).Ok().Id;
        var intent = (await _sandbox.PostAsync(Payments, ("amount", "1999"), ("currency", "usd"))).Ok().Id;
        var held = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok().Id;
        var suffix = ("statement_descriptor_suffix", new string('a', 30));

        Assert.Equal("phone", (await _sandbox.PostAsync($"/v1/customers/{customer}", ("phone", new string('1', 21)))).At("error.param"));
        Assert.Equal(suffix.Item1, (await _sandbox.PostAsync($"{Payments}/{intent}", suffix)).At("error.param"));
        Assert.Equal(suffix.Item1, (await _sandbox.PostAsync($"{Payments}/{held}/capture", suffix)).At("error.param"));
    }

    [Theory]
    [InlineData("/v1/customers", "", "email")]
    [InlineData(Payments, Usd, "receipt_email")]
    [InlineData(Payments, Usd + "&payment_method_data[type]=card&payment_method_data[card][token]=tok_visa",
        "payment_method_data[billing_details][email]")]
    [InlineData("/v1/setup_intents", "payment_method_data[type]=card&payment_method_data[card][token]=tok_visa",
        "payment_method_data[billing_details][email]")]
    [InlineData("/v1/payment_methods", "type=card&card[token]=tok_visa", "billing_details[email]")]
    public async Task An_address_is_one_at_a_domain_with_a_dot(string path, string form, string name)
    {
        foreach (var wrong in new[] { "otameshi@com", "jenny", "jenny@", "@example.com", "jenny@example..com", "jenny@example.", "Jenny <jenny@example.com>" })
        {
            var refused = await PostAsync(path, $"{form}&{Uri.EscapeDataString(name)}={Uri.EscapeDataString(wrong)}");
            Assert.Equal((400, "email_invalid", name), (refused.Status, refused.At("error.code"), refused.At("error.param")));
            Assert.Equal($"Invalid email address: {wrong}", refused.At("error.message"));
        }

        (await PostAsync(path, $"{form}&{Uri.EscapeDataString(name)}=jenny%2Bcards%40shop.example.com")).Ok();
    }

    [Fact]
    public async Task An_address_is_looked_at_on_updates_too()
    {
        var customer = (await _sandbox.PostAsync("/v1/customers", ("payment_method", "pm_card_visa"))).Ok().Id;
        var card = (await _sandbox.GetAsync($"/v1/customers/{customer}/payment_methods")).Json.GetProperty("data")[0].GetProperty("id").GetString();
        var intent = (await _sandbox.PostAsync(Payments, ("amount", "1999"), ("currency", "usd"))).Ok().Id;

        Assert.Equal("email_invalid", (await _sandbox.PostAsync($"/v1/customers/{customer}", ("email", "jenny@com"))).At("error.code"));
        Assert.Equal("email_invalid", (await _sandbox.PostAsync($"/v1/payment_methods/{card}", ("billing_details[email]", "jenny@com"))).At("error.code"));
        Assert.Equal("email_invalid", (await _sandbox.PostAsync($"{Payments}/{intent}", ("receipt_email", "jenny@com"))).At("error.code"));
        Assert.Equal("email_invalid", (await _sandbox.ConfirmAsync(intent, ("receipt_email", "jenny@com"))).At("error.code"));
    }

    [Theory]
    [InlineData("payment_method_options[card][request_three_d_secure]=always", "payment_method_options[card][request_three_d_secure]")]
    [InlineData("payment_method_options[card][network]=barter", "payment_method_options[card][network]")]
    [InlineData("payment_method_options[card][moto]=maybe", "payment_method_options[card][moto]")]
    [InlineData("mandate_data[customer_acceptance][type]=spoken", "mandate_data[customer_acceptance][type]")]
    [InlineData("transfer_data[amount]=some&transfer_data[destination]=acct_1", "transfer_data[amount]")]
    [InlineData("transfer_data[amount]=5", "transfer_data[destination]")]
    [InlineData("excluded_payment_method_types[]=klarna&excluded_payment_method_types[]=barter", "excluded_payment_method_types[1]")]
    public async Task What_is_inside_an_object_has_rules_too(string form, string param)
    {
        var refused = await PostAsync(Payments, $"{Usd}&confirm=true&payment_method=pm_card_visa&{form}");

        Assert.Equal((400, param), (refused.Status, refused.At("error.param")));
    }

    [Theory]
    [InlineData("description=caf%E9")]
    [InlineData("metadata[caf%E9]=1")]
    [InlineData("metadata[k]=%C3")]
    [InlineData("metadata[k]=%F0%9F%92")]
    [InlineData("metadata[k]=%ED%A0%80")]
    [InlineData("metadata[k]=%C0%AF")]
    public async Task Text_that_is_not_UTF8_is_refused(string form)
    {
        foreach (var path in new[] { $"{Payments}?{Usd}", "/v1/customers" })
        {
            var refused = await PostAsync(path, form);
            Assert.Equal(400, refused.Status);
            Assert.Contains("invalid UTF-8", refused.At("error.message"), StringComparison.Ordinal);
        }

        Assert.Equal(400, (await _sandbox.GetAsync($"/v1/events?type=caf%E9")).Status);
        Assert.Empty(_sandbox.Server.Books.All<PaymentIntent>());
        (await PostAsync("/v1/customers", "description=caf%C3%A9%20%F0%9F%92%B3")).Ok();
    }

    [Theory]
    [InlineData("<")]
    [InlineData(">")]
    [InlineData("\\")]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData("*")]
    public async Task A_suffix_shows_no_sign_that_a_statement_cannot(string sign)
    {
        var intent = (await _sandbox.PostAsync(Payments, ("amount", "1999"), ("currency", "usd"))).Ok().Id;
        var held = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok().Id;

        foreach (var (path, form) in Takers(intent, held))
        {
            var refused = await _sandbox.PostAsync(path, [.. form, ("statement_descriptor_suffix", $"A{sign}B")]);
            Assert.Equal((400, "statement_descriptor_suffix"), (refused.Status, refused.At("error.param")));
        }
    }

    [Fact]
    public async Task A_suffix_has_a_letter_and_a_whole_descriptor_is_not_for_cards()
    {
        var intent = (await _sandbox.PostAsync(Payments, ("amount", "1999"), ("currency", "usd"))).Ok().Id;
        var held = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok().Id;

        foreach (var (path, form) in Takers(intent, held))
        {
            var digits = await _sandbox.PostAsync(path, [.. form, ("statement_descriptor_suffix", "12345")]);
            Assert.Equal((400, "statement_descriptor_suffix"), (digits.Status, digits.At("error.param")));
            var whole = await _sandbox.PostAsync(path, [.. form, ("statement_descriptor", "SHOP OF SOCKS")]);
            Assert.Equal((400, "statement_descriptor"), (whole.Status, whole.At("error.param")));
            Assert.Contains("statement_descriptor_suffix", whole.At("error.message"), StringComparison.Ordinal);
        }

        Assert.Equal("SOCKS", (await _sandbox.PostAsync($"{Payments}/{intent}", ("statement_descriptor_suffix", "SOCKS"))).Ok()
            .At("statement_descriptor_suffix"));
    }

    private static IEnumerable<(string Path, (string, string)[] Form)> Takers(string intent, string held) =>
        [(Payments, [("amount", "1999"), ("currency", "usd")]), ($"{Payments}/{intent}", []), ($"{Payments}/{held}/capture", [])];

    private Task<SandboxAnswer> PostAsync(string path, string form) => _sandbox.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded") },
        SandboxUnderTest.SecretKey);
}
