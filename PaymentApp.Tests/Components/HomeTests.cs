using System.Globalization;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Components;
using PaymentApp.Orders;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Orders;

namespace PaymentApp.Tests.Components;

public sealed class HomeTests : BunitContext
{
    private readonly Catalogue _catalogue = new();

    public HomeTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
        Services.AddTexts();
        Services.AddSingleton(_catalogue);
        Services.AddSingleton<IOrderBook>(new FakeOrderBook());
        Services.AddMetrics();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<OrderLimit>();
        Services.AddSingleton<AntiforgeryStateProvider>(new NoAntiforgery());
    }

    [Fact]
    public void Each_product_is_an_article_named_after_it()
    {
        var home = Render<Home>();

        Assert.Equal(_catalogue.Products.Select(product => product.Name), home.FindAll("article").Select(NameOf));
    }

    [Fact]
    public void Each_article_buys_its_own_product_with_a_button_called_Buy()
    {
        var home = Render<Home>();

        Assert.All(home.FindAll("article").Zip(_catalogue.Products), pair =>
        {
            var (article, product) = pair;
            var button = article.QuerySelector("button")!;
            Assert.Equal("Buy", button.TextContent);
            Assert.Equal(product.Id, button.GetAttribute("value"));
            Assert.Equal(product.Name, TextOf(article, button.GetAttribute("aria-describedby")));
        });
    }

    [Theory]
    [InlineData("Pour-over kettle", "$49.00")]
    [InlineData("Field notebook", "€12.50")]
    [InlineData("Tenugui towel", "¥1,800")]
    [InlineData("Desk lamp", "$129.00")]
    public void A_price_has_the_decimals_of_its_currency(string product, string price)
    {
        var home = Render<Home>();

        var article = home.FindAll("article").Single(article => NameOf(article) == product);
        Assert.Equal(price, article.QuerySelector(".product-price")!.TextContent);
    }

    [Fact]
    public void A_form_carries_the_product_and_what_makes_it_one_order()
    {
        var home = Render<Home>();

        Assert.Equal(["purchase", "product"], home.FindAll("form [name]").Select(field => field.GetAttribute("name")).Distinct());
    }

    private static string NameOf(IElement article) => TextOf(article, article.GetAttribute("aria-labelledby"));

    private static string TextOf(IElement scope, string? id) => scope.QuerySelector($"#{id}")!.TextContent;

    private sealed class NoAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
