using Microsoft.Playwright;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>
/// The one browser of a test run, shared by every test; each takes a context of its own from it. It is the machine's
/// headless shell, Chromium or Chrome, or else the one that Playwright installs: a browser test runs or fails, it is never
/// skipped. The shell comes first: it has no window to draw, and a test costs less than half.
/// </summary>
public static class Chromium
{
    private const string PathVariable = "CHROMIUM_PATH";

    private static readonly string[] QuietFlags =
    [
        "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability",
        "--disable-sync", "--metrics-recording-only", "--no-default-browser-check", "--no-first-run", "--no-pings",
    ];

    private static readonly Lazy<Task<IPlaywright>> Driver = new(Playwright.CreateAsync);

    private static readonly Lazy<Task<IBrowser>> Shared = new(LaunchAsync);

    public static Task<IBrowser> LaunchedAsync() => Shared.Value;

    /// <summary>A browser of a test's own, started with these flags beside the usual ones; the test disposes it.</summary>
    public static async Task<IBrowser> LaunchWithAsync(params string[] flags)
    {
        await LaunchedAsync();
        return await StartAsync(await Driver.Value, flags);
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        // A busy build machine is slow, not broken; who waits for what comes waits no longer for it.
        Assertions.SetDefaultExpectTimeout(60_000);
        if (FindExecutable() is null) InstallOwn();
        return await StartAsync(await Driver.Value, []);
    }

    private static Task<IBrowser> StartAsync(IPlaywright playwright, string[] flags) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = FindExecutable(),
        // Chromium's own sandbox refuses to run as root, which is what build containers run as.
        ChromiumSandbox = !(OperatingSystem.IsLinux() && Environment.UserName == "root"),
        Args = [.. QuietFlags, .. flags],
    });

    private static string? FindExecutable()
    {
        var chosen = Environment.GetEnvironmentVariable(PathVariable);
        if (string.IsNullOrEmpty(chosen)) return UsualPaths().FirstOrDefault(File.Exists);
        return File.Exists(chosen) ? chosen : throw new InvalidOperationException($"{PathVariable} names '{chosen}', which does not exist.");
    }

    private static IEnumerable<string> UsualPaths()
    {
        if (OperatingSystem.IsWindows())
        {
            return from folder in new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData }
                   from browser in new[] { @"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe" }
                   select Path.Combine(Environment.GetFolderPath(folder), browser);
        }

        if (OperatingSystem.IsMacOS())
        {
            return from browser in new[] { "Google Chrome", "Chromium", "Microsoft Edge" }
                   select $"/Applications/{browser}.app/Contents/MacOS/{browser}";
        }

        return from browser in new[] { "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge" }
               from folder in (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin").Split(Path.PathSeparator)
               select Path.Combine(folder, browser);
    }

    private static void InstallOwn()
    {
        var exitCode = Microsoft.Playwright.Program.Main(["install", "chromium"]);
        if (exitCode == 0) return;
        throw new InvalidOperationException(
            $"The browser tests need Chromium, and Playwright could not install its own (exit code {exitCode}). "
            + $"Install Chromium or Chrome, or set {PathVariable} to the executable.");
    }
}
