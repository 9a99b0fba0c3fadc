using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaymentApp.Tests.Components;
using PaymentApp.Tests.Desk;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Security;

/// <summary>A shop on the internet that takes no money, or never hears that it did, says so.</summary>
public sealed class TestKeysTests
{
    private static readonly (string, string)[] TestKeys = [("Stripe:SecretKey", "sk_test_51NoSuchAccount"), ("Stripe:PublishableKey", "pk_test_51NoSuchAccount")];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Test_keys_in_Production_stand_on_every_page_and_in_the_log(bool areTest)
    {
        using var logs = new LogCapture();
        await using var shop = await OpenAsync(logs, areTest ? TestKeys : []);
        using var visitor = Visitor.At(shop.Address);

        foreach (var path in new[] { "/", "/nowhere", "/orders/1", "/error", "/desk/sign-in" })
        {
            var banners = (await visitor.GetAsync(path)).Document.QuerySelectorAll(".test-mode");
            Assert.Equal(areTest ? 1 : 0, banners.Length);
            Assert.All(banners, banner => Assert.Contains("no real money", banner.TextContent, StringComparison.Ordinal));
        }

        Assert.Equal(areTest ? 1 : 0, logs.Entries.Count(entry => entry.Level is LogLevel.Warning && entry.Text.Contains("test keys", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Test_keys_elsewhere_need_no_banner()
    {
        await using var shop = await Shop.OpenAsync();
        using var visitor = Visitor.At(shop.Address);

        Assert.Empty((await visitor.GetAsync("/")).Document.QuerySelectorAll(".test-mode"));
    }

    [Theory]
    [InlineData("", "Listen")]
    [InlineData(" ", null)]
    public async Task Production_does_not_start_deaf(string secret, string? mode)
    {
        using var logs = new LogCapture();
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(
            () => OpenAsync(logs, [("Stripe:WebhookSecret", secret), .. mode is null ? [] : new[] { ("Webhooks:Mode", mode) }]));

        Assert.Contains("Stripe:WebhookSecret", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("Webhooks:Mode", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("FetchOnly", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_fetches_needs_no_secret()
    {
        using var logs = new LogCapture();
        await using var shop = await OpenAsync(logs, [("Stripe:WebhookSecret", ""), ("Webhooks:Mode", "fetchonly")]);
        using var visitor = Visitor.At(shop.Address);

        Assert.Equal(System.Net.HttpStatusCode.OK, (await visitor.GetAsync("/")).Status);
    }

    private static Task<Shop> OpenAsync(LogCapture logs, (string, string)[] settings) => Shop.OpenAsync(
        configure: services =>
        {
            ManualShop.StopLoops(services);
            services.AddSingleton<ILoggerProvider>(logs);
        },
        settings: [.. ProductionShop.Settings, .. settings, ("Desk:Accounts:0:Name", "Olga"), ("Desk:Accounts:0:Role", "viewer"), ("Desk:Accounts:0:PasswordHash", Hash)]);

    private static string Hash => DeskShop.HashOf("a password of this test");
}
