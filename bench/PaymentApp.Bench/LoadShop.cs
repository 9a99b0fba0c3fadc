using System.Globalization;
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
    public static async Task<LoadShop> StartAsync(string published)
    {
        var shop = new LoadShop(await SandboxProcess.StartAsync());
        var ledger = Path.Combine(shop._folder, "payments.db");
        shop._server = await PublishedShop.StartAsync(
            [
                .. BenchShop.SettingsOf($"Data Source={ledger}", shop._folder, shop._sandbox.Address),
                // All shoppers come from one address.
                new("Payments:AttemptsPerAddress", "1000000"),
                new("Orders:PerAddress", "1000000"),
                new("Limits:CircuitsPerAddress", Limits.OpenCircuits.ToString(CultureInfo.InvariantCulture)),
            ],
            published);
        return shop;
    }

    public void Dispose()
    {
        _server?.Dispose();
        _sandbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
