using System.Net;
using System.Net.Http.Headers;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>How the script and the frames are served.</summary>
public sealed class BrowserAssetTests
{
    private static readonly HttpClient Client = new();

    [Theory]
    [InlineData("/v3/", "text/javascript")]
    [InlineData("/v3", "text/javascript")]
    [InlineData("/dahlia/stripe.js", "text/javascript")]
    [InlineData("/endive/stripe.js", "text/javascript")]
    [InlineData("/v3/controller.html", "text/html")]
    [InlineData("/v3/card/card.css", "text/css")]
    [InlineData("/v3/card/main.js", "text/javascript")]
    public async Task Assets_have_their_type_and_are_revalidated(string path, string contentType)
    {
        using var response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("utf-8", response.Content.Headers.ContentType.CharSet);
        Assert.True(response.Headers.CacheControl!.NoCache);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));

        using var again = await GetAsync(path, response.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("/v3/controller.html")]
    [InlineData("/v3/elements-inner-card.html")]
    [InlineData("/v3/three-ds-2-challenge.html")]
    [InlineData("/v3/three-ds-2-bank.html")]
    public async Task Frames_run_only_what_the_sandbox_serves_and_any_shop_may_embed_them(string path)
    {
        using var response = await GetAsync(path);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors *", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v3/nothing.html")]
    [InlineData("/host/stripe-client.js")]
    [InlineData("/v3/card/")]
    [InlineData("/v3/stripe.js/more")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> GetAsync(string path, EntityTagHeaderValue? known = null)
    {
        var host = await HostPage.StartedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Sandbox, path));
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        return await Client.SendAsync(request);
    }
}
