namespace PaymentApp.Orders;

/// <summary>How the demo shop fulfils its orders. Section <c>Orders</c>.</summary>
internal sealed class OrdersOptions
{
    public const string Section = "Orders";

    /// <summary>The folder of the packing slips, below the content root unless it is a whole path.</summary>
    public string PackingSlips { get; set; } = "App_Data/packing-slips";
}
