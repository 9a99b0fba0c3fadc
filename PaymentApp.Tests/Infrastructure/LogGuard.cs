using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using StripeSandbox.Cards;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>
/// Reads along in every shop's log and finds what must never be written down: client secrets, secret keys,
/// webhook secrets, card numbers and the address that tests pay with. Every shop of every test has one, and fails the test when it found something.
/// </summary>
public sealed partial class LogGuard : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _found = new();
    private int _read;

    /// <summary>Where receipts go in tests; no log may hold it.</summary>
    public const string ShopperEmail = "ada.shopper@mail.example";

    /// <summary>
    /// From which level on it reads: every SQL command and connection only in a full run. What one payment writes at any
    /// level, <c>SecretsStaySecretTests</c> read in every run.
    /// </summary>
    public static LogLevel Level => TestSize.IsFull ? LogLevel.Debug : LogLevel.Information;

    /// <summary>How many messages were read.</summary>
    public int Read => _read;

    public IReadOnlyList<string> Found => [.. _found];

    public ILogger CreateLogger(string categoryName) => new Reader(this, categoryName);

    public void AssertNothingLeaked() =>
        Assert.True(_found.IsEmpty, "The shop's log holds what must never be written down:\n" + string.Join('\n', _found));

    public void Dispose()
    {
    }

    /// <summary>The secrets in a text, cut short so that a failed test does not spread them.</summary>
    internal static IEnumerable<string> SecretsIn(string text)
    {
        foreach (Match secret in Secret().Matches(text))
            yield return secret.Value[..Math.Min(12, secret.Length)] + "…";
        if (text.Contains(ShopperEmail, StringComparison.OrdinalIgnoreCase))
            yield return "a shopper's e-mail address";
        foreach (Match digits in LongNumber().Matches(text))
            if (TestCards.WithNumber(string.Concat(digits.Value.Where(char.IsAsciiDigit))) is not null)
                yield return "a card number ending in " + digits.Value[^4..];
    }

    [GeneratedRegex("_secret_[A-Za-z0-9]{10,}|[sr]k_(test|live)_[A-Za-z0-9]{6,}|whsec_[A-Za-z0-9]{6,}", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();

    [GeneratedRegex("(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex LongNumber();

    private void Look(string category, string text)
    {
        Interlocked.Increment(ref _read);
        foreach (var secret in SecretsIn(text))
            _found.Enqueue($"{category}: {secret}");
    }

    private sealed class Reader(LogGuard guard, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            guard.Look(category, LogCapture.Written(state));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            guard.Look(category, $"{formatter(state, exception)} {LogCapture.Written(state)} {exception}");
    }
}
