using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>One test's browser: a context that shares nothing with other tests, its first page, and what went wrong in it.</summary>
public sealed class BrowserSession
{
    private static readonly bool IsTraced = Environment.GetEnvironmentVariable("PAYMENTAPP_TRACES") == "1";

    /// <summary>After this a test hangs: a promise that never settles would stop the whole run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private BrowserSession(IBrowserContext context, IPage page)
    {
        Context = context;
        Page = page;
        Problems = new BrowserProblems(context);
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public BrowserProblems Problems { get; }

    /// <summary>
    /// Runs a test in a fresh browser context and fails it for any problem that it did not expect. A failed test leaves a
    /// screenshot of each page under <c>artifacts/</c>, and where the environment variable <c>PAYMENTAPP_TRACES</c> is 1 a
    /// trace, which <c>playwright show-trace</c> opens; recording costs an eighth of a test's time.
    /// </summary>
    public static async Task RunAsync(
        Func<BrowserSession, Task> test,
        Action<BrowserNewContextOptions>? configure = null,
        [CallerFilePath] string file = "",
        [CallerMemberName] string name = "")
    {
        var options = new BrowserNewContextOptions { Locale = "en-US", ViewportSize = new() { Width = 1000, Height = 800 } };
        configure?.Invoke(options);
        var browser = await Chromium.LaunchedAsync();
        await using var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(60_000);
        // The trace shows the page by its snapshots; a film of it too would cost another seventh of a run's time.
        if (IsTraced)
            await context.Tracing.StartAsync(new() { Screenshots = false, Snapshots = true });
        var session = new BrowserSession(context, await context.NewPageAsync());
        try
        {
            await test(session).WaitAsync(Patience);
            session.Problems.AssertNone();
        }
        catch
        {
            await session.KeepEvidenceAsync(Path.Combine(
                ArtifactsFolder(), $"{Path.GetFileNameWithoutExtension(file)}.{name}-{DateTime.Now:HHmmss-fff}"));
            throw;
        }
    }

    /// <summary>The folder beside the solution where test runs leave what is worth a look.</summary>
    public static string ArtifactsFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PaymentApp.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "artifacts");
    }

    private async Task KeepEvidenceAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        for (var index = 0; index < Context.Pages.Count; index++)
            await Context.Pages[index].ScreenshotAsync(new() { Path = Path.Combine(folder, $"page-{index}.png") });
        if (IsTraced)
            await Context.Tracing.StopAsync(new() { Path = Path.Combine(folder, "trace.zip") });
        await File.WriteAllLinesAsync(Path.Combine(folder, "problems.txt"), Problems.Unexpected());
    }
}
