namespace PaymentApp.Tests.Sandbox.Dashboard;

public sealed class PaymentSearchTests : IAsyncLifetime
{
    private DashboardUnderTest _dashboard = null!;
    private string _teapot = "";
    private string _lamp = "";

    public async Task InitializeAsync()
    {
        _dashboard = await DashboardUnderTest.StartAsync();
        var sandbox = _dashboard.Sandbox;
        var customer = (await sandbox.PostAsync("/v1/customers", ("email", "jenny@example.com"))).Ok().Id;
        _teapot = (await sandbox.PayAsync(
            "pm_card_visa", ("customer", customer), ("description", "Blue teapot"), ("metadata[order_id]", "1042"), ("receipt_email", "rosen@example.com"))).Ok().Id;
        _lamp = (await sandbox.PostAsync(
            "/v1/payment_intents",
            [.. SandboxUnderTest.Guide("pm_card_amex").Where(field => field.Name is not ("amount" or "currency")), ("amount", "123450"), ("currency", "jpy"), ("metadata[order_id]", "7")])).Ok().Id;
    }

    public async Task DisposeAsync() => await _dashboard.DisposeAsync();

    [Theory]
    [InlineData("19.99", true, false)]
    [InlineData("$19.99", true, false)]
    [InlineData("1999", true, false)]
    [InlineData("123450", false, true)]
    [InlineData("123,450", false, true)]
    [InlineData("¥123,450", false, true)]
    [InlineData("4242", true, false)]
    [InlineData("0005", false, true)]
    [InlineData("jenny@example.com", true, false)]
    [InlineData("ROSEN@", true, false)]
    [InlineData("1042", true, false)]
    [InlineData("order_id:1042", true, false)]
    [InlineData("order_id=7", false, true)]
    [InlineData("teapot", true, false)]
    [InlineData("blue 4242", true, false)]
    [InlineData("blue 0005", false, false)]
    [InlineData("no@body.example", false, false)]
    [InlineData("<b>&\"'", false, false)]
    public async Task Payments_are_found_by_what_people_know_of_them(string query, bool findsTeapot, bool findsLamp)
    {
        var page = await _dashboard.OpenAsync($"/?q={Uri.EscapeDataString(query)}");

        Assert.Equal([.. findsLamp ? [_lamp] : Array.Empty<string>(), .. findsTeapot ? [_teapot] : Array.Empty<string>()], page.Rows());
        Assert.Equal(query, page.Document.QuerySelector("input[name=q]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Every_id_of_a_payment_leads_to_it()
    {
        var intent = (await _dashboard.Sandbox.GetAsync($"/v1/payment_intents/{_teapot}")).Ok();
        var charge = intent.Text("latest_charge");
        // An asynchronous capture reaches the balance a moment later.
        _dashboard.Sandbox.Clock.Advance(TimeSpan.FromSeconds(2));
        var refund = (await _dashboard.Sandbox.PostAsync("/v1/refunds", ("payment_intent", _teapot))).Ok().Id;
        var told = (await _dashboard.Sandbox.GetAsync("/v1/events?type=charge.refunded")).Ok().Json.GetProperty("data")[0].GetProperty("id").GetString()!;
        var entry = (await _dashboard.Sandbox.GetAsync($"/v1/charges/{charge}")).Ok().Text("balance_transaction");

        foreach (var id in new[] { _teapot, charge, refund, told, entry, intent.Text("payment_method"), intent.Text("customer") })
            Assert.Equal([_teapot], (await _dashboard.OpenAsync($"/?q={id}")).Rows());
    }

    [Fact]
    public async Task A_search_goes_on_page_by_page()
    {
        for (var more = 0; more < 30; more++)
            await _dashboard.Sandbox.PayAsync("pm_card_visa");

        var first = await _dashboard.OpenAsync("/?q=4242");
        var second = await _dashboard.OpenAsync(first.Pager("Older")!);

        Assert.Equal(25, first.Rows().Count);
        Assert.Equal(6, second.Rows().Count);
        Assert.Null(second.Pager("Older"));
        Assert.Empty(first.Rows().Intersect(second.Rows()));
    }
}
