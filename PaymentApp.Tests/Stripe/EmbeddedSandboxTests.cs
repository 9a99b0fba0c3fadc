using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moq;
using PaymentApp.Payments;
using PaymentApp.Stripe;
using PaymentApp.Tests.Sandbox;
using Stripe;

namespace PaymentApp.Tests.Stripe;

/// <summary>Which Stripe the shop talks to.</summary>
public sealed class EmbeddedSandboxTests
{
    [Theory]
    [InlineData(null, null, "/endive/stripe.js")]
    [InlineData("", "2026-08-26.dahlia", "/dahlia/stripe.js")]
    public async Task Development_without_keys_runs_on_a_sandbox_at_a_free_port(string? unset, string? apiVersion, string script)
    {
        using var host = Host(
            "Development",
            ("Stripe:SecretKey", unset), ("Stripe:PublishableKey", unset), ("Stripe:ApiVersion", apiVersion), ("Stripe:SandboxPort", "0"));
        await host.StartAsync();
        var connection = host.Services.GetRequiredService<StripeConnection>();

        Assert.True(host.Services.GetRequiredService<EmbeddedSandbox>().IsUsed);
        Assert.Equal("127.0.0.1", connection.ApiBase!.Host);
        Assert.NotEqual(12111, connection.ApiBase.Port);
        Assert.Equal(new Uri(connection.ApiBase, script), connection.StripeJsUrlFor(new Uri("http://127.0.0.1:5080/")));
        Assert.Equal(connection.ApiBase, connection.DashboardUrl);
        Assert.StartsWith("sk_test_", connection.SecretKey, StringComparison.Ordinal);
        Assert.StartsWith("pk_test_", connection.PublishableKey, StringComparison.Ordinal);
        Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(await host.Services.GetRequiredService<IPaymentGateway>()
            .CreateAsync(StripeBodies.NewIntent() with { PaymentMethod = PaymentMethodId.Parse("pm_card_visa") }, "key"));
        await host.StopAsync();
    }

