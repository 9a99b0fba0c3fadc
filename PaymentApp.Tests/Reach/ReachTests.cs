using PaymentApp.Tests.EndToEnd;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;

namespace PaymentApp.Tests.Reach;

/// <summary>The three ways of the README to pay in the keyless shop from elsewhere, and what stays with this machine.</summary>
public sealed class ReachTests
{
    [OtherAddressFact(isDear: true)]
    public async Task A_phone_on_the_same_network_pays()
    {
        using var folder = new TemporaryFolder();
        using var shop = await KeylessShop.StartAsync(folder.Path, ("ASPNETCORE_URLS", "http://0.0.0.0:0"));

        await PayAsync($"http://{OtherAddress.Found}:{shop.Port}", $"http://{OtherAddress.Found}:{shop.SandboxPort}");
        await AssertGuardedAsync(shop);
    }

    /// <summary>The official images set the ports, and all addresses with them; published ports keep their numbers.</summary>
    [OtherAddressFact(isDear: true)]
    public async Task A_container_with_two_published_ports_takes_payments()
    {
        using var folder = new TemporaryFolder();
        using var shop = await KeylessShop.StartAsync(folder.Path, ("ASPNETCORE_HTTP_PORTS", "0"));

        await PayAsync($"http://{OtherAddress.Found}:{shop.Port}", $"http://{OtherAddress.Found}:{shop.SandboxPort}");
        await AssertGuardedAsync(shop);
    }

    [FullFact]
    public async Task A_tunnel_that_names_ports_in_its_hosts_takes_payments()
    {
        using var folder = new TemporaryFolder();
        await using var tunnel = new Tunnel();
        var (port, sandboxPort) = (FreePort.Take(), FreePort.Take());
        using var shop = await KeylessShop.StartAsync(
            folder.Path, ("ASPNETCORE_URLS", $"http://localhost:{port}"), ("Stripe:SandboxPort", $"{sandboxPort}"));

        await PayAsync(tunnel.UrlOf(port), tunnel.UrlOf(sandboxPort));
    }

    [FullFact]
    public async Task A_tunnel_with_a_host_of_its_own_is_named_by_a_setting()
    {
        using var folder = new TemporaryFolder();
        await using var tunnel = new Tunnel();
        var sandboxPort = FreePort.Take();
        using var shop = await KeylessShop.StartAsync(
            folder.Path, ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("Stripe:SandboxPort", $"{sandboxPort}"), ("Stripe:SandboxUrl", tunnel.UrlOf(sandboxPort)));

        await PayAsync(tunnel.UrlOf(shop.Port), tunnel.UrlOf(sandboxPort));
    }

    [OtherAddressFact(isDear: true)]
    public async Task The_dashboard_and_the_control_surface_are_opened_by_a_setting()
    {
        using var folder = new TemporaryFolder();
        using var shop = await KeylessShop.StartAsync(folder.Path, ("ASPNETCORE_URLS", "http://0.0.0.0:0"), ("Stripe:SandboxRemoteControl", "true"));

        Assert.Equal(200, await shop.AskSandboxAsync(OtherAddress.Found!, "/"));
        Assert.Equal(200, await shop.AskSandboxAsync(OtherAddress.Found!, "/_sandbox/books"));
    }

    private static Task PayAsync(string shop, string sandbox) => BrowserSession.RunAsync(async browser =>
    {
        var frames = new List<string>();
        browser.Page.FrameNavigated += (_, frame) => frames.Add(frame.Url);
        var checkout = await CheckoutScreen.BuyAsync(browser, new Uri(shop));
        await checkout.PayWithAsync("4000002500003155");
        await checkout.Challenge.CompleteAsync();
        await checkout.PaidAsync();

        Assert.Contains(frames, url => url.StartsWith(sandbox + "/v3/", StringComparison.Ordinal));
        Assert.All(
            frames.Where(url => url.StartsWith("http", StringComparison.Ordinal)),
            url => Assert.True(url.StartsWith(sandbox + "/", StringComparison.Ordinal) || url.StartsWith(shop + "/", StringComparison.Ordinal), url));
    });

    private static async Task AssertGuardedAsync(KeylessShop shop)
    {
        foreach (var path in new[] { "/", "/test/payments", "/_sandbox/books", "/_sandbox/clock" })
        {
            Assert.Equal(403, await shop.AskSandboxAsync(OtherAddress.Found!, path));
            Assert.Equal(200, await shop.AskSandboxAsync("127.0.0.1", path));
        }

        Assert.Equal(401, await shop.AskSandboxAsync(OtherAddress.Found!, "/v1/payment_intents", "sk_test_sandbox"));
        Assert.Equal(200, await shop.AskSandboxAsync(OtherAddress.Found!, "/dahlia/stripe.js"));
    }
}
