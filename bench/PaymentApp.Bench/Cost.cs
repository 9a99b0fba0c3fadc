namespace PaymentApp.Bench;

/// <summary>What this process spent on something that was done several times.</summary>
/// <param name="Times">How often it was done.</param>
/// <param name="Allocated">In bytes, as is <paramref name="Written"/>.</param>
internal sealed record Cost(int Times, TimeSpan Processor, long Allocated, int Commands, long Synced, long Written)
{
    public static readonly Cost Nothing = new(0, TimeSpan.Zero, 0, 0, 0, 0);

    /// <summary>CPU milliseconds for one.</summary>
    public double Milliseconds => Processor.TotalMilliseconds / Times;

    public static Cost operator +(Cost one, Cost other) => new(
        one.Times + other.Times, one.Processor + other.Processor, one.Allocated + other.Allocated, one.Commands + other.Commands,
        one.Synced + other.Synced, one.Written + other.Written);

    /// <param name="run">Does it, and returns how often.</param>
    /// <param name="commands">Those of the shop that does it; null for none.</param>
    public static async Task<Cost> OfAsync(CommandCounter? commands, Func<Task<int>> run)
    {
        // What was left behind by others is not its cost.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var (allocated, issued) = (GC.GetTotalAllocatedBytes(precise: true), commands?.Count ?? 0);
        var (synced, written) = (FileCounter.Synced, FileCounter.Written);
        var processor = Environment.CpuUsage.TotalTime;

        var times = await run();

        processor = Environment.CpuUsage.TotalTime - processor;
        return new Cost(
            times, processor, GC.GetTotalAllocatedBytes(precise: true) - allocated, (commands?.Count ?? 0) - issued,
            FileCounter.Synced - synced, FileCounter.Written - written);
    }
}
