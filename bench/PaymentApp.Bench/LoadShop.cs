using System.Globalization;
using PaymentApp.Bench.Databases;
using PaymentApp.Security;

namespace PaymentApp.Bench;

/// <summary>
/// A published shop with an empty ledger, each node in a process of its own, as is its sandbox, for many shoppers at one
/// address.
/// </summary>
internal sealed class LoadShop : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("payment-app-bench-").FullName;
    private readonly SandboxProcess _sandbox;
    private readonly List<ServerProcess> _nodes = [];
    private int _visitors;

    private LoadShop(SandboxProcess sandbox) => _sandbox = sandbox;

    public SandboxProcess Sandbox => _sandbox;

    /// <summary>The first node.</summary>
    public ServerProcess Server => _nodes[0];

    /// <summary>What its nodes have spent so far.</summary>
    public TimeSpan Processor => _nodes.Aggregate(TimeSpan.Zero, (sum, node) => sum + node.Processor);

    /// <summary>Where the next visitor goes, and stays: to one node after the other.</summary>
    public Uri NextAddress => _nodes[(int)((uint)Interlocked.Increment(ref _visitors) % (uint)_nodes.Count)].Address;

    /// <param name="published">The folder of the published shop.</param>
    public static async Task<LoadShop> StartAsync(string published, BenchDatabase database, int nodes = 1)
    {
        var shop = new LoadShop(await SandboxProcess.StartAsync());
        IReadOnlyList<KeyValuePair<string, string?>> settings =
        [
            .. BenchShop.SettingsOf(database.NewLedger(orders: 0, shop._folder), shop._folder, shop._sandbox.Address),
            // All shoppers come from one address.
            new("Payments:AttemptsPerAddress", "1000000"),
            new("Orders:PerAddress", "1000000"),
            new("Limits:CircuitsPerAddress", Limits.OpenCircuits.ToString(CultureInfo.InvariantCulture)),
        ];
        while (shop._nodes.Count < nodes)
            shop._nodes.Add(await PublishedShop.StartAsync(settings, published));
        return shop;
    }

    public void Dispose()
    {
        foreach (var node in _nodes)
            node.Dispose();
        _sandbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
