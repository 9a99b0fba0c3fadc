using System.Net.Http.Headers;
using System.Text.Json;
using StripeSandbox;

namespace PaymentApp.Tests.Killing;

/// <summary>A sandbox in a process of its own, and what shoppers, their banks and a test ask of it.</summary>
internal sealed class SandboxProcess : IDisposable
{
    public const string WebhookSecret = "whsec_killing";

    private static readonly SandboxOptions Keys = new();

    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private SandboxProcess(ChildProcess process, Uri address)
    {
        _process = process;
        Address = address;
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Keys.SecretKey);
    }

    public Uri Address { get; }

    public static async Task<SandboxProcess> StartAsync()
    {
        var process = ChildProcess.Start(
            [typeof(SandboxServer).Assembly.Location, "--url", "http://127.0.0.1:0"],
            [new("Logging:LogLevel:StripeSandbox.Webhooks", "Warning")],
            Path.GetTempPath(),
            "StripeSandbox answers at ");
        if (await process.Ready is not { } line)
            throw new InvalidOperationException("The sandbox did not start: " + process.Said);
        var address = line[line.IndexOf("http://", StringComparison.Ordinal)..];
        return new SandboxProcess(process, new Uri(address[..address.IndexOf(',', StringComparison.Ordinal)]));
    }

    /// <summary>A fresh PaymentMethod, as the card element makes one for each press of <em>Pay</em>.</summary>
    public async Task<string> TypeCardAsync(string number)
    {
        var method = await PostAsync(
            "/v1/payment_methods", ("type", "card"), ("card[number]", number), ("card[exp_month]", "12"), ("card[exp_year]", "2040"), ("card[cvc]", "123"));
        return method.GetProperty("id").GetString()!;
    }

    /// <summary>The shopper's answer to the bank. One that comes too late changes nothing.</summary>
    public async Task AnswerBankAsync(string intent, bool passes)
    {
        using var form = new FormUrlEncodedContent([new("outcome", passes ? "succeed" : "fail")]);
        using var answer = await _http.PostAsync(new Uri($"/_sandbox/payment_intents/{intent}/challenge", UriKind.Relative), form);
    }

    /// <summary>Gives part of a payment back as the dashboard does. False where Stripe refuses: it was given back, or is disputed.</summary>
    public async Task<bool> TryRefundAsync(string intent, long minorUnits)
    {
        using var form = new FormUrlEncodedContent([new("payment_intent", intent), new("amount", $"{minorUnits}")]);
        using var answer = await _http.PostAsync(new Uri("/v1/refunds", UriKind.Relative), form);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Ends the disputes of a payment as the bank does. One that somebody has ended since stays as it is.</summary>
    public async Task SettleDisputesAsync(string intent, bool isWon)
    {
        foreach (var dispute in (await GetAsync($"/v1/disputes?payment_intent={intent}")).GetProperty("data").EnumerateArray())
        {
            using var form = new FormUrlEncodedContent([new("outcome", isWon ? "won" : "lost")]);
            using var answer = await _http.PostAsync(new Uri($"/_sandbox/disputes/{dispute.GetProperty("id").GetString()}/settle", UriKind.Relative), form);
        }
    }

    public Task RegisterAsync(Uri webhooks) =>
        PostAsync("/_sandbox/webhook_endpoints", ("url", webhooks.ToString()), ("secret", WebhookSecret));

    /// <summary>Makes some requests slow, so that a kill finds them under way.</summary>
    public async Task AddSlownessAsync(int seed)
    {
        foreach (var kind in new[] { "delay_before", "delay_after" })
            await PostAsync("/_sandbox/faults", ("kind", kind), ("latency_ms", "60"), ("probability", "0.1"), ("seed", $"{seed}"));
    }

    public Task AdvanceAsync(int seconds) => PostAsync("/_sandbox/clock", ("advance", $"{seconds}"));

    public Task HoldDeliveriesAsync() => PostAsync("/_sandbox/deliveries", ("hold", "true"));

    public Task ReleaseDeliveriesAsync(int seed, int copies) =>
        PostAsync("/_sandbox/deliveries", ("release", "shuffled"), ("seed", $"{seed}"), ("copies", $"{copies}"));

    /// <summary>Whether a delivery is on its way or about to be; one that failed waits for its time.</summary>
    /// <param name="now">The sandbox's time, UTC.</param>
    public async Task<bool> IsDeliveringAsync(DateTimeOffset now)
    {
        var deliveries = await GetAsync("/_sandbox/deliveries");
        return !deliveries.GetProperty("holding").GetBoolean()
            && deliveries.GetProperty("deliveries").EnumerateArray().Any(delivery =>
                delivery.GetProperty("state").GetString() == "pending"
                && (delivery.GetProperty("retry_at") is not { ValueKind: JsonValueKind.Number } retry || retry.GetInt64() <= now.ToUnixTimeSeconds()));
    }

    /// <summary>Every object of a list, page by page.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path)
    {
        var found = new List<JsonElement>();
        var after = "";
        while (true)
        {
            var page = await GetAsync($"{path}?limit=100{after}");
            found.AddRange(page.GetProperty("data").EnumerateArray());
            if (!page.GetProperty("has_more").GetBoolean())
                return found;
            after = $"&starting_after={found[^1].GetProperty("id").GetString()}";
        }
    }

    public Task<JsonElement> BooksAsync() => GetAsync("/_sandbox/books");

    public void Dispose()
    {
        _http.Dispose();
        _process.Dispose();
    }

    private async Task<JsonElement> GetAsync(string path) =>
        JsonElement.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative)));

    private async Task<JsonElement> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), form);
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonElement.Parse(body) : throw new InvalidOperationException($"{path}: {body}");
    }
}
