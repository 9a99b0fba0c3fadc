using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace PaymentApp.Bench;

/// <summary>
/// When a page came to what its shopper waits for, told by the page itself: whoever asks from outside asks every half a
/// second at worst, and again from the start when a frame moves.
/// </summary>
internal sealed class Milestones
{
    private const string Binding = "benchReached";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Runs in each frame; times are milliseconds since 1970.
    private const string Script =
        $$"""
        (() => {
          const reached = new Set();
          const tell = (name) => {
            if (!reached.has(name)) {
              reached.add(name);
              window.{{Binding}}(name, performance.timeOrigin + performance.now());
            }
          };
          const look = () => {
            if (document.querySelector("input[name='cardnumber']")?.offsetWidth > 0) {
              tell("{{nameof(Ready)}}");
            }
            if ([...document.querySelectorAll("button")].some((button) => !button.disabled && /^\s*Pay\b/.test(button.textContent))) {
              tell("{{nameof(CanPay)}}");
            }
            if ([...document.querySelectorAll("h1, h2")].some((heading) => heading.textContent.trim() === "Payment complete" && heading.offsetWidth > 0)) {
              tell("{{nameof(Paid)}}");
            }
          };
          new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
          addEventListener("resize", look);
          addEventListener("click", ({ isTrusted }) => isTrusted && tell("{{nameof(Clicked)}}"), true);
        })();
        """;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<double>> _reached = new();

    /// <summary>A card field that can be typed in.</summary>
    public Task<double> Ready => ReachedAsync(nameof(Ready));

    /// <summary>A button to pay with that can be pressed.</summary>
    public Task<double> CanPay => ReachedAsync(nameof(CanPay));

    /// <summary>The first click.</summary>
    public Task<double> Clicked => ReachedAsync(nameof(Clicked));

    /// <summary><em>Payment complete</em>.</summary>
    public Task<double> Paid => ReachedAsync(nameof(Paid));

    /// <summary>Watches all pages that a new context opens from now on.</summary>
    public static async Task<Milestones> WatchAsync(IBrowserContext context)
    {
        var milestones = new Milestones();
        await context.ExposeFunctionAsync<string, double, bool>(Binding, (name, time) => milestones.Source(name).TrySetResult(time));
        await context.AddInitScriptAsync(Script);
        return milestones;
    }

    /// <summary>Forgets the page before.</summary>
    public void Begin() => _reached.Clear();

    private Task<double> ReachedAsync(string name) => Source(name).Task.WaitAsync(Patience);

    private TaskCompletionSource<double> Source(string name) =>
        _reached.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
