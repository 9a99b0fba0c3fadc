using System.Text.Json;

namespace StripeSandbox.Benchmarks;

/// <summary>Prepares a sandbox for being measured.</summary>
internal sealed class SandboxClient : IDisposable
{
    private readonly HttpClient _http;

    public SandboxClient(Uri server)
    {
        _http = new HttpClient { BaseAddress = server };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", new SandboxOptions().SecretKey);
    }

    /// <summary>Makes a PaymentIntent and returns its id.</summary>
    public async Task<string> CreateAsync(string form)
    {
        using var content = new StringContent(form, mediaType: new("application/x-www-form-urlencoded"));
        using var answer = await _http.PostAsync(new Uri("/v1/payment_intents", UriKind.Relative), content);
        using var body = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Forgets everything.</summary>
    public async Task ResetAsync()
    {
        using var answer = await _http.PostAsync(new Uri("/_sandbox/reset", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
