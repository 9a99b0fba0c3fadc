using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>
/// What a careful developer would see in the console while a test runs: errors, uncaught exceptions,
/// Content-Security-Policy violations (which Chromium reports there) and requests that failed.
/// </summary>
public sealed class BrowserProblems
{
    private readonly ConcurrentQueue<string> _found = new();
    private readonly ConcurrentBag<Regex> _expected = [];

    internal BrowserProblems(IBrowserContext context)
    {
        context.Console += (_, message) =>
        {
            if (message.Type == "error") _found.Enqueue($"console: {message.Text} ({message.Location})");
        };
        context.WebError += (_, error) => _found.Enqueue($"uncaught: {error.Error}");
        context.RequestFailed += (_, request) =>
        {
            // A navigation abandons what the page before it was still loading.
            if (request.Failure != "net::ERR_ABORTED") _found.Enqueue($"request: {request.Method} {request.Url}: {request.Failure}");
        };
    }

    /// <summary>Announces problems that a test brings about on purpose.</summary>
    public void Expect(string pattern) => _expected.Add(new Regex(pattern));

    public IReadOnlyList<string> Unexpected() => [.. _found.Where(problem => !_expected.Any(pattern => pattern.IsMatch(problem)))];

    public void AssertNone()
    {
        var unexpected = Unexpected();
        Assert.True(unexpected.Count == 0, "The browser reported:\n" + string.Join('\n', unexpected));
    }
}
