namespace PaymentApp.Orders;

/// <summary>Wires what the shop sells. An order book comes from elsewhere.</summary>
internal static class OrdersHosting
{
    public static void AddOrders(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OrdersOptions>().BindConfiguration(OrdersOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Catalogue>();
        builder.Services.AddSingleton<OrderLimit>();
    }
}
