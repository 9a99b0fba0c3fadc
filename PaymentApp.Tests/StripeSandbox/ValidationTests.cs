using System.Globalization;
using System.Text;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>What is wrong with a request is said as Stripe says it, and nothing happens.</summary>
public sealed class ValidationTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [InlineData("amount=1999", "parameter_missing", "currency", "Missing required param: currency.")]
    [InlineData("currency=usd", "parameter_missing", "amount", "Missing required param: amount.")]
    [InlineData("amount=49&currency=usd", "amount_too_small", "amount", "Amount must be at least $0.50 usd")]
    [InlineData("amount=49&currency=eur", "amount_too_small", "amount", "Amount must be at least €0.50 eur")]
    [InlineData("amount=29&currency=gbp", "amount_too_small", "amount", "Amount must be at least £0.30 gbp")]
    [InlineData("amount=49&currency=jpy", "amount_too_small", "amount", "Amount must be at least ¥50 jpy")]
    [InlineData("amount=0&currency=usd", "amount_too_small", "amount", "Amount must be at least $0.50 usd")]
    [InlineData("amount=0&currency=jpy", "amount_too_small", "amount", "Amount must be at least ¥50 jpy")]
    [InlineData("amount=-5&currency=usd", "parameter_invalid_integer", "amount", "This value must be greater than or equal to 1.")]
    [InlineData("amount=100000000&currency=usd", "amount_too_large", "amount", "Amount must be no more than $999,999.99 usd")]
    [InlineData("amount=19.99&currency=usd", "parameter_invalid_integer", "amount", "Invalid integer: 19.99")]
    [InlineData("amount=abc&currency=usd", "parameter_invalid_integer", "amount", "Invalid integer: abc")]
    [InlineData("amount=99999999999999999999&currency=usd", "parameter_invalid_integer", "amount", "Invalid integer: 99999999999999999999")]
    [InlineData("amount=1501&currency=kwd", "invalid_charge_amount", "amount", null)]
    [InlineData("amount=1550&currency=isk", "invalid_charge_amount", "amount", null)]
    [InlineData("amount=1999&currency=zzz", null, "currency", null)]
    [InlineData("amount=1999&currency=", "parameter_invalid_empty", "currency", null)]
    [InlineData(
        "amount=1999&currency=usd&allowed_payment_method_types[]=card&allowed_payment_method_types[]=", "parameter_invalid_empty",
        "allowed_payment_method_types[1]", null)]
    [InlineData("amount=1999&currency[]=usd", null, "currency", null)]
    [InlineData("amount=1999&currency=usd&nope=1", "parameter_unknown", "nope", "Received unknown parameter: nope")]
    [InlineData("amount=1999&currency=usd&shipping[nope]=1", "parameter_unknown", "shipping[nope]", "Received unknown parameter: shipping[nope]")]
    [InlineData("amount=1999&currency=usd&a=1&b=2", "parameter_unknown", "a", "Received unknown parameters: a, b")]
    [InlineData("amount=1999&currency=usd&confirm=maybe", null, "confirm", "Invalid boolean: maybe")]
    [InlineData("amount=1999&currency=usd&capture_method=later", null, "capture_method", "Invalid capture_method: must be one of automatic, automatic_async, or manual")]
    [InlineData("amount=1999&currency=usd&allowed_payment_method_types=card", null, "allowed_payment_method_types", "Invalid array")]
    [InlineData("amount=1999&currency=usd&shipping=here", null, "shipping", "Invalid object")]
    [InlineData("amount=1999&currency=usd&error_on_requires_action=true", null, "error_on_requires_action", null)]
    [InlineData("amount=1999&currency=usd&receipt_email=nobody", "email_invalid", "receipt_email", "Invalid email address: nobody")]
    [InlineData("amount=1999&currency=usd&expand[]=nope", null, "expand", "This property cannot be expanded because it doesn't exist: nope.")]
    [InlineData("amount=1999&currency=usd&expand[]=status", null, "expand", "This property cannot be expanded (status).")]
    [InlineData("amount=1999&currency=usd&expand[]=latest_charge.nope", null, "expand", null)]
    [InlineData("amount=1999&currency=usd&customer=cus_nobody", "resource_missing", "customer", "No such customer: 'cus_nobody'")]
    [InlineData("amount=1999&currency=usd&payment_method=pm_nobody", "resource_missing", "payment_method", "No such PaymentMethod: 'pm_nobody'")]
    [InlineData("amount=1999&currency=usd&confirm=true", null, null, null)]
    [InlineData("amount=1999&currency=usd&amount[x]=1", null, null, null)]
    public async Task A_create_that_does_not_fit_is_refused(string form, string? code, string? param, string? message)
    {
        var refused = await PostAsync("/v1/payment_intents", form);

        Assert.Equal(400, refused.Status);
        Assert.Equal("invalid_request_error", refused.At("error.type"));
        Assert.Equal(code, refused.Has("error.code") ? refused.At("error.code") : null);
        if (param is not null)
            Assert.Equal(param, refused.At("error.param"));
        if (message is not null)
            Assert.Equal(message, refused.At("error.message"));
        Assert.Empty(_sandbox.Server.Books.All<PaymentIntent>());
    }

    [Theory]
    [InlineData("/v1/payment_intents", "amount=1999&currency=usd&")]
    [InlineData("/v1/setup_intents", "")]
    public async Task A_payment_method_type_that_nobody_knows_cannot_be_excluded(string path, string rest)
    {
        var answer = await _sandbox.SendAsync(Form(path, rest + "excluded_payment_method_types[]=ideal"), SandboxUnderTest.SecretKey);
        Assert.Equal("ideal", answer.Ok().Json.GetProperty("excluded_payment_method_types")[0].GetString());

        var refused = await _sandbox.SendAsync(Form(path, rest + "excluded_payment_method_types[]=barter"), SandboxUnderTest.SecretKey);
        Assert.Equal((400, "excluded_payment_method_types[0]"), (refused.Status, refused.At("error.param")));

        static HttpRequestMessage Form(string path, string form) => new(HttpMethod.Post, path)
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
    }

    [Fact]
    public async Task Parameters_that_stripe_knows_are_taken_even_where_nothing_acts_on_them()
    {
        var taken = (await PostAsync("/v1/payment_intents",
            "amount=1999&currency=USD&payment_details[order_reference]=7&hooks[inputs][tax][calculation]=x&transfer_group=g&radar_options[session]=rse" +
            "&payment_method_options[card][installments][enabled]=true&statement_descriptor_suffix=SHOP&amount_details[tip]=5")).Ok();

        Assert.Equal("usd", taken.At("currency"));
        Assert.Equal("g", taken.At("transfer_group"));
        Assert.Equal("SHOP", taken.At("statement_descriptor_suffix"));
    }

    [Fact]
    public async Task Metadata_has_limits()
    {
        var tooMany = string.Concat(Enumerable.Range(0, 51).Select(i => string.Create(CultureInfo.InvariantCulture, $"&metadata[k{i}]=v")));
        var refused = await PostAsync("/v1/payment_intents", "amount=1999&currency=usd" + tooMany);
        Assert.Equal(400, refused.Status);
        Assert.StartsWith("Metadata can have up to 50 keys, but you've set 51.", refused.At("error.message"), StringComparison.Ordinal);

        Assert.Equal(400, (await PostAsync("/v1/payment_intents", $"amount=1999&currency=usd&metadata[{new string('k', 41)}]=v")).Status);
        Assert.Equal(400, (await PostAsync("/v1/payment_intents", $"amount=1999&currency=usd&metadata[k]={new string('v', 501)}")).Status);
        Assert.Equal("v", (await PostAsync("/v1/payment_intents", "amount=1999&currency=usd&metadata[k]=v")).Ok().At("metadata.k"));
    }

    [Fact]
    public async Task What_is_not_there_is_404()
    {
        var intent = await _sandbox.GetAsync("/v1/payment_intents/pi_nobody");
        Assert.Equal(404, intent.Status);
        Assert.Equal("resource_missing", intent.At("error.code"));
        Assert.Equal("intent", intent.At("error.param"));
        Assert.Equal("No such payment_intent: 'pi_nobody'", intent.At("error.message"));

        Assert.Equal(404, (await _sandbox.GetAsync("/v1/payment_methods/pm_nobody")).Status);
        Assert.Equal(404, (await _sandbox.GetAsync("/v1/charges/ch_nobody")).Status);
        Assert.Equal(404, (await _sandbox.ConfirmAsync("pi_nobody")).Status);
        var url = await _sandbox.GetAsync("/v1/nowhere");
        Assert.Equal(404, url.Status);
        Assert.StartsWith("Unrecognized request URL (GET: /v1/nowhere).", url.At("error.message"), StringComparison.Ordinal);
        Assert.Equal(404, (await _sandbox.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/v1/charges/ch_1"), SandboxUnderTest.SecretKey)).Status);
    }

    [Fact]
    public async Task A_body_that_is_not_a_form_is_refused()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/payment_intents")
        {
            Content = new StringContent("""{"amount":1999}""", Encoding.UTF8, "application/json"),
        };

        var refused = await _sandbox.SendAsync(request, SandboxUnderTest.SecretKey);

        Assert.Equal(400, refused.Status);
        Assert.Contains("application/x-www-form-urlencoded", refused.At("error.message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_are_expanded_where_they_are_asked_for()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa",
            ("expand[0]", "latest_charge.payment_intent"), ("expand[1]", "payment_method"))).Ok();

        Assert.Equal("visa", intent.At("payment_method.card.brand"));
        Assert.Equal("succeeded", intent.At("latest_charge.payment_intent.status"));
        var plain = (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}")).Ok();
        Assert.Equal(intent.At("latest_charge.id"), plain.At("latest_charge"));
    }

    private Task<SandboxAnswer> PostAsync(string path, string form) => _sandbox.SendAsync(Post(path, form), SandboxUnderTest.SecretKey);

    private static HttpRequestMessage Post(string path, string form) => new(HttpMethod.Post, path)
    {
        Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
    };
}
