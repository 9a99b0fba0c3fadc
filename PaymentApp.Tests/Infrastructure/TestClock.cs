using Microsoft.Extensions.Time.Testing;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>The time at which tests begin.</summary>
internal static class TestClock
{
    public static readonly DateTimeOffset Start = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A clock that stands still until the test advances it.</summary>
    public static FakeTimeProvider Create() => new(Start);
}
