using System.ComponentModel.DataAnnotations;

namespace PaymentApp.Checkout;

/// <summary>Who sells, as shoppers are told. Section <c>Shop</c>.</summary>
public sealed class ShopOptions
{
    public const string Section = "Shop";

    /// <summary>The seller's name on receipts.</summary>
    [Required(ErrorMessage = "Shop:Name names the seller.")]
    public string Name { get; set; } = "Small Hours";

    /// <summary>The e-mail address of the seller, for whoever needs an answer from a person. Mail is sent in its name.</summary>
    [Required(ErrorMessage = "Shop:Contact is an e-mail address.")]
    [RegularExpression(@"[^@\s<>""]+@[^@\s<>""]+\.[^@\s<>""]+", ErrorMessage = "Shop:Contact is an e-mail address, such as help@shop.example.")]
    public string Contact { get; set; } = "hello@small-hours.example";

    /// <summary>Where the seller lives, on receipts.</summary>
    public string Address { get; set; } = "1 Night Lane, Lisbon";

    /// <summary>Where shoppers reach the shop, for links in mails, such as <c>https://shop.example</c>; null where mails link nowhere.</summary>
    public Uri? Url { get; set; }
}
