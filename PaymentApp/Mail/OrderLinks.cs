using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using PaymentApp.Checkout;
using PaymentApp.Payments;

namespace PaymentApp.Mail;

/// <summary>
/// Where a mail's reader finds an order: below <c>Shop:Url</c>, and in Development otherwise at the address that the shop
/// listens on. The host that a request names is no source: anybody can ask for a mail.
/// </summary>
internal sealed class OrderLinks(IOptions<ShopOptions> shop, IHostEnvironment environment, IServer server)
{
    /// <summary>Null where the shop does not know its own address.</summary>
    public Uri? To(OrderId order) => To($"/orders/{order}");

    /// <summary>Where another page of the shop is; null where the shop does not know its own address.</summary>
    /// <param name="path">Begins with a slash.</param>
    public Uri? To(string path) => Own() is { } own ? new Uri(own.ToString().TrimEnd('/') + path) : null;

    private Uri? Own()
    {
        if (shop.Value.Url is { } configured || !environment.IsDevelopment())
            return shop.Value.Url;

        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        return listening is null ? null : new Uri(listening.Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal));
    }
}
