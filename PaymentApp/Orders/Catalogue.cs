using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <summary>What the shop sells, and the only place that knows a price.</summary>
public sealed class Catalogue
{
    /// <summary>Everything on sale, in the order it is shown.</summary>
    public IReadOnlyList<Product> Products { get; } =
    [
        new("pour-over-kettle", "Pour-over kettle", "Gooseneck spout, one litre, for a steady hand.",
            Money.OfMajor(49.00m, Currency.Usd), "images/pour-over-kettle.svg"),
        new("field-notebook", "Field notebook", "Dotted pages, lies flat, fits a back pocket.",
            Money.OfMajor(12.50m, Currency.Eur), "images/field-notebook.svg") { Tax = new("VAT", 23) },
        new("tenugui", "Tenugui towel", "Hand-dyed cotton from Osaka, priced in yen.",
            Money.OfMajor(1800m, Currency.Jpy), "images/tenugui.svg") { Tax = new("consumption tax", 10) },
        new("desk-lamp", "Desk lamp", "Warm light, one knob, nothing to connect.",
            Money.OfMajor(129.00m, Currency.Usd), "images/desk-lamp.svg"),
    ];

    public Product? Find(string? id) => Products.FirstOrDefault(product => product.Id == id);
}
