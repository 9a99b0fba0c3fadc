using System.Text;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;

namespace PaymentApp.Tests.Sandbox;

public sealed class ListingTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Pages_come_newest_first_and_follow_each_other_in_both_directions()
    {
        var ids = await CreateAsync(5);
        ids.Reverse();

        var first = await PageAsync("limit=2");
        Assert.Equal(ids[..2], first.Ids);
        Assert.True(first.HasMore);
        var second = await PageAsync($"limit=2&starting_after={first.Ids[^1]}");
        Assert.Equal(ids[2..4], second.Ids);
        Assert.True(second.HasMore);
        var last = await PageAsync($"limit=2&starting_after={second.Ids[^1]}");
        Assert.Equal(ids[4..], last.Ids);
        Assert.False(last.HasMore);

        var back = await PageAsync($"limit=2&ending_before={last.Ids[0]}");
        Assert.Equal(ids[2..4], back.Ids);
        Assert.True(back.HasMore);
        Assert.False((await PageAsync($"limit=2&ending_before={back.Ids[0]}")).HasMore);
    }

    [Fact]
    public async Task A_customers_page_looks_at_that_customers_objects_only()
    {
        const int Others = 5_000;
        var customer = (await _sandbox.PostAsync("/v1/customers")).Ok().Id;
        await CreateAsync(1);
        var books = _sandbox.Server.Books;
        var one = books.All<PaymentIntent>().Single();
        books.Commit([.. Enumerable.Range(0, Others).Select(number => one with { Id = $"pi_{number}", Customer = $"cus_{number}" })], kept: null);
        books.Commit([one with { Id = "pi_own", Customer = customer }], kept: null);
        // Given to the customer later, it keeps its place among the older ones; taken away, it is listed no more.
        books.Commit([one with { Id = "pi_7", Customer = customer }, one with { Id = "pi_8", Customer = customer }], kept: null);
        books.Commit([one with { Id = "pi_8", Customer = "cus_8" }], kept: null);

        Assert.Equal(["pi_own", "pi_7"], List("", looks: 3));
        Assert.Equal(["pi_7"], List("starting_after=pi_own", looks: 2));
        Assert.Equal(["pi_own"], List("ending_before=pi_4000", looks: 1));
        Assert.Equal(["pi_own"], List("limit=1", looks: 3));

        string[] List(string query, int looks)
        {
            using var unit = new UnitOfWork(books, _sandbox.Clock.GetUtcNow(), null, null);
            var form = new FormNode();
            FormDecoder.Decode(Encoding.ASCII.GetBytes(query), form);
            var call = new ApiCall("req_1", KeyKind.Secret, ApiVersion.Default, form, null, "/v1/payment_intents", null, "");
            var looked = 0;
            var page = (ListReply)Listing.OfCustomer<PaymentIntent>(call, customer, intent => ++looked > 0 && intent.Customer == customer)(unit);
            Assert.Equal(looks, looked);
            return [.. page.Data.Select(intent => intent.Id)];
        }
    }

    [Theory]
    [InlineData("/v1/payment_intents")]
    [InlineData("/v1/charges")]
    [InlineData("/v1/setup_intents")]
    public async Task A_customers_list_finds_no_others(string path)
    {
        var (customer, other) = ((await _sandbox.PostAsync("/v1/customers")).Ok().Id, (await _sandbox.PostAsync("/v1/customers")).Ok().Id);
        foreach (var payer in new[] { customer, other, customer })
        {
            (await _sandbox.PayAsync("pm_card_visa", ("customer", payer))).Ok();
            (await _sandbox.PostAsync("/v1/setup_intents", ("customer", payer))).Ok();
        }

        var listed = (await _sandbox.GetAsync($"{path}?customer={customer}")).Ok().Json.GetProperty("data").EnumerateArray().ToList();

        Assert.Equal(2, listed.Count);
        Assert.All(listed, value => Assert.Equal(customer, value.GetProperty("customer").GetString()));
        Assert.Empty((await _sandbox.GetAsync($"{path}?customer=cus_nobody")).Ok().Json.GetProperty("data").EnumerateArray());
    }

    [Theory]
    [FullData("limit=10")]
    [InlineData("limit=10&starting_after=pi_12345")]
    [FullData("limit=10&ending_before=pi_12345")]
    [FullData("limit=10&created[gte]=1000")]
    public async Task A_page_looks_at_no_more_than_it_shows_however_many_there_are(string query)
    {
        const int Many = 20_000;
        await CreateAsync(1);
        var books = _sandbox.Server.Books;
        var one = books.All<PaymentIntent>().Single();
        using (var unit = new UnitOfWork(books, _sandbox.Clock.GetUtcNow(), null, null))
        {
            books.Commit([.. Enumerable.Range(0, Many).Select(number => one with { Id = $"pi_{number}" })], kept: null);
            var form = new FormNode();
            FormDecoder.Decode(Encoding.ASCII.GetBytes(query), form);
            var call = new ApiCall("req_1", KeyKind.Secret, ApiVersion.Default, form, null, "/v1/payment_intents", null, "");
            var looked = 0;

            var page = (ListReply)Listing.Prepare<PaymentIntent>(call, _ => ++looked > 0)(unit);

            Assert.Equal((10, true), (page.Data.Count, page.HasMore));
            Assert.Equal(11, looked);
        }
    }

    [Theory]
    [InlineData("limit=0", 1)]
    [InlineData("limit=101", 12)]
    [InlineData("", 10)]
    public async Task A_limit_out_of_range_is_taken_as_the_nearest(string query, int expected)
    {
        await CreateAsync(12);
        Assert.Equal(expected, (await PageAsync(query)).Ids.Length);
    }

    [Theory]
    [InlineData("limit=abc", "Invalid integer: abc")]
    [InlineData("starting_after=pi_nobody", null)]
    [InlineData("created[since]=5", "Received unknown parameter: created[since]")]
    [InlineData("created=soon", "Invalid integer: soon")]
    [InlineData("expand[]=latest_charge", "This property cannot be expanded (latest_charge). You may want to try expanding 'data.latest_charge' instead.")]
    public async Task A_list_that_cannot_be_is_refused(string query, string? message)
    {
        var refused = await _sandbox.GetAsync($"/v1/payment_intents?{query}");
        Assert.Equal(400, refused.Status);
        if (message is not null)
            Assert.Equal(message, refused.At("error.message"));
    }

    [Fact]
    public async Task Lists_are_narrowed_by_time()
    {
        var old = await CreateAsync(2);
        _sandbox.Clock.Advance(TimeSpan.FromHours(1));
        var now = _sandbox.Clock.GetUtcNow().ToUnixTimeSeconds();
        var young = await CreateAsync(3);

        Assert.Equal(3, (await PageAsync($"created[gte]={now}")).Ids.Length);
        Assert.Equal(2, (await PageAsync($"created[lt]={now}")).Ids.Length);
        Assert.Equal(3, (await PageAsync($"created={now}")).Ids.Length);
        Assert.Equal([young[0]], (await PageAsync($"created[gte]={now}&starting_after={young[1]}")).Ids);
        Assert.Equal([old[1]], (await PageAsync($"created[lte]={now}&limit=1&starting_after={young[0]}")).Ids);
    }

    [Fact]
    public async Task What_a_list_holds_can_be_expanded()
    {
        await _sandbox.PayAsync("pm_card_visa");
        var list = (await _sandbox.GetAsync("/v1/payment_intents?expand[]=data.latest_charge")).Ok();
        Assert.Equal("charge", list.Json.GetProperty("data")[0].GetProperty("latest_charge").GetProperty("object").GetString());
    }

    [Fact]
    public async Task Charges_and_refunds_are_found_by_their_intent()
    {
        var paid = (await _sandbox.PayAsync("pm_card_visa")).Ok();
        await _sandbox.PayAsync("pm_card_visa");
        var refund = (await _sandbox.PostAsync("/v1/refunds", ("payment_intent", paid.Id), ("amount", "1"))).Ok();

        Assert.Equal([paid.Text("latest_charge")], IdsOf(await _sandbox.GetAsync($"/v1/charges?payment_intent={paid.Id}")));
        Assert.Equal([refund.Id], IdsOf(await _sandbox.GetAsync($"/v1/refunds?payment_intent={paid.Id}")));
        Assert.Equal([refund.Id], IdsOf(await _sandbox.GetAsync($"/v1/refunds?charge={paid.Text("latest_charge")}")));
        Assert.Empty(IdsOf(await _sandbox.GetAsync("/v1/refunds?payment_intent=pi_nobody")));
    }

    private async Task<List<string>> CreateAsync(int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
            ids.Add((await _sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"))).Ok().Id);
        return ids;
    }

    private async Task<(string[] Ids, bool HasMore)> PageAsync(string query)
    {
        var answer = (await _sandbox.GetAsync($"/v1/payment_intents?{query}")).Ok();
        return (IdsOf(answer), answer.Json.GetProperty("has_more").GetBoolean());
    }

    private static string[] IdsOf(SandboxAnswer answer) =>
        [.. answer.Ok().Json.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
}
