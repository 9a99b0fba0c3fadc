using PaymentApp.Orders;

namespace PaymentApp.Tests.Orders;

public sealed class CatalogueTests
{
    private readonly Catalogue _catalogue = new();

    [Fact]
    public void Stripe_takes_every_price() => Assert.All(_catalogue.Products, product => Assert.True(product.Price.IsChargeable, product.Id));

    [Fact]
    public void Something_is_sold_in_a_currency_without_decimals() =>
        Assert.Contains(_catalogue.Products, product => product.Price.Currency.Decimals == 0);

    [Fact]
    public void Every_product_is_found_by_an_id_of_its_own()
    {
        Assert.All(_catalogue.Products, product => Assert.Same(product, _catalogue.Find(product.Id)));
        Assert.Equal(_catalogue.Products.Count, _catalogue.Products.Select(product => product.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no-such-thing")]
    [InlineData("DESK-LAMP")]
    public void Nothing_else_is_found(string? id) => Assert.Null(_catalogue.Find(id));
}
