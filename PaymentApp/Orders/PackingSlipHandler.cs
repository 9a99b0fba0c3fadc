using System.Globalization;
using Microsoft.Extensions.Options;

namespace PaymentApp.Orders;

/// <summary>
/// The demo shop's fulfilment: a packing slip, one text file an order, named by its number. Written beside its place and
/// moved there, so a slip is whole or not there; written again it is the same slip.
/// </summary>
internal sealed class PackingSlipHandler(IHostEnvironment environment, IOptions<OrdersOptions> options) : IFulfilmentHandler
{
    public async Task FulfilAsync(FulfilmentOrder order, string fulfilmentId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        var folder = Path.Combine(environment.ContentRootPath, options.Value.PackingSlips);
        Directory.CreateDirectory(folder);
        var slip = Path.Combine(folder, order.Number + ".txt");
        var unfinished = Path.Combine(folder, $".{fulfilmentId}.{Guid.NewGuid():n}.tmp");
        try
        {
            await File.WriteAllTextAsync(unfinished, TextOf(order, fulfilmentId), cancellationToken);
            File.Move(unfinished, slip, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static string TextOf(FulfilmentOrder order, string fulfilmentId) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        Packing slip
        Order       {order.Number}
        Paid        {order.PaidAt:yyyy-MM-dd HH:mm} UTC
        Article     {order.ProductName} ({order.ProductId})
        Quantity    1
        Value       {order.Amount}
        Fulfilment  {fulfilmentId}

        """);
}
