namespace PaymentApp.Stripe;

/// <summary>
/// Where the shop is configured to listen, known before it does, and where the sandbox therefore listens: beside it, on a port of
/// its own. The card's frame is then of another origin than the page, as Stripe's is, and reached wherever the shop is reached.
/// </summary>
internal static class ShopAddresses
{
    // What Kestrel falls back to: https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints.
    private const string Default = "http://localhost:5000";

    private static readonly string[] Everywhere = ["*", "+", "0.0.0.0", "[::]"];

    /// <summary>The shop's addresses, or the one that Kestrel falls back to.</summary>
    public static IReadOnlyList<BindingAddress> Of(IConfiguration configuration) =>
        Configured(configuration) is { Count: > 0 } configured ? configured : [BindingAddress.Parse(Default)];

    /// <summary>The addresses that somebody configured, in Kestrel's order of precedence.</summary>
    public static IReadOnlyList<BindingAddress> Configured(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        var urls = endpoints.Count > 0 ? endpoints : Split(configuration[WebHostDefaults.ServerUrlsKey]).ToList();
        if (urls.Count == 0)
        {
            urls =
            [
                .. Split(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
                .. Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
            ];
        }

        return [.. urls.Select(BindingAddress.Parse)];
    }

    /// <summary>The sandbox's addresses, separated by semicolons.</summary>
    /// <param name="shop">The shop's own.</param>
    /// <param name="port">The sandbox's port; null for the one after the shop's.</param>
    public static string BesideShop(IReadOnlyList<BindingAddress> shop, int? port)
    {
        var first = shop.FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttp) ?? shop[0];
        var own = port ?? (first.Port == 0 ? 0 : first.Port + 1);
        var hosts = shop.Where(address => !address.IsUnixPipe).Select(address => address.Host).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (hosts.Find(Everywhere.Contains) is { } everywhere)
            hosts = [everywhere];
        // Each address would take a free port of its own, and Kestrel takes none for a name.
        if (own == 0)
            hosts = [hosts[0] == "localhost" ? "127.0.0.1" : hosts[0]];
        return string.Join(';', hosts.Select(host => $"http://{host}:{own}"));
    }

    private static string[] Split(string? setting) =>
        (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