    [Theory]
    [InlineData(null, "endive")]
    [InlineData("", "endive")]
    [InlineData("2026-09-30.endive", "endive")]
    [InlineData("2026-08-26.dahlia", "dahlia")]
    [InlineData("2025-03-31.basil", "basil")]
    [InlineData("2024-06-20", "acacia")]
    public async Task With_keys_the_sandbox_does_not_start_and_Stripe_itself_is_meant(string? apiVersion, string train)
    {
        using var host = Host(
            "Development", ("Stripe:SecretKey", "sk_test_1"), ("Stripe:PublishableKey", "pk_test_1"), ("Stripe:ApiVersion", apiVersion),
            ("Stripe:StripeJsUrl", ""));
        await host.StartAsync();
        var connection = host.Services.GetRequiredService<StripeConnection>();

        Assert.False(host.Services.GetRequiredService<EmbeddedSandbox>().IsUsed);
        Assert.Null(connection.ApiBase);
        Assert.Null(connection.DashboardUrl);
        Assert.Equal($"https://js.stripe.com/{train}/stripe.js", connection.StripeJsUrlFor(new Uri("http://localhost:5080/")).ToString());
        Assert.Equal(("sk_test_1", "pk_test_1"), (connection.SecretKey, connection.PublishableKey));
        Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<EmbeddedSandbox>().Address);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_sandbox_of_its_own_is_used_in_place_of_the_embedded_one()
    {
        using var host = Host("Development", ("Stripe:SecretKey", "sk_test_1"), ("Stripe:PublishableKey", "pk_test_1"),
            ("Stripe:ApiBase", "http://127.0.0.1:12111"), ("Stripe:StripeJsUrl", "http://127.0.0.1:12111/v3/"));
        await host.StartAsync();
        var connection = host.Services.GetRequiredService<StripeConnection>();

        Assert.False(host.Services.GetRequiredService<EmbeddedSandbox>().IsUsed);
        Assert.Equal("http://127.0.0.1:12111/v3/", connection.StripeJsUrlFor(new Uri("http://localhost:5080/")).ToString());
        await host.StopAsync();
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Elsewhere_missing_keys_stop_the_start(string environment)
    {
        using var host = Host(environment);

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    [Theory]
    [InlineData("http://localhost:5080", "http://localhost:5081")]
    [InlineData("http://0.0.0.0:5080", "http://0.0.0.0:5081")]
    [InlineData("http://*:8080", "http://*:8081")]
    [InlineData("http://localhost:5080;http://192.168.1.20:5080", "http://localhost:5081;http://192.168.1.20:5081")]
    [InlineData("https://localhost:5443;http://localhost:5080", "http://localhost:5081")]
    [InlineData("http://localhost:5080;http://*:5080", "http://*:5081")]
    [InlineData("http://[::1]:6000", "http://[::1]:6001")]
    [InlineData("http://localhost:0", "http://127.0.0.1:0")]
    [InlineData("http://0.0.0.0:0", "http://0.0.0.0:0")]
    [InlineData(null, "http://localhost:5001")]
    public void The_sandbox_listens_where_the_shop_listens_on_the_next_port(string? urls, string expected)
    {
        using var host = Host("Development", ("urls", urls));

        Assert.Equal(expected, host.Services.GetRequiredService<EmbeddedSandbox>().Options.Url);
    }

    [Theory]
    [InlineData("http_ports", "8080;8090", "http://*:8081")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://127.0.0.1:7000", "http://127.0.0.1:7001")]
    public void Other_ways_to_say_where_count_too(string setting, string value, string expected)
    {
        using var host = Host("Development", (setting, value));

        Assert.Equal(expected, host.Services.GetRequiredService<EmbeddedSandbox>().Options.Url);
    }

    [Theory]
    [InlineData("http://localhost:5080/", "http://localhost:PORT/")]
    [InlineData("http://192.168.1.20:5080/checkout/1", "http://192.168.1.20:PORT/")]
    [InlineData("http://[fe80::1]:5080/", "http://[fe80::1]:PORT/")]
    [InlineData("https://shop-0.app.github.dev/", "https://shop-PORT.app.github.dev/")]
    [InlineData("https://0-shop.ws.example/", "https://PORT-shop.ws.example/")]
    [InlineData("http://shop-0.tunnel.localhost:9000/", "http://shop-PORT.tunnel.localhost:9000/")]
    [InlineData("http://shop-10.example/", "http://shop-10.example:PORT/")]
    public async Task The_page_names_it_by_the_host_that_the_browser_used(string shop, string expected)
    {
        using var host = Host("Development", ("urls", "http://127.0.0.1:0"));
        await host.StartAsync();
        var (connection, sandbox) = (host.Services.GetRequiredService<StripeConnection>(), host.Services.GetRequiredService<EmbeddedSandbox>());
        var url = expected.Replace("PORT", $"{sandbox.Address.Port}", StringComparison.Ordinal) + "endive/stripe.js";

        Assert.Equal(url, connection.StripeJsUrlFor(new Uri(shop)).ToString());
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = (new Uri(shop).Scheme, new HostString(new Uri(shop).Authority));
        Assert.Equal(url, connection.StripeJsUrlFor(request).ToString());
        await host.StopAsync();
    }

    [Fact]
    public async Task However_often_it_starts_its_data_holds_one_endpoint_and_one_pair_of_keys()
    {
        using var folder = new TemporaryFolder();
        var seen = new HashSet<(string, string, string)>();
        for (var start = 0; start < 3; start++)
        {
            using var host = Host("Development", ("urls", "http://127.0.0.1:0"), ("Stripe:SandboxData", Path.Combine(folder.Path, "sandbox.db")));
            await host.StartAsync();
            var connection = host.Services.GetRequiredService<StripeConnection>();
            seen.Add((connection.SecretKey, connection.PublishableKey, connection.WebhookSecrets.Single()));
            using var client = new HttpClient { BaseAddress = connection.ApiBase, DefaultRequestHeaders = { Authorization = new("Bearer", connection.SecretKey) } };
            var list = JsonElement.Parse(await client.GetStringAsync(new Uri("/v1/webhook_endpoints", UriKind.Relative)));

            var endpoint = Assert.Single(list.GetProperty("data").EnumerateArray());
            Assert.Equal("http://127.0.0.1:5080/webhooks/stripe", endpoint.GetProperty("url").GetString());
            Assert.Equal(StripeConfiguration.ApiVersion, endpoint.GetProperty("api_version").GetString());
            await host.StopAsync();
            await host.Services.GetRequiredService<EmbeddedSandbox>().DisposeAsync();
        }

        Assert.Single(seen);
    }

    private static IHost Host(string environment, params (string Key, string? Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Stripe:SandboxData", (string?)"")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        var features = new FeatureCollection();
        features.Set(Mock.Of<IServerAddressesFeature>(feature => feature.Addresses == new[] { "http://[::]:5080" }));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Mock.Of<IServer>(server => server.Features == features));
        builder.AddStripe();
        return builder.Build();
    }
}
