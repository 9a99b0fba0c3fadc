using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <summary>Something the shop sells. The price is the only source of what an order costs.</summary>
/// <param name="Id">Its name in URLs and forms.</param>
/// <param name="Image">The path of its picture below <c>wwwroot</c>.</param>
public sealed record Product(string Id, string Name, string Description, Money Price, string Image)
{
    /// <summary>The tax that the price includes; null where there is none.</summary>
    public ProductTax? Tax { get; init; }
}
