using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;
using StripeSandbox;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>
/// The shop in a process of its own, as it is deployed: a ledger file, a log, keys in the environment. The sandbox lives
/// in the test's process, so the two can be told apart and one can die without the other.
/// </summary>
internal sealed partial class ShopProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private const string WebhookSecret = "whsec_of_this_process";

    private readonly ConcurrentQueue<string> _log = new();
    private readonly SandboxOptions _keys;
    private readonly TestDatabase _database;
    private readonly IReadOnlyList<(string Name, string Value)> _settings;
    private Process? _process;

    private ShopProcess(SandboxServer sandbox, SandboxOptions keys, IReadOnlyList<(string Name, string Value)> settings)
    {
        _settings = settings;
        Sandbox = sandbox;
        _keys = keys;
        _database = TestDatabase.Create(Folder);
    }

    public SandboxServer Sandbox { get; }

    /// <summary>Where all files of the process are: its ledger, its keys, its home.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("payment-app-").FullName;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public int Id => _process!.Id;

    /// <summary>All that it wrote to its two streams.</summary>
    public string Log => string.Join('\n', _log);

    /// <param name="settings">Further environment variables.</param>
    public static async Task<ShopProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var keys = new SandboxOptions { Url = "http://127.0.0.1:0" };
        var shop = new ShopProcess(await SandboxServer.StartAsync(keys), keys, settings);
        await shop.RunAsync();
        return shop;
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts it on the files and at the address that it had.</summary>
    public async Task RunAsync()
    {
        var listens = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = StartInfo(), EnableRaisingEvents = true };
        foreach (var (name, value) in _settings)
            _process.StartInfo.Environment[name] = value;
        _process.OutputDataReceived += (_, line) =>
        {
            _log.Enqueue(line.Data ?? "");
            if (ListeningAt().Match(line.Data ?? "") is { Success: true } match)
                listens.TrySetResult(new Uri(match.Groups[1].Value));
        };
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.Exited += (_, _) => listens.TrySetException(new InvalidOperationException("The shop did not start:\n" + Log));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Address = await listens.Task.WaitAsync(Patience);
    }

    /// <summary>Has the sandbox send it events, as Stripe would.</summary>
    public async Task ReceiveWebhooksAsync()
    {
        using var client = new HttpClient { BaseAddress = Sandbox.Address };
        using var endpoint = new FormUrlEncodedContent([new("url", new Uri(Address, "webhooks/stripe").ToString()), new("secret", WebhookSecret)]);
        using var answer = await client.PostAsync(new Uri("/_sandbox/webhook_endpoints", UriKind.Relative), endpoint);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How often Stripe took the money of an order.</summary>
    public int ChargesFor(OrderId order)
    {
        var intents = Sandbox.Books.All<PaymentIntent>()
            .Where(intent => intent.Metadata.Entries.Contains(new("order_id", order.Value))).Select(intent => intent.Id).ToHashSet();
        return Sandbox.Books.All<Charge>().Count(
            charge => charge is { Status: ChargeStatus.Succeeded, Captured: true } && intents.Contains(charge.PaymentIntent));
    }

    /// <summary>All that is in its ledger, as text; null where the ledger is among its files.</summary>
    public string? DumpLedger() => _database.Dump();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        await Sandbox.DisposeAsync();
        _database.Dispose();
        Directory.Delete(Folder, recursive: true);
        AnswerWatch.Verify(Sandbox.Address);
    }

    private ProcessStartInfo StartInfo() => new("dotnet", [Path.Combine(AppContext.BaseDirectory, "PaymentApp.dll")])
    {
        WorkingDirectory = Folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment =
        {
            ["HOME"] = Folder,
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = Address.ToString(),
            ["Logging__LogLevel__Default"] = "Trace",
            ["ConnectionStrings__Payments"] = _database.Connection,
            ["Work__PollEvery"] = "01:00:00",
            ["Stripe__SecretKey"] = _keys.SecretKey,
            ["Stripe__PublishableKey"] = _keys.PublishableKey,
            ["Stripe__WebhookSecret"] = WebhookSecret,
            ["Stripe__ApiBase"] = Sandbox.Address.ToString(),
            ["Stripe__StripeJsUrl"] = new Uri(Sandbox.Address, "/dahlia/stripe.js").ToString(),
        },
    };

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex ListeningAt();
}
