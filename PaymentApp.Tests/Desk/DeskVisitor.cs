using System.Net;
using AngleSharp.Dom;
using PaymentApp.Tests.Components;

namespace PaymentApp.Tests.Desk;

/// <summary>A browser without scripts that keeps its cookies and follows nothing by itself.</summary>
internal sealed class DeskVisitor : IDisposable
{
    private readonly HttpClient _client;

    public DeskVisitor(Uri shop) =>
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = shop };

    public Task<Page> GetAsync(string path) => GetAsync(new Uri(path, UriKind.Relative));

    public async Task<Page> GetAsync(Uri address)
    {
        using var response = await _client.GetAsync(address);
        return await Page.OfAsync(response);
    }

    public async Task<string> DownloadAsync(string path)
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<Page> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await _client.PostAsync(new Uri(path, UriKind.Relative), content);
        return await Page.OfAsync(response);
    }

    /// <summary>Sends a page's form as the browser would, with <paramref name="changes"/> to what it holds.</summary>
    /// <param name="path">Where the page is; a form without an action goes there.</param>
    public Task<Page> SubmitAsync(Page page, string path, string form, params (string Name, string Value)[] changes)
    {
        var (action, fields) = Read(page, path, form);
        foreach (var (name, value) in changes)
            fields[name] = value;
        return PostAsync(action, [.. fields.Select(field => (field.Key, field.Value))]);
    }

    public async Task<Page> SignInAsync(string name, string password, string path = "/desk/sign-in") =>
        await SubmitAsync(await GetAsync(path), path, "main form:has([name=password])", ("name", name), ("password", password));

    /// <summary>Where an answer leads: a path of the shop, or the whole address of another site.</summary>
    public string? Target(Page answer) => answer.Location is { } location
        ? new Uri(_client.BaseAddress!, location) is var whole && whole.Authority == _client.BaseAddress!.Authority ? whole.PathAndQuery : whole.ToString()
        : null;

    public void Dispose() => _client.Dispose();

    /// <summary>Where a form goes, and what it holds.</summary>
    public static (string Action, Dictionary<string, string> Fields) Read(Page page, string path, string form)
    {
        var element = Assert.Single(page.Document.QuerySelectorAll(form));
        var fields = element.QuerySelectorAll("input, textarea").Where(input => input.GetAttribute("name") is not null)
            .ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
        foreach (var select in element.QuerySelectorAll("select"))
            fields[select.GetAttribute("name")!] = (select.QuerySelector("option[selected]") ?? select.QuerySelector("option"))!.GetAttribute("value")!;
        return (element.GetAttribute("action") is { } action ? "/" + action.TrimStart('/') : path, fields);
    }
}
