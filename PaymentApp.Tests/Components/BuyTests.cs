using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Components;

public sealed class BuyTests(OpenShop open) : IClassFixture<OpenShop>
{
    [Theory]
    [InlineData("pour-over-kettle")]
    [InlineData("field-notebook")]
    [InlineData("tenugui")]
    [InlineData("desk-lamp")]
    public async Task Buy_places_an_order_and_leads_to_its_checkout(string productId)
    {
        using var visitor = open.Visit();

        var answer = await visitor.BuyAsync(("product", productId));

        Assert.Equal(HttpStatusCode.Found, answer.Status);
        var order = await BoughtAsync(answer);
        var product = new Catalogue().Find(productId)!;
        Assert.Equal((product.Id, product.Name, product.Price), (order.ProductId, order.ProductName, order.Amount));
        Assert.Equal(PaymentState.AwaitingPayment, (await open.PaymentAsync(order.Id))!.State);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_makes_one_order()
    {
        using var visitor = open.Visit();
        var form = await visitor.OpenFormAsync();

        var answers = await Task.WhenAll(visitor.SendAsync(form, ("product", "tenugui")), visitor.SendAsync(form, ("product", "tenugui")));
        var again = await visitor.SendAsync(form, ("product", "tenugui"));

        Assert.Single(answers.Append(again).Select(answer => answer.Location!.OriginalString).Distinct());
    }

    [Fact]
    public async Task A_form_that_is_opened_anew_makes_a_new_order_and_so_does_another_product_of_the_same_form()
    {
        using var visitor = open.Visit();
        var form = await visitor.OpenFormAsync();

        var first = await visitor.SendAsync(form, ("product", "tenugui"));
        var other = await visitor.SendAsync(form, ("product", "desk-lamp"));
        var anew = await visitor.BuyAsync(("product", "tenugui"));

        Assert.Equal(3, new[] { first, other, anew }.Select(answer => answer.Location!.OriginalString).Distinct().Count());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/checkout/{order}")]
    [InlineData("/orders/{order}")]
    [InlineData("/nowhere")]
    public async Task A_page_answers_HEAD_as_it_answers_GET(string path)
    {
        var order = await open.PlaceAsync();
        using var client = new HttpClient { BaseAddress = open.Shop.Address };
        var address = new Uri(path.Replace("{order}", order.Id.Value, StringComparison.Ordinal), UriKind.Relative);
        using var get = await client.GetAsync(address);

        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_price_in_the_form_is_not_read()
    {
        using var visitor = open.Visit();

        var answer = await visitor.BuyAsync(
            ("product", "desk-lamp"), ("price", "1"), ("amount", "1"), ("product.price", "1"), ("currency", "jpy"));

        Assert.Equal(Money.OfMajor(129, Currency.Usd), (await BoughtAsync(answer)).Amount);
    }

    [Theory]
    [InlineData("gold-bar")]
    [InlineData("DESK-LAMP")]
    [InlineData("")]
    [InlineData("desk-lamp'; DROP TABLE Orders; --")]
    [InlineData(null)]
    public async Task A_product_that_is_not_sold_is_refused_above_the_catalogue(string? productId)
    {
        using var visitor = open.Visit();
        var before = await open.OrdersAsync();

        var answer = await visitor.BuyAsync(("product", productId));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Nothing was ordered", answer.Document.QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(new Catalogue().Products.Count, answer.Document.QuerySelectorAll("article").Length);
        Assert.Equal(before.Count, (await open.OrdersAsync()).Count);
    }

    [Theory]
    [InlineData("__RequestVerificationToken", null)]
    [InlineData("__RequestVerificationToken", "forged")]
    [InlineData("_handler", "another-form")]
    [InlineData("_handler", null)]
    public async Task A_forged_form_is_refused(string field, string? value)
    {
        using var visitor = open.Visit();
        var before = await open.OrdersAsync();

        var answer = await visitor.BuyAsync(("product", "desk-lamp"), (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(before.Count, (await open.OrdersAsync()).Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    public async Task A_form_without_its_token_is_refused_with_a_new_one(string? token)
    {
        using var visitor = open.Visit();
        var before = await open.OrdersAsync();

        var answer = await visitor.BuyAsync(("product", "desk-lamp"), ("purchase", token));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Nothing was ordered", answer.Document.QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(32, answer.Document.QuerySelector("input[name=purchase]")!.GetAttribute("value")!.Length);
        Assert.Equal(before.Count, (await open.OrdersAsync()).Count);
    }

    [Fact]
    public async Task One_address_places_so_many_orders_and_is_told_how_long_to_wait()
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Orders:PerAddress", "2"));
        using var visitor = Visitor.At(shop.Shop.Address);
        await visitor.BuyAsync(("product", "tenugui"));
        shop.Clock.Advance(TimeSpan.FromMinutes(7));
        var form = await visitor.OpenFormAsync();
        var placed = await visitor.SendAsync(form, ("product", "tenugui"));

        var refused = await visitor.BuyAsync(("product", "tenugui"));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("180", refused.Headers["Retry-After"]);
        Assert.Contains("Nothing was ordered. Please try again in 3 minutes.", refused.Document.QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);
        var line = Assert.Single(shop.Logs.Entries, entry => entry.Category == typeof(OrderLimit).FullName);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("127.0.0.1", line.Text, StringComparison.Ordinal);
        Assert.Equal(placed.Location, (await visitor.SendAsync(form, ("product", "tenugui"))).Location);

        shop.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(HttpStatusCode.Found, (await visitor.BuyAsync(("product", "tenugui"))).Status);
    }

    [Fact]
    public async Task A_ledger_that_somebody_else_writes_to_all_the_time_is_said_to_be_busy()
    {
        await using var shop = await ManualShop.OpenAsync();
        using var visitor = Visitor.At(shop.Shop.Address);
        var form = await visitor.OpenFormAsync();
        Page busy;
        await using (var ledger = await shop.Services.GetRequiredService<IDbContextFactory<LedgerContext>>().CreateDbContextAsync())
        {
            await ledger.Database.OpenConnectionAsync();
            await ledger.Database.ExecuteSqlRawAsync(ledger.Database.IsSqlite() ? "BEGIN IMMEDIATE" : "BEGIN; LOCK TABLE \"Orders\"");
            busy = await visitor.SendAsync(form, ("product", "tenugui"));
            await ledger.Database.ExecuteSqlRawAsync("ROLLBACK");
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.Status);
        Assert.Contains("Nothing was ordered. Please try again", busy.Document.QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await visitor.SendAsync(form, ("product", "tenugui"))).Status);
    }

    private async Task<Order> BoughtAsync(Page answer)
    {
        var path = answer.Location!.IsAbsoluteUri ? answer.Location.AbsolutePath : answer.Location.OriginalString;
        var id = OrderId.Parse(path["/checkout/".Length..]);
        return (await open.OrdersAsync()).Single(order => order.Id == id);
    }
}
