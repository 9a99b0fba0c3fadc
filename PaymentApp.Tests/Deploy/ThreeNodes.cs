using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Infrastructure.Postgres;
using PaymentApp.Tests.Killing;
using PaymentApp.Tests.Reach;
using PaymentApp.Tests.Sandbox;
using StripeSandbox;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Deploy;

/// <summary>A shop as <c>deploy/</c> has it: three nodes as processes on one PostgreSQL database, behind nginx, and Stripe elsewhere.</summary>
internal sealed class ThreeNodes : IAsyncDisposable
{
    private readonly PostgresDatabase _database = PostgresDatabase.CreateLedger();
    private readonly TemporaryFolder _folder = new();
    private readonly SandboxOptions _keys = new() { Url = "http://127.0.0.1:0" };
    private readonly int[] _ports = [FreePort.Take(), FreePort.Take(), FreePort.Take()];
    private readonly ChildProcess?[] _nodes = new ChildProcess?[3];
    private readonly List<string> _saidBefore = [];
    private SandboxServer? _sandbox;
    private Nginx? _nginx;

    /// <summary>What a browser opens.</summary>
    public Uri Address => _nginx!.Address;

    public static async Task<ThreeNodes> StartAsync()
    {
        var shop = new ThreeNodes();
        shop._sandbox = await SandboxServer.StartAsync(shop._keys);
        await Task.WhenAll(Enumerable.Range(0, shop._nodes.Length).Select(shop.StartAsync));
        shop._nginx = await Nginx.StartAsync(shop._ports);
        return shop;
    }

    /// <summary>The address of one node, past nginx.</summary>
    public Uri AddressOf(int node) => new($"http://127.0.0.1:{_ports[node]}");

    /// <summary>Warnings and errors of all nodes that ran.</summary>
    public string Complaints() => string.Join('\n', _saidBefore.Concat(_nodes.SelectMany(node => ComplaintsAmong(node?.Lines ?? []))));

    /// <summary>Starts a node that does not run; ends when it is ready.</summary>
    public async Task StartAsync(int node)
    {
        _nodes[node] = ChildProcess.Start([typeof(Payment).Assembly.Location], Settings(node), _folder.Path, "Application started");
        if (await _nodes[node]!.Ready is null)
            throw new InvalidOperationException(_nodes[node]!.Said);
    }

    /// <summary>Ends a node as a power cut would.</summary>
    public async Task KillAsync(int node)
    {
        _nodes[node]!.Kill();
        await ForgetAsync(node);
    }

    /// <summary>Ends a node as an operator does; returns its exit code.</summary>
    public async Task<int> StopAsync(int node)
    {
        using (var stop = Process.Start("kill", ["-TERM", _nodes[node]!.Id.ToString(CultureInfo.InvariantCulture)]))
            await stop.WaitForExitAsync();
        return await ForgetAsync(node);
    }

    /// <summary>The one node among those that run which has opened a circuit since it was started.</summary>
    public int NodeWithCircuit() => Enumerable.Range(0, _nodes.Length).Single(HasCircuit);

    public bool HasCircuit(int node) => _nodes[node]?.Lines.Any(line => line.Contains("Opening circuit", StringComparison.Ordinal)) == true;

    /// <summary>How often Stripe took the money of an order.</summary>
    public int ChargesFor(OrderId order)
    {
        var intents = _sandbox!.Books.All<PaymentIntent>()
            .Where(intent => intent.Metadata.Entries.Contains(new("order_id", order.Value))).Select(intent => intent.Id).ToHashSet();
        return _sandbox.Books.All<Charge>().Count(
            charge => charge is { Status: ChargeStatus.Succeeded, Captured: true } && intents.Contains(charge.PaymentIntent));
    }

    /// <summary>Has Stripe do this to the next request to a route.</summary>
    public async Task FaultAsync(string kind, string route)
    {
        using var stripe = new HttpClient { BaseAddress = _sandbox!.Address };
        using var form = new FormUrlEncodedContent([new("kind", kind), new("route", route), new("count", "1")]);
        (await stripe.PostAsync(new Uri("/_sandbox/faults", UriKind.Relative), form)).EnsureSuccessStatusCode();
    }

    public void EndDatabaseConnections() => _database.EndConnections();

    public async Task<T> ReadAsync<T>(Func<LedgerContext, Task<T>> query)
    {
        await using var ledger = _database.Open();
        return await query(ledger);
    }

    public async ValueTask DisposeAsync()
    {
        _nginx?.Dispose();
        foreach (var node in _nodes)
            node?.Dispose();
        if (_sandbox is not null)
            await _sandbox.DisposeAsync();
        _database.Dispose();
        _folder.Dispose();
    }

    // An entry is a line with its level, and what it says in indented ones.
    private static IEnumerable<string> ComplaintsAmong(IEnumerable<string> lines)
    {
        var isComplaint = true;
        foreach (var line in lines)
        {
            if (!line.StartsWith(' '))
                isComplaint = !line.StartsWith("info: ", StringComparison.Ordinal) && !line.StartsWith("dbug: ", StringComparison.Ordinal);
            if (isComplaint)
                yield return line;
        }
    }

    private async Task<int> ForgetAsync(int node)
    {
        var ended = _nodes[node]!;
        await ended.Ended;
        _nodes[node] = null;
        var code = ended.ExitCode;
        _saidBefore.AddRange(ComplaintsAmong(ended.Lines));
        ended.Dispose();
        return code;
    }

    private Dictionary<string, string> Settings(int node) => new()
    {
        ["HOME"] = _folder.Path,
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_URLS"] = AddressOf(node).ToString(),
        ["ConnectionStrings:Payments"] = _database.Connection,
        ["Proxy:TrustedNetworks"] = "127.0.0.1",
        ["Orders:PerAddress"] = "1000000",
        ["Health:DrainFor"] = "00:00:02",
        ["Health:RefuseWhileDraining"] = "true",
        ["Stripe:SecretKey"] = _keys.SecretKey,
        ["Stripe:PublishableKey"] = _keys.PublishableKey,
        ["Stripe:ApiBase"] = _sandbox!.Address.ToString(),
        ["Stripe:StripeJsUrl"] = new Uri(_sandbox.Address, "/dahlia/stripe.js").ToString(),
        ["Logging:LogLevel:Microsoft.AspNetCore.Components.Server.Circuits"] = "Debug",
    };
}
