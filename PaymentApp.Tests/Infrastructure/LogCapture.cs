using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>Keeps all that is logged at any level: messages, their values, scopes and exceptions.</summary>
public sealed class LogCapture : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    public IReadOnlyList<LogEntry> Entries => [.. _entries];

    /// <summary>Everything that a log sink could have written out.</summary>
    public string Text => string.Join('\n', _entries.Select(entry => entry.Text));

    public ILogger<T> For<T>() => new TypedLogger<T>(this);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    /// <summary>A message's or scope's own words, and the values in it.</summary>
    internal static string Written<TState>(TState state) =>
        state is IEnumerable<KeyValuePair<string, object?>> values ? $"{state} {string.Join(' ', values)}" : $"{state}";

    private class Logger(LogCapture capture, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            capture._entries.Enqueue(new LogEntry(category, LogLevel.None, Written(state)));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            capture._entries.Enqueue(new LogEntry(category, logLevel, $"{formatter(state, exception)} {Written(state)} {exception}"));
    }

    private sealed class TypedLogger<T>(LogCapture capture) : Logger(capture, typeof(T).FullName!), ILogger<T>;
}

/// <param name="Level"><see cref="LogLevel.None"/> for a scope.</param>
public sealed record LogEntry(string Category, LogLevel Level, string Text);
