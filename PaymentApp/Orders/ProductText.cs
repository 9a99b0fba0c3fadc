using Microsoft.Extensions.Localization;

namespace PaymentApp.Orders;

/// <summary>
/// What the catalogue sells in the reader's words, from <c>Catalogue.resx</c> and its translations. A product that has no
/// words there keeps its own.
/// </summary>
public sealed class ProductText(IStringLocalizer<Catalogue> texts, Catalogue catalogue)
{
    public string NameOf(Product product)
    {
        ArgumentNullException.ThrowIfNull(product);
        return Find($"Name_{product.Id}") ?? product.Name;
    }

    public string DescriptionOf(Product product)
    {
        ArgumentNullException.ThrowIfNull(product);
        return Find($"Description_{product.Id}") ?? product.Description;
    }

    /// <summary>What an order is for. Once the catalogue calls the product something else, the name that it was bought under.</summary>
    public string NameOf(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return catalogue.Find(order.ProductId) is { } product && product.Name == order.ProductName ? NameOf(product) : order.ProductName;
    }

    public string NameOf(ProductTax tax)
    {
        ArgumentNullException.ThrowIfNull(tax);
        return Find($"Tax_{tax.Name}") ?? tax.Name;
    }

    private string? Find(string key) => texts[key] is { ResourceNotFound: false, Value: var text } ? text : null;
}
