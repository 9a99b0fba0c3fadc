using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox;

namespace PaymentApp.Tests.Sandbox;

/// <summary>A sandbox on a free port, and a client that holds a key.</summary>
public sealed class SandboxUnderTest : IAsyncDisposable
{
    public const string SecretKey = "sk_test_sandbox";
    public const string PublishableKey = "pk_test_sandbox";

    private SandboxUnderTest(SandboxServer server, FakeTimeProvider clock)
    {
        Server = server;
        Clock = clock;
        Http = new HttpClient { BaseAddress = server.Address };
    }

    public SandboxServer Server { get; }

    public FakeTimeProvider Clock { get; }

    public HttpClient Http { get; }

    public static async Task<SandboxUnderTest> StartAsync(Action<SandboxOptions>? configure = null, ILoggerProvider? log = null)
    {
        var clock = TestClock.Create();
        var options = new SandboxOptions { Url = "http://127.0.0.1:0" };
        configure?.Invoke(options);
        return new SandboxUnderTest(await SandboxServer.StartAsync(options, clock, logging => Add(log, logging)), clock);
    }

    public Task<SandboxAnswer> GetAsync(string path, string? key = SecretKey) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), key);

    public Task<SandboxAnswer> PostAsync(string path, params (string Name, string Value)[] form) => PostAsAsync(SecretKey, path, form);

    public Task<SandboxAnswer> PostAsAsync(string? key, string path, params (string Name, string Value)[] form) =>
        SendAsync(Post(path, form), key);

    public Task<SandboxAnswer> PostOnceAsync(string idempotencyKey, string path, params (string Name, string Value)[] form)
    {
        var request = Post(path, form);
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return SendAsync(request, SecretKey);
    }

    /// <summary>Creates and confirms as the guide does: manual confirmation, Stripe.js handles the bank.</summary>
    public Task<SandboxAnswer> PayAsync(string method, params (string Name, string Value)[] more) =>
        PostAsync("/v1/payment_intents", [.. Guide(method), .. more]);

    public static (string Name, string Value)[] Guide(string method) =>
    [
        ("amount", "1999"), ("currency", "usd"), ("confirm", "true"), ("confirmation_method", "manual"), ("allowed_payment_method_types[0]", "card"),
        ("use_stripe_sdk", "true"), ("payment_method", method),
    ];

    /// <summary>What the shopper does in the bank's modal.</summary>
    public Task<SandboxAnswer> AnswerChallengeAsync(string intent, string outcome) =>
        PostAsAsync(null, $"/_sandbox/payment_intents/{intent}/challenge", ("outcome", outcome));

    public Task<SandboxAnswer> ConfirmAsync(string intent, params (string Name, string Value)[] form) =>
        PostAsync($"/v1/payment_intents/{intent}/confirm", form);

    /// <summary>Asks with the secret key in an API version other than the account's.</summary>
    public Task<SandboxAnswer> SendInAsync(string version, HttpMethod method, string path, params (string Name, string Value)[] form)
    {
        var request = method == HttpMethod.Post ? Post(path, form) : new HttpRequestMessage(method, path);
        request.Headers.Add("Stripe-Version", version);
        return SendAsync(request, SecretKey);
    }

    /// <summary>Types a card into the element.</summary>
    public async Task<string> NewCardAsync(string number)
    {
        var answer = await PostAsAsync(PublishableKey, "/v1/payment_methods",
            ("type", "card"), ("card[number]", number), ("card[exp_month]", "12"), ("card[exp_year]", "2030"), ("card[cvc]", "123"));
        return answer.Ok().Text("id");
    }

    public async Task<SandboxAnswer> SendAsync(HttpRequestMessage request, string? key)
    {
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        request.Dispose();
        return new SandboxAnswer((int)response.StatusCode, body, response.Headers);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        AnswerWatch.Verify(Server.Address);
    }

    private static void Add(ILoggerProvider? log, ILoggingBuilder logging)
    {
        if (log is not null)
            logging.AddProvider(log);
    }

    private static HttpRequestMessage Post(string path, (string Name, string Value)[] form) => new(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))),
    };
}

/// <summary>An answer of the API, with the few ways in which tests look at it.</summary>
public sealed record SandboxAnswer(int Status, string Body, HttpResponseHeaders Headers)
{
    public JsonElement Json { get; } = Body.Length == 0 ? default : JsonDocument.Parse(Body).RootElement;

    public JsonElement Error => Json.GetProperty("error");

    public string Id => Text("id");

    public string State => Text("status");

    public SandboxAnswer Ok()
    {
        Assert.True(Status == 200, $"{Status}: {Body}");
        return this;
    }

    /// <summary>The value at a path such as <c>error.payment_intent.status</c>; null for JSON's null.</summary>
    public string? At(string path)
    {
        var value = Json;
        foreach (var name in path.Split('.'))
            value = value.GetProperty(name);
        return value.ValueKind == JsonValueKind.Null ? null : value.ToString();
    }

    public string Text(string path) => At(path) ?? throw new InvalidOperationException($"{path} is null in {Body}");

    public bool Has(string path)
    {
        var value = Json;
        foreach (var name in path.Split('.'))
            if (!value.TryGetProperty(name, out value))
                return false;
        return true;
    }

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
