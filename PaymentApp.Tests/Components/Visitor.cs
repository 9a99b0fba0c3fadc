using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace PaymentApp.Tests.Components;

/// <summary>A browser without scripts: it keeps cookies, posts forms and follows nothing by itself.</summary>
internal sealed class Visitor(HttpClient client) : IDisposable
{
    public static Visitor At(Uri address) =>
        new(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address });

    public Task<Page> GetAsync(string path) => GetAsync(new Uri(path, UriKind.Relative));

    public async Task<Page> GetAsync(Uri address)
    {
        using var response = await client.GetAsync(address);
        return await Page.OfAsync(response);
    }

    /// <summary>Opens the shop and posts its form as the browser would, with <paramref name="changes"/> to what it holds.</summary>
    public async Task<Page> BuyAsync(params (string Field, string? Value)[] changes) => await SendAsync(await OpenFormAsync(), changes);

    /// <summary>Opens the shop, for what its form holds.</summary>
    public async Task<OpenForm> OpenFormAsync()
    {
        var home = await GetAsync("/");
        return new OpenForm(
            home.Document.QuerySelectorAll("main form input").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value")),
            home.Cookies);
    }

    /// <summary>Posts a form that was opened before, with <paramref name="changes"/> to what it holds.</summary>
    public async Task<Page> SendAsync(OpenForm open, params (string Field, string? Value)[] changes)
    {
        var form = new Dictionary<string, string?>(open.Fields);
        foreach (var (field, value) in changes)
            form[field] = value;

        using var content = new FormUrlEncodedContent(form.Where(field => field.Value is not null));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
        // Whoever opens a second page has the first one's cookie, and is set none.
        if (open.Cookies.Length > 0)
            request.Headers.Add("Cookie", open.Cookies);
        using var response = await client.SendAsync(request);
        return await Page.OfAsync(response);
    }

    public void Dispose() => client.Dispose();
}

/// <summary>A form as a page showed it.</summary>
internal sealed record OpenForm(IReadOnlyDictionary<string, string?> Fields, string Cookies);

/// <summary>What a visitor was answered.</summary>
internal sealed record Page(HttpStatusCode Status, IDocument Document, Uri? Location, string Cookies, IReadOnlyDictionary<string, string> Headers)
{
    public string Heading => Document.QuerySelectorAll("h1").Single().TextContent;

    public static async Task<Page> OfAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync()),
        response.Headers.Location,
        response.Headers.TryGetValues("Set-Cookie", out var cookies) ? string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0])) : "",
        response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value)));
}
