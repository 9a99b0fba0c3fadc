using System.Net;
using PaymentApp.Orders;

namespace PaymentApp.Tests.Components;

/// <summary>What holds on every page of the shop, as a browser gets it.</summary>
public sealed class PageTests(OpenShop open) : IClassFixture<OpenShop>
{
    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/orders")]
    [InlineData("/orders/1")]
    [InlineData("/orders/00000000000000000000000000000000")]
    [InlineData("/orders/' OR 1=1 --")]
    [InlineData("/orders/%E2%98%83")]
    [InlineData("/checkout/00000000000000000000000000000000")]
    public async Task An_address_without_a_page_or_an_order_gets_the_same_friendly_404(string path)
    {
        using var visitor = open.Visit();

        var page = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("There is nothing at this address", page.Heading);
        Assert.NotEmpty(page.Document.QuerySelectorAll("main a[href='']"));
    }

    [Fact]
    public async Task Every_product_has_its_picture()
    {
        using var client = new HttpClient { BaseAddress = open.Shop.Address };

        foreach (var product in new Catalogue().Products)
        {
            using var response = await client.GetAsync(new Uri(product.Image, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task Every_page_keeps_scripts_and_styles_in_files() => await OnEveryPageAsync(page =>
    {
        Assert.Empty(page.Document.QuerySelectorAll("[style], style, script:not([src]), script[type=importmap]"));
        Assert.DoesNotContain(page.Document.All.SelectMany(element => element.Attributes), attribute =>
            attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
            || attribute.Value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
    });

    [Fact]
    public async Task Every_page_names_itself_its_language_and_its_landmarks() => await OnEveryPageAsync(page =>
    {
        Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.NotEmpty(page.Document.Title!);
        Assert.NotEmpty(page.Heading);
        Assert.Single(page.Document.QuerySelectorAll("main"));
        Assert.Single(page.Document.QuerySelectorAll("body > header nav"));
        Assert.Single(page.Document.QuerySelectorAll("body > footer"));
    });

    [Fact]
    public async Task The_skip_link_stays_on_the_page() => await OnEveryPageAsync((path, page) =>
    {
        var link = page.Document.QuerySelector("body > a")!.GetAttribute("href")!;

        Assert.Equal($"{path}#main", link);
        Assert.NotNull(page.Document.QuerySelector("main#main"));
    });

    [Fact]
    public async Task The_notices_of_a_lost_connection_and_of_an_error_reassure_and_reload_the_page_they_are_on() => await OnEveryPageAsync((path, page) =>
    {
        var connection = page.Document.QuerySelector("#components-reconnect-modal")!;
        var error = page.Document.QuerySelector("#blazor-error-ui")!;

        Assert.Equal("Reload", connection.QuerySelector("button.connection-reload")!.TextContent);
        Assert.Equal(path, error.QuerySelector("a")!.GetAttribute("href"));
        Assert.All([connection, error], notice => Assert.Contains("goes on safely", notice.TextContent, StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("//evil.example/orders")]
    [InlineData("///evil.example")]
    [InlineData("/%5Cevil.example")]
    [InlineData("/%5C%5Cevil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("/%0A//evil.example?a=b")]
    [InlineData("//evil.example/../checkout/1")]
    public async Task No_address_makes_a_link_leave_the_shop(string path)
    {
        using var visitor = open.Visit();
        // As it stands: a Uri would tidy it up.
        var page = await visitor.GetAsync(new Uri($"{open.Shop.Address.GetLeftPart(UriPartial.Authority)}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        var links = page.Document.QuerySelectorAll("a[href], form[action]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("action")!).ToList();
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.NotEmpty(links);
        // What a browser makes of it: https://url.spec.whatwg.org, where a backslash is a slash and tabs are nothing.
        Assert.All(links, link => Assert.Equal("shop.example", new AngleSharp.Dom.Url(new AngleSharp.Dom.Url("https://shop.example/"), link).Host));
    }

    [Fact]
    public async Task A_page_that_tells_how_a_payment_stands_is_never_shown_from_a_cache()
    {
        using var visitor = open.Visit();
        var order = await open.PlaceAsync();

        foreach (var path in new[] { $"/orders/{order.Id}", $"/checkout/{order.Id}" })
            Assert.Contains("no-store", (await visitor.GetAsync(path)).Headers["Cache-Control"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_read_as_the_page_does()
    {
        using var client = new HttpClient { BaseAddress = open.Shop.Address };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de-DE");
        using var visitor = new Visitor(client);

        var home = await visitor.GetAsync("/");

        Assert.Equal("de", home.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal(
            ["49,00\u00a0$", "12,50\u00a0€", "1.800\u00a0¥", "129,00\u00a0$"],
            home.Document.QuerySelectorAll(".product-price").Select(price => price.TextContent));
    }

    private Task OnEveryPageAsync(Action<Page> check) => OnEveryPageAsync((_, page) => check(page));

    private async Task OnEveryPageAsync(Action<string, Page> check)
    {
        using var visitor = open.Visit();
        var order = await open.PlaceAsync();

        foreach (var path in new[] { "/", $"/orders/{order.Id}", $"/checkout/{order.Id}", "/nowhere?really=1", "/orders/1", "/error" })
            check(path, await visitor.GetAsync(path));
    }
}
