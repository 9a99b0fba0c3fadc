using PaymentApp.Bench.Databases;

namespace PaymentApp.Bench;

/// <summary>The shops that are compared, one for each database and size of the ledger.</summary>
internal sealed class Shops : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("payment-app-bench-").FullName;
    private readonly List<BenchShop> _all = [];

    private Shops()
    {
    }

    public IReadOnlyList<BenchShop> All => _all;

    public static async Task<Shops> OpenAsync(IReadOnlyList<BenchDatabase> databases, IReadOnlyList<int> sizes)
    {
        var shops = new Shops();
        foreach (var database in databases)
        {
            foreach (var orders in sizes)
            {
                var folder = Directory.CreateDirectory(Path.Combine(shops._folder, $"{shops._all.Count}")).FullName;
                shops._all.Add(await BenchShop.OpenAsync(database, folder, orders));
            }
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
