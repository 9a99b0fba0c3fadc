using System.Net;
using AngleSharp.Html.Parser;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Preferences;

/// <summary>No other site chooses for a visitor.</summary>
public sealed class OwnPagesTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    [Theory]
    [InlineData("same-origin", null, true)]
    [InlineData("same-origin", "https://other.example", true)]
    [InlineData("same-site", null, false)]
    [InlineData("cross-site", null, false)]
    [InlineData("none", null, false)]
    [InlineData("", null, false)]
    [InlineData(null, "shop", true)]
    [InlineData(null, "https://other.example", false)]
    [InlineData(null, "null", false)]
    [InlineData(null, null, true)]
    public async Task A_form_is_taken_from_the_shops_own_pages_alone(string? site, string? origin, bool isTaken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = fixture.Shop.Address };
        using var content = new FormUrlEncodedContent([new("theme", "dark"), new("return", "/")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/preferences") { Content = content };
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        if (origin is not null)
            request.Headers.Add("Origin", origin is "shop" ? fixture.Shop.Address.GetLeftPart(UriPartial.Authority) : origin);

        using var answer = await client.SendAsync(request);

        Assert.Equal(isTaken ? HttpStatusCode.Found : HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(isTaken, answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_page_that_says_that_a_form_was_refused_can_be_left_by_its_own_form()
    {
        using var client = new HttpClient { BaseAddress = fixture.Shop.Address };
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        using var refused = await ChooseAsync(client, "/");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await new HtmlParser().ParseDocumentAsync(await refused.Content.ReadAsStreamAsync());
        client.DefaultRequestHeaders.Remove("Sec-Fetch-Site");

        using var taken = await ChooseAsync(client, page.QuerySelector("form.preferences input[name=return]")!.GetAttribute("value")!);

        Assert.Equal((HttpStatusCode.OK, "/"), (taken.StatusCode, taken.RequestMessage!.RequestUri!.AbsolutePath));
    }

    private static async Task<HttpResponseMessage> ChooseAsync(HttpClient client, string page)
    {
        using var content = new FormUrlEncodedContent([new("theme", "dark"), new("return", page)]);
        return await client.PostAsync(new Uri("/preferences", UriKind.Relative), content);
    }
}
