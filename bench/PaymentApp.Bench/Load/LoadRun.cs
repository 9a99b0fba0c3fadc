using System.Collections.Concurrent;
using System.Diagnostics;

namespace PaymentApp.Bench.Load;

/// <summary>What many shoppers did at once, each one thing after the other, and what it cost whom.</summary>
/// <param name="Done">Each thing that was done.</param>
/// <param name="Elapsed">From the first's begin to the end of the last that was done, however long others waited before they gave up.</param>
/// <param name="Shares">Of the machine, of the processes that were asked about and, last, of everybody else.</param>
internal sealed record LoadRun<T>(IReadOnlyCollection<T> Done, TimeSpan Elapsed, IReadOnlyList<double> Shares)
    where T : class
{
    public double PerSecond => Done.Count / Elapsed.TotalSeconds;

    /// <param name="beginFor">For how long shoppers begin anew; each begins once, and what has begun is finished.</param>
    /// <param name="act">Does it; null where it was given up.</param>
    /// <param name="processors">The CPU time of each process that has a part in it.</param>
    public static async Task<LoadRun<T>> MeasureAsync(int shoppers, TimeSpan beginFor, IReadOnlyList<Func<TimeSpan>> processors, Func<Task<T?>> act)
    {
        var done = new ConcurrentBag<T>();
        IReadOnlyList<Func<TimeSpan>> all = [.. processors, () => Machine.Busy];
        var spent = all.Select(processor => processor()).ToList();
        var clock = Stopwatch.StartNew();
        var lastDone = 0L;

        await Task.WhenAll(Enumerable.Range(0, shoppers).Select(_ => Task.Run(async () =>
        {
            do
            {
                if (await act() is not { } one)
                    continue;
                done.Add(one);
                Interlocked.Exchange(ref lastDone, clock.Elapsed.Ticks);
            }
            while (clock.Elapsed < beginFor);
        })));

        var elapsed = clock.Elapsed;
        spent = [.. all.Zip(spent, (processor, before) => processor() - before)];
        // The machine's own time is that of all processes.
        spent[^1] = TimeSpan.FromTicks(Math.Max(0, spent[^1].Ticks - spent.SkipLast(1).Sum(time => time.Ticks)));
        return new LoadRun<T>(done, TimeSpan.FromTicks(Math.Max(1, lastDone)), [.. spent.Select(time => time / elapsed / Environment.ProcessorCount)]);
    }

    /// <summary>The figure that a share of what was done stays below, such as 0.95.</summary>
    public TimeSpan Percentile(double share, Func<T, TimeSpan> figure) =>
        Done.Count == 0 ? TimeSpan.Zero : Done.Select(figure).Order().ElementAt(Math.Min(Done.Count - 1, (int)(share * Done.Count)));
}

/// <summary>This machine's CPUs, where Linux tells of them.</summary>
internal static class Machine
{
    private const string Statistics = "/proc/stat";

    // proc(5): USER_HZ, a hundred on every architecture that .NET runs on.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>For how long its CPUs have worked, for anybody.</summary>
    public static TimeSpan Busy
    {
        get
        {
            if (!File.Exists(Statistics))
                return TimeSpan.Zero;
            // user, nice, system, idle, iowait, irq, softirq, steal; what guests take is in user.
            var times = File.ReadLines(Statistics).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(long.Parse).ToArray();
            return (times.Sum() - times[3] - times[4]) * Tick;
        }
    }
}
