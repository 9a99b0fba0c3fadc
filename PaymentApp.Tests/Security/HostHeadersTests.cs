using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Security;
using PaymentApp.Tests.Components;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Security;

/// <summary>What a browser is told by the whole host, whatever page it asked for and however that went.</summary>
public sealed class HostHeadersTests
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Every_page_is_kept_to_itself_to_Stripe_and_out_of_frames(string environment)
    {
        await using var shop = await ProductionShop.OpenAsync(environment);
        using var visitor = Visitor.At(shop.Address);
        var order = await PlaceAsync(shop);
        var stripe = environment == "Production" ? "https://js.stripe.com" : shop.Sandbox.Address.GetLeftPart(UriPartial.Authority);

        foreach (var (path, status) in new[]
                 {
                     ("/", HttpStatusCode.OK), ($"/checkout/{order}", HttpStatusCode.OK), ($"/orders/{order}", HttpStatusCode.OK),
                     ("/orders/00000000000000000000000000000000", HttpStatusCode.NotFound), ("/nowhere", HttpStatusCode.NotFound),
                 })
        {
            var page = await visitor.GetAsync(path);

            Assert.Equal(status, page.Status);
            Assert.Contains($"script-src 'self' {stripe}", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal("DENY", page.Headers["X-Frame-Options"]);
            Assert.Equal("nosniff", page.Headers["X-Content-Type-Options"]);
            Assert.Equal("same-origin", page.Headers["Referrer-Policy"]);
            Assert.Contains($"payment=(self \"{stripe}\")", page.Headers["Permissions-Policy"], StringComparison.Ordinal);
            Assert.Contains("camera=()", page.Headers["Permissions-Policy"], StringComparison.Ordinal);
            Assert.Equal("no-store", page.Headers["Cache-Control"]);
            Assert.DoesNotContain("Server", page.Headers.Keys);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("shop.example:99999")]
    public async Task A_host_that_no_address_can_be_made_of_is_turned_away_without_an_error(string host)
    {
        await using var shop = await Shop.OpenAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(shop.Address.Host, shop.Address.Port);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        using var answer = new StreamReader(client.GetStream());

        Assert.Equal("HTTP/1.1 400 Bad Request", await answer.ReadLineAsync());
    }

    [Fact]
    public async Task What_is_no_page_is_allowed_nothing()
    {
        await using var shop = await Shop.OpenAsync();
        using var visitor = Visitor.At(shop.Address);

        foreach (var path in new[] { "/shop.css", "/favicon.svg", "/Checkout/CheckoutForm.razor.js" })
        {
            var file = await visitor.GetAsync(path);

            Assert.Equal(HttpStatusCode.OK, file.Status);
            Assert.Equal("default-src 'none'; frame-ancestors 'none'", file.Headers["Content-Security-Policy"]);
            Assert.Equal("nosniff", file.Headers["X-Content-Type-Options"]);
        }
    }

    /// <summary>Only a published shop gives its files names with a version, for good.</summary>
    [Theory]
    [InlineData("text/css", "max-age=31536000, immutable", "Cache-Control", "X-Content-Type-Options")]
    [InlineData("text/javascript", "max-age=31536000, immutable", "Cache-Control", "X-Content-Type-Options")]
    [InlineData("image/svg+xml", "max-age=31536000, immutable", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options")]
    [InlineData("text/css", "no-cache", "Cache-Control", "Content-Security-Policy", "ETag", "X-Content-Type-Options")]
    public void A_file_says_no_more_than_it_must(string type, string cached, params string[] said)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        headers.CacheControl = cached;
        headers.ContentSecurityPolicy = "default-src 'none'";
        headers.ETag = "\"1\"";
        headers.LastModified = "Fri, 27 Nov 2026 08:00:00 GMT";
        headers.AcceptRanges = "bytes";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";

        SecurityHeaders.FitToFile(headers, type);

        Assert.Equal(said, headers.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_page_holds_a_script_or_a_style_that_the_policy_would_have_to_excuse()
    {
        await using var shop = await ProductionShop.OpenAsync();
        using var visitor = Visitor.At(shop.Address);
        var order = await PlaceAsync(shop);

        foreach (var path in new[] { "/", $"/checkout/{order}", $"/orders/{order}", "/nowhere" })
        {
            var document = (await visitor.GetAsync(path)).Document;

            Assert.DoesNotContain(document.Scripts, script => script.Source is null && script.Type is not ("importmap" or "application/json"));
            Assert.Empty(document.QuerySelectorAll("style, [style]"));
            Assert.DoesNotContain(document.All, element => element.Attributes.Any(name => name.Name.StartsWith("on", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("Production", "max-age=31536000")]
    [InlineData("Development", null)]
    public async Task A_browser_that_came_by_https_is_told_to_stay_there_except_on_a_developers_machine(string environment, string? expected)
    {
        await using var shop = await ProductionShop.OpenAsync(environment);
        using var visitor = Visitor.At(shop.Address);

        Assert.Equal(expected, (await visitor.GetAsync("/")).Headers.GetValueOrDefault("Strict-Transport-Security"));
    }

    [Fact]
    public async Task The_antiforgery_cookie_leaves_neither_https_nor_the_shop_and_no_script_reads_it()
    {
        await using var shop = await ProductionShop.OpenAsync();
        using var client = new HttpClient { BaseAddress = shop.Address };

        using var home = await client.GetAsync(new Uri("/", UriKind.Relative));

        var cookie = Assert.Single(home.Headers.GetValues("Set-Cookie"), set => set.Contains("Antiforgery", StringComparison.Ordinal));
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_unexpected_failure_in_Production_tells_the_visitor_nothing_of_its_inside()
    {
        await using var shop = await Shop.OpenAsync(
            configure: services => services.AddScoped<IOrderBook, BrokenBook>(), settings: ProductionShop.Settings);
        using var visitor = Visitor.At(shop.Address);

        var page = await visitor.GetAsync("/checkout/00000000000000000000000000000000");

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.Equal("Something went wrong", page.Heading);
        Assert.DoesNotContain(BrokenBook.Inside, page.Document.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Equal("no-store", page.Headers["Cache-Control"]);
        Assert.Contains("frame-ancestors 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    private static async Task<string> PlaceAsync(Shop shop)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IOrderBook>().PlaceAsync(new Catalogue().Products[0], default)).Id.ToString();
    }

    private sealed class BrokenBook : IOrderBook
    {
        public const string Inside = "table Orders has no column named Id";

        public Task<Order> PlaceAsync(Product product, PurchaseToken? purchase = null, string? language = null, CancellationToken cancellationToken = default) => throw new InvalidOperationException(Inside);

        public Task<Order?> FindAsync(Product product, PurchaseToken purchase, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException(Inside);

        public Task<OrderStanding?> FindAsync(OrderId id, CancellationToken cancellationToken = default) => throw new InvalidOperationException(Inside);
    }
}
