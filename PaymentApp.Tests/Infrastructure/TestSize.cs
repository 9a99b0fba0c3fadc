using System.Globalization;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>
/// How much the random tests and the crash tests do: enough to find a fault that is there, or, where the environment
/// variable <c>PAYMENTAPP_FULL_TESTS</c> is 1, enough to find a rare one.
/// </summary>
internal static class TestSize
{
    private const string FullVariable = "PAYMENTAPP_FULL_TESTS";

    public static bool IsFull { get; } = Environment.GetEnvironmentVariable(FullVariable) == "1";

    /// <param name="quick">The size by default.</param>
    /// <param name="full">The size of a full run.</param>
    /// <param name="variable">An environment variable that sets the size of this test alone, in either run.</param>
    public static int Of(int quick, int full, string? variable = null)
    {
        if (variable is not null && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given)
            return int.Parse(given, CultureInfo.InvariantCulture);
        return IsFull ? full : quick;
    }
}
