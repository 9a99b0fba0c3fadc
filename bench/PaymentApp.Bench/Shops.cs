using System.Globalization;

namespace PaymentApp.Bench;

/// <summary>The shops that are compared, one for each size of the ledger.</summary>
internal sealed class Shops : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("payment-app-bench-").FullName;
    private readonly List<BenchShop> _all = [];

    private Shops()
    {
    }

    public IReadOnlyList<BenchShop> All => _all;

    public static async Task<Shops> OpenAsync(BenchOptions options)
    {
        var shops = new Shops();
        foreach (var orders in options.Orders)
        {
            var size = orders.ToString(CultureInfo.InvariantCulture);
            var folder = Directory.CreateDirectory(Path.Combine(shops._folder, size)).FullName;
            var connection = options.Database?.Replace("{orders}", size, StringComparison.Ordinal) ?? $"Data Source={Path.Combine(folder, "payments.db")}";
            shops._all.Add(await BenchShop.OpenAsync(connection, folder, orders));
        }

        return shops;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var shop in _all)
            await shop.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
