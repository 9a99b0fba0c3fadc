using PaymentApp.Payments;

namespace PaymentApp.Operations.SeedDemo;

/// <summary>The banks of the demo's shoppers: ends challenges as the sandbox's own pages do.</summary>
internal sealed class DemoBank(Uri sandbox) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = sandbox };

    public async Task EndChallengeAsync(PaymentIntentId intent, bool passes)
    {
        using var outcome = new FormUrlEncodedContent([new("outcome", passes ? "succeed" : "fail")]);
        using var answer = await _client.PostAsync(new Uri($"/_sandbox/payment_intents/{intent}/challenge", UriKind.Relative), outcome);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _client.Dispose();
}
