using System.Net;
using PaymentApp.Tests.Components;

namespace PaymentApp.Tests.Languages;

/// <summary>A browser without scripts that asks for a language and keeps cookies.</summary>
internal sealed class LanguageVisitor : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;

    public LanguageVisitor(Uri shop, string? accepted = null)
    {
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = shop };
        if (accepted is not null)
            _client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", accepted.Any(char.IsAscii) ? new string([.. accepted.Where(char.IsAscii)]) : accepted);
    }

    public async Task<Page> GetAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);
        return await Page.OfAsync(response);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path) => _client.SendAsync(new HttpRequestMessage(method, new Uri(path, UriKind.Relative)));

    public void SetCookie(string name, string value) => _cookies.Add(_client.BaseAddress!, new Cookie(name, value));

    /// <summary>Opens a page and sends its language form, with <paramref name="changes"/> to what it holds.</summary>
    public async Task<HttpResponseMessage> ChooseAsync(string path, string language, params (string Field, string? Value)[] changes)
    {
        var form = (await GetAsync(path)).Document.QuerySelector("form.preferences")!;
        var fields = form.QuerySelectorAll("input").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value"));
        fields["language"] = language;
        foreach (var (field, value) in changes)
            fields[field] = value;
        return await _client.PostAsync(
            new Uri("/" + form.GetAttribute("action"), UriKind.Relative), new FormUrlEncodedContent(fields.Where(field => field.Value is not null)));
    }

    public void Dispose() => _client.Dispose();
}
