using PaymentApp.Orders;

namespace PaymentApp.Tests.Orders;

public sealed class CatalogueTests
{
    private readonly Catalogue catalogue = new();

    [Fact]
    public void Stripe_takes_every_price() => Assert.All(catalogue.Products, product => Assert.True(product.Price.IsChargeable, product.Id));

    [Fact]
    public void Something_is_sold_in_a_currency_without_decimals() =>
        Assert.Contains(catalogue.Products, product => product.Price.Currency.Decimals == 0);

    [Fact]
    public void Every_product_is_found_by_an_id_of_its_own()
    {
        Assert.All(catalogue.Products, product => Assert.Same(product, catalogue.Find(product.Id)));
        Assert.Equal(catalogue.Products.Count, catalogue.Products.Select(product => product.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no-such-thing")]
    [InlineData("DESK-LAMP")]
    public void Nothing_else_is_found(string? id) => Assert.Null(catalogue.Find(id));
}
