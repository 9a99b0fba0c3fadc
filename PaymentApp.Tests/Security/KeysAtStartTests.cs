using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Security;

/// <summary>A shop with the wrong keys does not start: not its web server, not its ledger, and nobody reads the keys in its log.</summary>
public sealed class KeysAtStartTests
{
    [Theory]
    [InlineData("Production", "", "", "", "Stripe:SecretKey is missing")]
    [InlineData("Staging", "", "", "", "Stripe:PublishableKey is missing")]
    [InlineData("Development", "sk_live_verysecret", "pk_live_verysecret", "", "Live Stripe keys are refused in Development")]
    [InlineData("Staging", "sk_live_verysecret", "pk_live_verysecret", "", "Live Stripe keys are refused in Staging")]
    [InlineData("Production", "sk_live_verysecret", "pk_test_verysecret", "", "of different modes")]
    [InlineData("Production", "sk_test_verysecret", "pk_test_verysecret", "http://127.0.0.1:12111", "a sandbox takes no money")]
    [InlineData("Production", "sk_live_verysecret", "pk_live_verysecret", "http://127.0.0.1:12111", "must not be set with live keys")]
    public async Task Wrong_keys_stop_the_start_before_anything_else_happens(
        string environment, string secret, string publishable, string apiBase, string says)
    {
        var folder = Directory.CreateTempSubdirectory("payment-app-").FullName;
        using var log = new LogCapture();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = nameof(PaymentApp),
            EnvironmentName = environment,
            ContentRootPath = folder,
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Payments"] = $"Data Source={Path.Combine(folder, "payments.db")}",
            ["Stripe:SecretKey"] = secret,
            ["Stripe:PublishableKey"] = publishable,
        });
        if (apiBase.Length > 0)
            builder.Configuration.AddInMemoryCollection([new("Stripe:ApiBase", apiBase), new("Stripe:StripeJsUrl", apiBase + "/v3/")]);
        builder.AddPaymentApp();
        await using (var app = builder.Build())
        {
            app.UsePaymentApp();

            var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

            Assert.Contains(says, stopped.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("verysecret", stopped.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("verysecret", log.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Live_keys_in_Production_start_without_asking_anybody()
    {
        await using var shop = await ProductionShop.OpenAsync();
        using var client = new HttpClient { BaseAddress = shop.Address };

        using var home = await client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.True(home.IsSuccessStatusCode);
        Assert.Empty(shop.LogGuard.Found);
    }
}
