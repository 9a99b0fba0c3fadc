using System.ComponentModel.DataAnnotations;

namespace PaymentApp.Orders;

/// <summary>How the shop takes orders and how the demo shop fulfils them. Section <c>Orders</c>.</summary>
public sealed class OrdersOptions
{
    public const string Section = "Orders";

    /// <summary>How many orders one address may place in ten minutes.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Orders:PerAddress is between 1 and 1,000,000.")]
    public int PerAddress { get; set; } = 30;

    /// <summary>How many searches for an order one address may make in ten minutes.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Orders:FindPerAddress is between 1 and 1,000,000.")]
    public int FindPerAddress { get; set; } = 10;

    /// <summary>The folder of the packing slips, below the content root unless it is a whole path.</summary>
    public string PackingSlips { get; set; } = "App_Data/packing-slips";
}
