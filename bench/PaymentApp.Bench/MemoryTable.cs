using PaymentApp.Bench.Load;

namespace PaymentApp.Bench;

/// <summary>What a server holds for each page that is open and idle: the checkout beside a component that does nothing.</summary>
internal static class MemoryTable
{
    // Until most of the code is compiled for good: what the compiler keeps is no page's.
    private const int WarmUp = 200;

    // More at once would only measure how they crowd.
    private const int AtOnce = 8;

    public static async Task<MarkdownTable> MeasureAsync(string published, int circuits)
    {
        var table = new MarkdownTable(
            $"Memory, KB for each of {MarkdownTable.Count(circuits)} open and idle pages",
            "What", "resident", "beside the empty component", "managed heap", "beside the empty component", "server alone, resident MB", "with the pages, MB");
        Held empty, checkout;
        using (var server = await EmptyApp.StartAsync())
            empty = await HoldAsync(server, circuits, () => IdlePage.OpenAsync(server.Address));
        using (var shop = await LoadShop.StartAsync(published))
            checkout = await HoldAsync(shop.Server, circuits, async () => await CheckoutVisit.OpenAsync(shop.Address));

        foreach (var (name, held) in new[] { ("component that does nothing", empty), ("checkout", checkout) })
        {
            table.Add(
                name,
                MarkdownTable.Number(held.Resident / 1024, 1),
                MarkdownTable.Number(held.Resident / empty.Resident, 2) + "x",
                MarkdownTable.Number(held.Heap / 1024, 1),
                MarkdownTable.Number(held.Heap / empty.Heap, 2) + "x",
                MarkdownTable.Number(held.Before / 1024d / 1024, 0),
                MarkdownTable.Number(held.After / 1024d / 1024, 0));
        }

        return table;
    }

    private static async Task<Held> HoldAsync(ServerProcess server, int circuits, Func<Task<IAsyncDisposable>> open)
    {
        await LeaveAsync(await OpenAsync(WarmUp, open));
        var heap = await server.CollectAsync();
        var before = server.Resident;
        var pages = await OpenAsync(circuits, open);
        heap = await server.CollectAsync() - heap;
        var after = server.Resident;
        await LeaveAsync(pages);
        return new Held((double)(after - before) / circuits, (double)heap / circuits, before, after);
    }

    private static async Task<IReadOnlyList<IAsyncDisposable>> OpenAsync(int count, Func<Task<IAsyncDisposable>> open)
    {
        var pages = new List<IAsyncDisposable>();
        foreach (var some in Enumerable.Range(0, count).Chunk(AtOnce))
            pages.AddRange(await Task.WhenAll(some.Select(_ => open())));
        return pages;
    }

    private static Task LeaveAsync(IReadOnlyList<IAsyncDisposable> pages) => Task.WhenAll(pages.Select(page => page.DisposeAsync().AsTask()));

    /// <summary>Bytes; the first two for each page.</summary>
    private sealed record Held(double Resident, double Heap, long Before, long After);

    /// <summary>The page of <see cref="EmptyApp"/>.</summary>
    private sealed class IdlePage : ICircuitPage
    {
        private readonly TaskCompletionSource<bool> _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static async Task<IAsyncDisposable> OpenAsync(Uri site)
        {
            var (browser, page) = (new Browser(site), new IdlePage());
            var circuit = await Circuit.OpenAsync(browser, await browser.OpenAsync("/"), page);
            await circuit.WaitForAsync(page._shown.Task);
            return circuit;
        }

        public string? Answer(string function) => null;

        public void Show(RenderBatch batch)
        {
            if (batch.Shows(EmptyIsland.Shown))
                _shown.TrySetResult(true);
        }
    }
}
