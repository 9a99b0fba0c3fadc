using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Desk;
using PaymentApp.Orders;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Security;

public sealed class PageCompressionTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task The_checkout_comes_compressed_in_less_than_half()
    {
        var order = await _shop.Services.GetRequiredService<IOrderBook>().PlaceAsync(new Catalogue().Products[0]);

        using var answer = await AskAsync($"checkout/{order.Id}", "br");
        var sent = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        using var page = new StreamReader(new BrotliStream(new MemoryStream(sent), CompressionMode.Decompress), Encoding.UTF8);
        var html = await page.ReadToEndAsync();
        Assert.Contains("payment-form", html, StringComparison.Ordinal);
        Assert.Contains("</html>", html, StringComparison.Ordinal);
        Assert.True(sent.Length * 2 < html.Length, $"{sent.Length} of {html.Length} bytes");
    }

    [Theory]
    [InlineData("", "gzip")]
    [InlineData("orders/0123456789abcdef0123456789abcdef", "br")]
    public async Task Other_pages_and_error_pages_do_too(string page, string encoding)
    {
        using var answer = await AskAsync(page, encoding);

        Assert.Equal(encoding, Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("en-US", Assert.Single(answer.Content.Headers.ContentLanguage));
    }

    [Fact]
    public async Task Who_takes_nothing_compressed_gets_the_page_as_it_is()
    {
        using var answer = await AskAsync("", "identity");

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Contains("<html", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_whose_pages_repeat_their_address_stays_uncompressed()
    {
        using var answer = await AskAsync(DeskPaths.SignIn.TrimStart('/'), "br");

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    private async Task<HttpResponseMessage> AskAsync(string page, string encoding)
    {
        using var client = new HttpClient { BaseAddress = _shop.Address };
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd(encoding);
        return await client.GetAsync(new Uri(page, UriKind.Relative));
    }
}
