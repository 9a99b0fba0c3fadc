using System.Globalization;
using PaymentApp.Bench.Databases;
using PaymentApp.Security;

namespace PaymentApp.Bench;

/// <summary>A published shop with an empty ledger and a sandbox, both in processes of their own, for many shoppers at one address.</summary>
internal sealed class LoadShop : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("payment-app-bench-").FullName;
    private readonly SandboxProcess _sandbox;
    private ServerProcess? _server;

    private LoadShop(SandboxProcess sandbox) => _sandbox = sandbox;

    public SandboxProcess Sandbox => _sandbox;

    public ServerProcess Server => _server!;

    public Uri Address => Server.Address;

    /// <param name="published">The folder of the published shop.</param>
    public static async Task<LoadShop> StartAsync(string published, BenchDatabase database)
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
        shop._server = await PublishedShop.StartAsync(settings, published);
        return shop;
    }

    public void Dispose()
    {
        _server?.Dispose();
        _sandbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
