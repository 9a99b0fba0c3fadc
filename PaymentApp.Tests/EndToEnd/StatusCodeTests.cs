using System.Net;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.EndToEnd;

public sealed class StatusCodeTests
{
    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/_framework/blazor.web.js", HttpStatusCode.OK)]
    [InlineData("/shop.css", HttpStatusCode.OK)]
    [InlineData("/checkout/00000000000000000000000000000000", HttpStatusCode.NotFound)]
    [InlineData("/checkout/' OR 1=1 --", HttpStatusCode.NotFound)]
    public async Task A_page_answers_with_the_status_that_is_true(string path, HttpStatusCode expected)
    {
        await using var shop = await Shop.OpenAsync();
        using var client = new HttpClient { BaseAddress = shop.Address };

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(expected, response.StatusCode);
    }
}
