using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moq;
using PaymentApp.Payments;
using PaymentApp.Stripe;

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
            "Development", ("Stripe:SecretKey", unset), ("Stripe:PublishableKey", unset), ("Stripe:ApiVersion", apiVersion));
        await host.StartAsync();
        var connection = host.Services.GetRequiredService<StripeConnection>();

        Assert.True(host.Services.GetRequiredService<EmbeddedSandbox>().IsUsed);
        Assert.Equal("127.0.0.1", connection.ApiBase!.Host);
        Assert.NotEqual(12111, connection.ApiBase.Port);
        Assert.Equal(new Uri(connection.ApiBase, script), connection.StripeJsUrl);
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
        Assert.Equal($"https://js.stripe.com/{train}/stripe.js", connection.StripeJsUrl.ToString());
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
        Assert.Equal("http://127.0.0.1:12111/v3/", connection.StripeJsUrl.ToString());
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

    private static IHost Host(string environment, params (string Key, string? Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Stripe:SandboxData", (string?)"")]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Mock.Of<IServer>(server => server.Features == new FeatureCollection()));
        builder.AddStripe();
        return builder.Build();
    }
}
