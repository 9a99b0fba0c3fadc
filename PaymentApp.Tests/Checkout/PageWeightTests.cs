using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Orders;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Security;

namespace PaymentApp.Tests.Checkout;

/// <summary>What every shopper's page carries for its circuit is encrypted, which no compression makes smaller.</summary>
public sealed partial class PageWeightTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task A_checkout_carries_little_for_its_circuit_and_no_token_of_a_form()
    {
        await using var shop = await ProductionShop.OpenAsync();
        var order = await shop.Services.GetRequiredService<IOrderBook>().PlaceAsync(new Catalogue().Products[0]);
        using var client = new HttpClient { BaseAddress = shop.Address };

        using var answer = await client.GetAsync(new Uri($"checkout/{order.Id}", UriKind.Relative));
        var page = await answer.Content.ReadAsStringAsync();

        Assert.InRange(Descriptor.Match(page).Groups[1].Length, 100, 1_000);
        Assert.DoesNotContain("Component-State", page, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("__RequestVerificationToken", page, StringComparison.Ordinal);
    }

    /// <summary>A file under its plain name is asked for again on every visit.</summary>
    [Fact]
    public async Task Every_file_of_a_checkout_has_its_version_in_its_name()
    {
        var order = await fixture.Shop.Services.GetRequiredService<IOrderBook>().PlaceAsync(new Catalogue().Products[0]);
        using var client = new HttpClient { BaseAddress = fixture.Shop.Address };

        var files = OwnFile.Matches(await client.GetStringAsync(new Uri($"checkout/{order.Id}", UriKind.Relative))).Select(file => file.Groups[1].Value).ToList();

        Assert.Contains(files, file => file.StartsWith("Checkout/CheckoutForm.", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Matches(@"\.[0-9a-z]{10}\.", file));
    }

    [Fact]
    public async Task A_file_tells_a_browser_nothing_that_it_can_do_without()
    {
        using var client = new HttpClient { BaseAddress = fixture.Shop.Address };

        using var file = await client.GetAsync(new Uri("shop.css", UriKind.Relative));

        Assert.NotNull(file.Headers.ETag);
        Assert.Null(file.Content.Headers.LastModified);
        Assert.Empty(file.Headers.AcceptRanges);
        Assert.False(file.Headers.Contains("X-Frame-Options"));
        Assert.Contains("frame-ancestors 'none'", Assert.Single(file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [GeneratedRegex("(?:src|href)=\"([^\":]+\\.(?:js|css|svg))\"")]
    private static partial Regex OwnFile { get; }

    [GeneratedRegex("\"descriptor\":\"([^\"]+)\"")]
    private static partial Regex Descriptor { get; }
}
