using PaymentApp.Bench.Databases;
using PaymentApp.Bench.Load;

namespace PaymentApp.Bench;

/// <summary>
/// What a page costs its server, to be opened and then for each that is open and idle: the checkout beside a component that
/// does nothing.
/// </summary>
internal static class PageTables
{
    // Until the code is compiled for good: what the compiler keeps and spends is no page's. In rounds that end, so that
    // the server holds no memory ready for pages that it has had.
    private const int WarmUpRounds = 8;
    private const int MostWarmUpPages = 200;

    // In turns, and their median is told: what the machine did in between falls into one or two.
    private const int Rounds = 10;

    // More at once would only measure how they crowd.
    private const int AtOnce = 8;

    public static async Task<IReadOnlyList<MarkdownTable>> MeasureAsync(string published, BenchDatabase database, int circuits)
    {
        var opening = new MarkdownTable(
            "CPU of the server to open a page, from its address to a circuit that has shown it",
            "What", "CPU ms", "beside the empty component");
        var memory = new MarkdownTable(
            $"Memory, KB for each of {MarkdownTable.Count(circuits)} open and idle pages",
            "What", "resident", "beside the empty component", "managed heap", "beside the empty component", "server alone, resident MB", "with the pages, MB");
        using var server = await EmptyApp.StartAsync();
        using var shop = await LoadShop.StartAsync(published, database);
        var empty = new Held("component that does nothing", server, () => Task.FromResult<IHeldPage>(new IdlePage(server.Address)));
        var checkout = new Held("checkout", shop.Server, async () => await CheckoutVisit.OrderAsync(shop.NextAddress));
        Held[] both = [empty, checkout];

        foreach (var held in both)
            await held.BeginAsync(Math.Min(circuits, MostWarmUpPages));
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var held in both)
                await held.OpenAsync(Math.Max(1, circuits / Rounds));
        }

        foreach (var held in both)
            await held.EndAsync();

        foreach (var held in both)
        {
            opening.Add(
                held.Name,
                MarkdownTable.Number(held.Opening.TotalMilliseconds, 2),
                MarkdownTable.Number(held.Opening / empty.Opening, 2) + "x");
            memory.Add(
                held.Name,
                MarkdownTable.Number(held.Resident / 1024, 1),
                MarkdownTable.Number(held.Resident / empty.Resident, 2) + "x",
                MarkdownTable.Number(held.Heap / 1024, 1),
                MarkdownTable.Number(held.Heap / empty.Heap, 2) + "x",
                MarkdownTable.Number(held.Before / 1024d / 1024, 0),
                MarkdownTable.Number(held.After / 1024d / 1024, 0));
        }

        return [opening, memory];
    }

    /// <summary>Pages of one server that are opened and then held.</summary>
    /// <param name="prepare">Comes as far as the page that is measured, which counts for nothing.</param>
    private sealed class Held(string name, ServerProcess server, Func<Task<IHeldPage>> prepare)
    {
        private readonly List<IHeldPage> _pages = [];
        private readonly List<TimeSpan> _openings = [];
        private long _heapBefore;
        private long _heapAfter;

        public string Name { get; } = name;

        /// <summary>CPU time for each page.</summary>
        public TimeSpan Opening => _openings.Order().ElementAt(_openings.Count / 2);

        /// <summary>Resident bytes for each page.</summary>
        public double Resident => (double)(After - Before) / _pages.Count;

        /// <summary>Managed bytes for each page.</summary>
        public double Heap => (double)(_heapAfter - _heapBefore) / _pages.Count;

        /// <summary>Resident bytes without the pages.</summary>
        public long Before { get; private set; }

        /// <summary>Resident bytes with all pages.</summary>
        public long After { get; private set; }

        public async Task BeginAsync(int warmUpPages)
        {
            for (var round = 0; round < WarmUpRounds; round++)
            {
                var pages = await PrepareAsync(warmUpPages);
                await AllAsync(pages, OpenAsync);
                await LeaveAsync(pages);
            }

            _heapBefore = await server.CollectAsync();
            Before = server.Resident;
        }

        public async Task OpenAsync(int count)
        {
            var pages = await PrepareAsync(count);
            var processor = server.Processor;
            await AllAsync(pages, OpenAsync);
            _openings.Add((server.Processor - processor) / count);
            _pages.AddRange(pages);
        }

        public async Task EndAsync()
        {
            _heapAfter = await server.CollectAsync();
            After = server.Resident;
            await LeaveAsync(_pages);
        }

        private Task<IReadOnlyList<IHeldPage>> PrepareAsync(int count) => AllAsync(Enumerable.Range(0, count), _ => prepare());

        private static async Task<IHeldPage> OpenAsync(IHeldPage page)
        {
            await page.OpenAsync();
            return page;
        }

        private static async Task<IReadOnlyList<TResult>> AllAsync<T, TResult>(IEnumerable<T> all, Func<T, Task<TResult>> act)
        {
            var done = new List<TResult>();
            foreach (var some in all.Chunk(AtOnce))
                done.AddRange(await Task.WhenAll(some.Select(act)));
            return done;
        }

        private static Task LeaveAsync(IEnumerable<IHeldPage> pages) => Task.WhenAll(pages.Select(page => page.DisposeAsync().AsTask()));
    }

    /// <summary>The page of <see cref="EmptyApp"/>.</summary>
    private sealed class IdlePage(Uri site) : ICircuitPage, IHeldPage
    {
        private readonly TaskCompletionSource<bool> _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Circuit? _circuit;

        public async Task OpenAsync()
        {
            var browser = new Browser(site, negotiates: true);
            _circuit = await Circuit.OpenAsync(browser, await browser.OpenAsync("/"), this);
            await _circuit.WaitForAsync(_shown.Task);
        }

        public string? Answer(string function) => null;

        public void Show(RenderBatch batch)
        {
            if (batch.Shows(EmptyIsland.Shown))
                _shown.TrySetResult(true);
        }

        public ValueTask DisposeAsync() => _circuit!.DisposeAsync();
    }
}
