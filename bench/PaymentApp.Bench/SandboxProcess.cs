using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using StripeSandbox;

namespace PaymentApp.Bench;

/// <summary>
/// A sandbox in a process of its own, so that its work counts for nobody, and what browsers and banks ask of it. It ends
/// with the process that started it: when its input is closed.
/// </summary>
internal sealed class SandboxProcess : IDisposable
{
    public const string Argument = "serve-sandbox";

    public static readonly SandboxOptions Keys = new() { Url = "http://127.0.0.1:0" };

    private readonly Process _process;
    private readonly HttpClient _http;

    private SandboxProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Keys.SecretKey);
    }

    public Uri Address { get; }

    /// <inheritdoc cref="ServerProcess.Processor"/>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<SandboxProcess> StartAsync()
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", Assembly.GetExecutingAssembly().Location, Argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The sandbox did not start.");
        return new SandboxProcess(process, new Uri(line));
    }

    /// <summary>Serves in this process until the one that started it lets go.</summary>
    public static async Task ServeAsync()
    {
        await using var sandbox = await SandboxServer.StartAsync(Keys);
        Console.WriteLine(sandbox.Address);
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Nobody says anything: the end is what is waited for.
        }
    }

    /// <summary>Fresh PaymentMethods, as the card element makes one for each press of <em>Pay</em>.</summary>
    public async Task<IReadOnlyList<string>> TypeCardsAsync(Card card, int count)
    {
        var methods = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, count, async (_, _) => methods.Add(await TypeCardAsync(card)));
        return [.. methods];
    }

    /// <summary>Has the shoppers pass their banks' challenges.</summary>
    public async Task PassChallengesAsync(IEnumerable<string> intents)
    {
        foreach (var intent in intents)
        {
            using var form = new FormUrlEncodedContent([new("outcome", "succeed")]);
            using var answer = await _http.PostAsync(new Uri($"/_sandbox/payment_intents/{intent}/challenge", UriKind.Relative), form);
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Counts the charges of the shop's orders.</summary>
    /// <exception cref="InvalidOperationException">An order was charged twice, or more or fewer were charged.</exception>
    public async Task ExpectOneChargeEachAsync(int atLeast, int atMost)
    {
        var charged = new List<string>();
        for (var after = ""; after is not null;)
        {
            var page = JsonElement.Parse(await _http.GetByteArrayAsync(new Uri($"/v1/charges?limit=100{after}", UriKind.Relative)));
            var charges = page.GetProperty("data").EnumerateArray().ToList();
            // The bare requests name no order.
            charged.AddRange(charges.Where(charge => charge.GetProperty("paid").GetBoolean())
                .Select(charge => charge.GetProperty("metadata").TryGetProperty("order_number", out var order) ? order.GetString() : null).OfType<string>());
            after = page.GetProperty("has_more").GetBoolean() ? $"&starting_after={charges[^1].GetProperty("id").GetString()}" : null;
        }

        if (charged.Count < atLeast || charged.Count > atMost || charged.Distinct().Count() != charged.Count)
            throw new InvalidOperationException($"{atLeast} to {atMost} orders were paid, {charged.Distinct().Count()} were charged, by {charged.Count} charges.");
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<string> TypeCardAsync(Card card)
    {
        using var form = new FormUrlEncodedContent(
            [new("type", "card"), new("card[number]", card.Number), new("card[exp_month]", "12"), new("card[exp_year]", "2040"), new("card[cvc]", "123")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/payment_methods", UriKind.Relative)) { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Keys.PublishableKey);
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;
    }
}

/// <summary>A test card and what its bank does: https://docs.stripe.com/testing.</summary>
internal sealed record Card(string Number, string Name, bool HasChallenge = false)
{
    public static readonly Card Good = new("4242424242424242", "succeeds");
    public static readonly Card Challenged = new("4000002760003184", "challenge, passed", HasChallenge: true);
    public static readonly Card Poor = new("4000000000009995", "declined");

    public static readonly IReadOnlyList<Card> All = [Good, Challenged, Poor];
}
