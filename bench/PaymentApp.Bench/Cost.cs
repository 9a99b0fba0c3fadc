using PaymentApp.Bench.Databases;

namespace PaymentApp.Bench;

/// <summary>What something cost that was done several times.</summary>
/// <param name="Times">How often it was done.</param>
/// <param name="Processor">CPU time of this process.</param>
/// <param name="Allocated">In bytes.</param>
internal sealed record Cost(int Times, TimeSpan Processor, long Allocated, int Commands, DatabaseUse Database)
{
    public static readonly Cost Nothing = new(0, TimeSpan.Zero, 0, 0, DatabaseUse.Nothing);

    /// <summary>CPU milliseconds for one.</summary>
    public double Milliseconds => Processor.TotalMilliseconds / Times;

    /// <summary>The same, of the database's processes too.</summary>
    public double MillisecondsWithDatabase => Milliseconds + ((Database.Processor?.TotalMilliseconds ?? 0) / Times);

    public static Cost operator +(Cost one, Cost other) => new(
        one.Times + other.Times, one.Processor + other.Processor, one.Allocated + other.Allocated, one.Commands + other.Commands,
        one.Database + other.Database);

    /// <param name="shop">The one that does it; null for none.</param>
    /// <param name="run">Does it, and returns how often.</param>
    public static async Task<Cost> OfAsync(BenchShop? shop, Func<Task<int>> run)
    {
        // What was left behind by others is not its cost.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var (synced, written) = await DiskAsync();
        var database = shop?.Database.Processor;
        var (allocated, issued) = (GC.GetTotalAllocatedBytes(precise: true), shop?.Commands.Count ?? 0);
        var processor = Environment.CpuUsage.TotalTime;

        var times = await run();

        processor = Environment.CpuUsage.TotalTime - processor;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        issued = (shop?.Commands.Count ?? 0) - issued;
        database = shop?.Database.Processor - database;
        var (syncedAfter, writtenAfter) = await DiskAsync();
        return new Cost(times, processor, allocated, issued, new DatabaseUse(syncedAfter - synced, writtenAfter - written, database));

        Task<(long? Synced, long? Written)> DiskAsync() =>
            shop is null ? Task.FromResult<(long?, long?)>((0, 0)) : DatabaseUse.OfDiskAsync(shop.Ledger);
    }
}
