using Microsoft.Playwright;

namespace PaymentApp.Bench;

/// <summary>What a shopper's browser fetches from the published shop and waits for, beside the plain page, in turns.</summary>
internal static class BrowserTable
{
    private const int Rounds = 3;

    private static readonly string[] BrowserNames = ["chromium-headless-shell", "chromium", "google-chrome"];

    private static readonly (string Name, Dictionary<string, object>? Conditions)[] Networks =
    [
        ("loopback", null),
        ("400 kbit/s, 400 ms", new() { ["offline"] = false, ["latency"] = 400, ["downloadThroughput"] = 50_000, ["uploadThroughput"] = 50_000 }),
    ];

    public static async Task<MarkdownTable> MeasureAsync(BenchShop shop, string publishedFolder)
    {
        var table = new MarkdownTable(
            "Browser, to a ready card field and to a payment (medians)",
            "Network", "Cache", "What", "requests", "KB", "own KB", "card ready ms", "beside the plain page", "can pay ms", "beside the plain page", "click to complete ms", "beside the plain page");
        await using var plain = await PlainPage.StartAsync(shop.Sandbox.Address);
        using var published = await PublishedShop.StartAsync(shop.Settings, publishedFolder);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = FindBrowser(),
            // Chromium's own sandbox refuses to run as root.
            ChromiumSandbox = !(OperatingSystem.IsLinux() && Environment.UserName == "root"),
        });
        (string Name, Func<Task<Uri>> Address)[] pages =
        [
            ("plain page", () => Task.FromResult(plain.Address)),
            ("checkout", async () => new Uri(published.Address, $"/checkout/{(await shop.PlaceAsync(1))[0].Value}")),
        ];

        foreach (var (network, conditions) in Networks)
        {
            var visits = pages.ToDictionary(page => page.Name, _ => new List<(Visit Cold, Visit Warm)>());
            // The first round warms the server up, once.
            for (var round = conditions is null ? 0 : 1; round <= Rounds; round++)
            {
                foreach (var (name, address) in pages)
                {
                    var pair = await VisitTwiceAsync(browser, address, conditions);
                    if (round > 0)
                        visits[name].Add(pair);
                }
            }

            AddTo(table, network, "cold", visits.ToDictionary(page => page.Key, page => page.Value.ConvertAll(pair => pair.Cold)));
            AddTo(table, network, "warm", visits.ToDictionary(page => page.Key, page => page.Value.ConvertAll(pair => pair.Warm)));
        }

        return table;
    }

    /// <summary>Two visits of one new visitor: the second finds what the first left in the cache.</summary>
    private static async Task<(Visit Cold, Visit Warm)> VisitTwiceAsync(
        IBrowser browser, Func<Task<Uri>> address, Dictionary<string, object>? conditions)
    {
        await using var context = await browser.NewContextAsync();
        var milestones = await Milestones.WatchAsync(context);
        var page = await context.NewPageAsync();
        var cdp = await context.NewCDPSessionAsync(page);
        await cdp.SendAsync("Network.enable");
        if (conditions is not null)
            await cdp.SendAsync("Network.emulateNetworkConditions", conditions);
        var cold = await Visit.MakeAsync(page, cdp, milestones, await address());
        await page.GotoAsync("about:blank");
        return (cold, await Visit.MakeAsync(page, cdp, milestones, await address()));
    }

    private static void AddTo(MarkdownTable table, string network, string cache, Dictionary<string, List<Visit>> pages)
    {
        var reference = pages.First().Value;
        foreach (var (name, visits) in pages)
        {
            table.Add(
                network,
                cache,
                name,
                MarkdownTable.Number(Median(visits, visit => visit.Requests), 0),
                MarkdownTable.Number(Median(visits, visit => visit.Bytes) / 1024, 1),
                MarkdownTable.Number(Median(visits, visit => visit.OwnBytes) / 1024, 1),
                MarkdownTable.Number(Median(visits, visit => visit.Ready.TotalMilliseconds), 0),
                Beside(visit => visit.Ready.TotalMilliseconds),
                MarkdownTable.Number(Median(visits, visit => visit.CanPay.TotalMilliseconds), 0),
                Beside(visit => visit.CanPay.TotalMilliseconds),
                MarkdownTable.Number(Median(visits, visit => visit.Paid.TotalMilliseconds), 0),
                Beside(visit => visit.Paid.TotalMilliseconds));

            string Beside(Func<Visit, double> figure) => MarkdownTable.Number(Median(visits, figure) / Median(reference, figure), 2) + "x";
        }
    }

    private static double Median(List<Visit> visits, Func<Visit, double> figure) => visits.Select(figure).Order().ElementAt(visits.Count / 2);

    /// <summary>The browser that <c>CHROMIUM_PATH</c> names, or else the machine's; null for the one that Playwright has installed.</summary>
    private static string? FindBrowser() =>
        Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } chosen
            ? chosen
            : BrowserNames
                .SelectMany(_ => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), (name, folder) => Path.Combine(folder, name))
                .FirstOrDefault(File.Exists);
}
