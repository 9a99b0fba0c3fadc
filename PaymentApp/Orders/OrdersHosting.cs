using Microsoft.Extensions.DependencyInjection.Extensions;
using PaymentApp.Work;

namespace PaymentApp.Orders;

/// <summary>Wires what the shop sells and how it is fulfilled. An order book comes from elsewhere.</summary>
internal static class OrdersHosting
{
    public static void AddOrders(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OrdersOptions>().BindConfiguration(OrdersOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Catalogue>();
        builder.Services.AddScoped<ProductText>();
        builder.Services.AddScoped<ReceiptLines>();
        builder.Services.AddSingleton<OrderLimit>();
        builder.Services.AddSingleton<FindOrderLimit>();
        builder.Services.TryAddScoped<IFulfilmentHandler, PackingSlipHandler>();
        builder.Services.AddWorkHandler<FulfilmentWork>(WorkKind.Fulfilment);
    }
}
