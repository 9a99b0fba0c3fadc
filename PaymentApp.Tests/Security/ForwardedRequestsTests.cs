using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Security;

/// <summary>Whose word counts when a request says that it was forwarded.</summary>
public sealed class ForwardedRequestsTests
{
    private const string Loopback = "127.0.0.0/8";

    [Theory]
    [InlineData(null, null, "203.0.113.9", "127.0.0.1")]
    [InlineData("10.0.0.0/8", null, "203.0.113.9", "127.0.0.1")]
    [InlineData(Loopback, null, "203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.0/8, 127.0.0.1", null, "203.0.113.9", "203.0.113.9")]
    [InlineData(Loopback, null, "198.51.100.1, 203.0.113.9", "203.0.113.9")]
    [InlineData(Loopback, "2", "198.51.100.1, 203.0.113.9", "203.0.113.9")]
    [InlineData(Loopback, "2", "198.51.100.1, 127.0.0.7", "198.51.100.1")]
    [InlineData(Loopback, "2", "192.0.2.1, 198.51.100.1, 127.0.0.7", "198.51.100.1")]
    public async Task A_shoppers_address_is_the_last_one_that_a_trusted_proxy_names(string? trusted, string? hops, string header, string expected)
    {
        var seen = new SeenAddresses();
        await using var shop = await ManualShop.OpenAsync(seen.Watch, Settings(trusted, hops));

        await GetCheckoutAsync(shop, header);

        Assert.Equal(expected, seen.Latest);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    public async Task The_frameworks_own_switch_opens_no_hole(string? trusted)
    {
        var seen = new SeenAddresses();
        await using var shop = await ManualShop.OpenAsync(seen.Watch, [("ForwardedHeaders_Enabled", "true"), .. Settings(trusted)]);

        await GetCheckoutAsync(shop, "203.0.113.9");

        Assert.Equal("127.0.0.1", seen.Latest);
    }

    [FullFact]
    public async Task Sixty_declined_cards_of_one_visitor_are_limited_whatever_the_header_says()
    {
        var seen = new SeenAddresses();
        await using var shop = await ManualShop.OpenAsync(seen.Watch);
        var declined = 0;
        for (var card = 0; card < 60; card++)
        {
            await GetCheckoutAsync(shop, $"203.0.113.{card}");
            if (await shop.PayAsync(await shop.OrderAsync(), ManualShop.PoorCard, seen.Latest) is PaymentOutcome.Declined)
                declined++;
        }

        Assert.Equal(new PaymentsOptions().AttemptsPerAddress, declined);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Host", "shop.example")]
    [InlineData("X-Forwarded-Proto", "https")]
    public async Task A_header_that_is_ignored_is_told_once_with_the_setting_that_would_change_it(string header, string value)
    {
        await using var shop = await ManualShop.OpenAsync(null, Settings("10.0.0.0/8"));

        await GetAsync(shop, "/", header, value);
        await GetAsync(shop, "/", header, value);

        var line = Assert.Single(Warnings(shop));
        Assert.Contains("Proxy:TrustedNetworks", line, StringComparison.Ordinal);
        Assert.Contains(header, line, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trusted_proxy_is_no_reason_to_warn()
    {
        await using var shop = await ManualShop.OpenAsync(null, Settings(Loopback));

        await GetAsync(shop, "/", "X-Forwarded-For", "203.0.113.9");

        Assert.Empty(Warnings(shop));
    }

    [Theory]
    [InlineData("Development", null, true)]
    [InlineData("Development", "10.0.0.0/8", false)]
    [InlineData("Production", null, false)]
    [InlineData("Production", Loopback, true)]
    public async Task A_scheme_is_taken_from_a_trusted_proxy_and_from_a_developers_tunnel(string environment, string? trusted, bool isTaken)
    {
        (string, string)[] settings = environment == "Production" ? ProductionShop.Settings : [];
        await using var shop = await ManualShop.OpenAsync(null, [.. settings, .. Settings(trusted)]);

        using var home = await GetAsync(shop, "/", "X-Forwarded-Proto", "https");

        Assert.Equal(isTaken, home.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.Any(cookie => cookie.Contains("Antiforgery", StringComparison.Ordinal) && cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("Proxy:TrustedNetworks", "10.0.0.0/99", "10.0.0.0/99")]
    [InlineData("Proxy:TrustedNetworks", "my-proxy", "my-proxy")]
    [InlineData("Proxy:Hops", "0", "Proxy:Hops")]
    [InlineData("Proxy:Hops", "many", "Proxy:Hops")]
    public async Task A_setting_that_makes_no_sense_stops_the_start_and_is_named(string setting, string value, string named)
    {
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => Shop.OpenAsync(settings: (setting, value)));

        Assert.Contains("Proxy:", stopped.Message, StringComparison.Ordinal);
        Assert.Contains(named, stopped.Message, StringComparison.Ordinal);
    }

    private static (string, string)[] Settings(string? trusted, string? hops = null) =>
    [
        .. trusted is null ? [] : new[] { ("Proxy:TrustedNetworks", trusted) },
        .. hops is null ? [] : new[] { ("Proxy:Hops", hops) },
    ];

    private static IEnumerable<string> Warnings(ManualShop shop) => shop.Logs.Entries
        .Where(entry => entry.Level is LogLevel.Warning && entry.Text.Contains("Proxy:", StringComparison.Ordinal)).Select(entry => entry.Text);

    private static async Task GetCheckoutAsync(ManualShop shop, string forwardedFor)
    {
        using var page = await GetAsync(shop, $"/checkout/{await shop.OrderAsync()}", "X-Forwarded-For", forwardedFor);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    private static async Task<HttpResponseMessage> GetAsync(ManualShop shop, string path, string header, string value)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = shop.Shop.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        return await client.SendAsync(request);
    }

    /// <summary>The addresses that a page hands to its circuit, which its limits count.</summary>
    private sealed class SeenAddresses
    {
        private readonly ConcurrentQueue<ShopperConnection> _connections = new();

        public string? Latest => _connections.LastOrDefault(connection => connection.Address is not null)?.Address;

        public void Watch(IServiceCollection services) => services.AddScoped(_ =>
        {
            var connection = new ShopperConnection();
            _connections.Enqueue(connection);
            return connection;
        });
    }
}
