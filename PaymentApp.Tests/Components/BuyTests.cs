using System.Net;
using PaymentApp.Orders;
using PaymentApp.Payments;

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

    private async Task<Order> BoughtAsync(Page answer)
    {
        var path = answer.Location!.IsAbsoluteUri ? answer.Location.AbsolutePath : answer.Location.OriginalString;
        var id = OrderId.Parse(path["/checkout/".Length..]);
        return (await open.OrdersAsync()).Single(order => order.Id == id);
    }
}
