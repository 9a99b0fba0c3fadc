using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;

namespace PaymentApp.Bench.Load;

/// <summary>One visitor's cookies, and the requests that the visitor's browser makes. Styles, pictures and scripts are not fetched.</summary>
/// <param name="negotiates">Whether its pages negotiate before they open a WebSocket, as Blazor's script does by itself and the shop's does not.</param>
internal sealed class Browser(Uri site, bool negotiates = false)
{
    // The connections are shared: what they cost counts for neither shop nor circuit.
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
    })
    {
        Timeout = TimeSpan.FromMinutes(2),
    };

    private readonly CookieContainer _cookies = new();

    public async Task<BlazorPage> OpenAsync(string path)
    {
        var address = new Uri(site, path);
        using var answer = await SendAsync(HttpMethod.Get, address);
        return new BlazorPage(address, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends a form to its own page and follows the redirect, as an enhanced form does.</summary>
    /// <returns>Null where the server was too busy; it may be sent again at once.</returns>
    public async Task<BlazorPage?> SubmitAsync(BlazorPage page, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await SendAsync(HttpMethod.Post, page.Address, form);
        if (answer.StatusCode is HttpStatusCode.ServiceUnavailable)
        {
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.Zero);
            return null;
        }

        return await OpenAsync((answer.Headers.Location ?? throw new InvalidOperationException($"{page.Address} led nowhere.")).ToString());
    }

    /// <summary>The connection to a circuit, compressed as browsers do.</summary>
    public async Task<WebSocket> ConnectAsync()
    {
        var address = new UriBuilder(new Uri(site, "_blazor")) { Scheme = Uri.UriSchemeWs };
        if (negotiates)
        {
            using var negotiated = await SendAsync(HttpMethod.Post, new Uri(site, "_blazor/negotiate?negotiateVersion=1"));
            var token = JsonElement.Parse(await negotiated.Content.ReadAsByteArrayAsync()).GetProperty("connectionToken").GetString()!;
            address.Query = $"id={Uri.EscapeDataString(token)}";
        }

        var socket = new ClientWebSocket();
        socket.Options.Cookies = _cookies;
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.SetRequestHeader("Origin", site.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(address.Uri, CancellationToken.None);
        return socket;
    }

    /// <summary>Tells the server that a circuit is not needed any more, as a page does that is left.</summary>
    public async Task LeaveAsync(string circuit)
    {
        using var form = new MultipartFormDataContent { { new StringContent(circuit), "circuitId" } };
        using var answer = await SendAsync(HttpMethod.Post, new Uri(site, "_blazor/disconnect"), form);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("text/html; blazor-enhanced-nav=on"));
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue("en"));
        if (_cookies.GetCookieHeader(address) is { Length: > 0 } cookies)
            request.Headers.Add("Cookie", cookies);
        var answer = await Http.SendAsync(request);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
                _cookies.SetCookies(address, cookie);
        }

        if ((int)answer.StatusCode < 400 || (method == HttpMethod.Post && answer.StatusCode is HttpStatusCode.ServiceUnavailable))
            return answer;
        answer.Dispose();
        var told = $"{address.AbsolutePath} was answered {(int)answer.StatusCode}.";
        // A server that has too much to do is measured, any other answer is a mistake.
        throw (int)answer.StatusCode >= 500 ? new HttpRequestException(told, inner: null, answer.StatusCode) : new InvalidOperationException(told);
    }
}
