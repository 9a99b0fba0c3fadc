using PaymentApp.Bench.Databases;
using PaymentApp.Bench.Load;

namespace PaymentApp.Bench;

/// <summary>
/// What a page costs its server, to be opened and then for each that is open and idle: the checkout beside a component that
/// does nothing.
/// </summary>
internal static class PageTables
{
    // Until most of the code is compiled for good: what the compiler keeps and spends is no page's.
    private const int WarmUp = 200;

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
        Held empty, checkout;
        using (var server = await EmptyApp.StartAsync())
            empty = await HoldAsync(server, circuits, prepare: () => Task.FromResult(new IdlePage()), page => page.OpenAsync(server.Address));
        using (var shop = await LoadShop.StartAsync(published, database))
            checkout = await HoldAsync(shop.Server, circuits, prepare: () => CheckoutVisit.OrderAsync(shop.NextAddress), visit => visit.OpenAsync());

        foreach (var (name, held) in new[] { ("component that does nothing", empty), ("checkout", checkout) })
        {
            opening.Add(
                name,
                MarkdownTable.Number(held.Opening.TotalMilliseconds, 2),
                MarkdownTable.Number(held.Opening / empty.Opening, 2) + "x");
            memory.Add(
                name,
                MarkdownTable.Number(held.Resident / 1024, 1),
                MarkdownTable.Number(held.Resident / empty.Resident, 2) + "x",
                MarkdownTable.Number(held.Heap / 1024, 1),
                MarkdownTable.Number(held.Heap / empty.Heap, 2) + "x",
                MarkdownTable.Number(held.Before / 1024d / 1024, 0),
                MarkdownTable.Number(held.After / 1024d / 1024, 0));
        }

        return [opening, memory];
    }

    /// <param name="prepare">Comes as far as the page that is measured, which counts for nothing.</param>
    private static async Task<Held> HoldAsync<T>(ServerProcess server, int circuits, Func<Task<T>> prepare, Func<T, Task> open)
        where T : IAsyncDisposable
    {
        var pages = await AllAsync(Enumerable.Range(0, WarmUp), _ => prepare());
        await AllAsync(pages, OpenAsync);
        await LeaveAsync(pages);

        pages = await AllAsync(Enumerable.Range(0, circuits), _ => prepare());
        var heap = await server.CollectAsync();
        var before = server.Resident;
        var processor = server.Processor;
        await AllAsync(pages, OpenAsync);
        processor = server.Processor - processor;
        heap = await server.CollectAsync() - heap;
        var after = server.Resident;
        await LeaveAsync(pages);
        return new Held(processor / circuits, (double)(after - before) / circuits, (double)heap / circuits, before, after);

        async Task<T> OpenAsync(T page)
        {
            await open(page);
            return page;
        }
    }

    private static async Task<IReadOnlyList<TResult>> AllAsync<T, TResult>(IEnumerable<T> all, Func<T, Task<TResult>> act)
    {
        var done = new List<TResult>();
        foreach (var some in all.Chunk(AtOnce))
            done.AddRange(await Task.WhenAll(some.Select(act)));
        return done;
    }

    private static Task LeaveAsync<T>(IEnumerable<T> pages)
        where T : IAsyncDisposable =>
        Task.WhenAll(pages.Select(page => page.DisposeAsync().AsTask()));

    /// <param name="Opening">CPU time for each page.</param>
    /// <param name="Resident">Bytes, as all that follow; this and the heap for each page.</param>
    private sealed record Held(TimeSpan Opening, double Resident, double Heap, long Before, long After);

    /// <summary>The page of <see cref="EmptyApp"/>.</summary>
    private sealed class IdlePage : ICircuitPage, IAsyncDisposable
    {
        private readonly TaskCompletionSource<bool> _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Circuit? _circuit;

        public async Task OpenAsync(Uri site)
        {
            var browser = new Browser(site);
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
