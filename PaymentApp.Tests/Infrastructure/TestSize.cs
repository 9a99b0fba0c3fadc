using System.Globalization;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>
/// How much the random tests and the crash tests do: enough to find a fault that is there, or, where the environment
/// variable <c>PAYMENTAPP_FULL_TESTS</c> is 1, enough to find a rare one.
/// </summary>
internal static class TestSize
{
    private const string FullVariable = "PAYMENTAPP_FULL_TESTS";

    /// <summary>Why a dear test is skipped by default; null in a full run.</summary>
    public static string? WhyLeftOut => IsFull ? null : $"Part of a full run: {FullVariable}=1.";

    public static bool IsFull { get; } = Environment.GetEnvironmentVariable(FullVariable) == "1";

    /// <summary>
    /// The pairs of two lists: all of them in a full run. By default an eighth or more, which holds every item of both
    /// lists; other pairs for another <paramref name="turn"/>. Of two items each, the last pair.
    /// </summary>
    public static TheoryData<TFirst, TSecond> Pairs<TFirst, TSecond>(IReadOnlyList<TFirst> firsts, IReadOnlyList<TSecond> seconds, int turn = 0)
    {
        if (!IsFull && firsts.Count * seconds.Count <= 4)
            return new TheoryData<TFirst, TSecond> { { firsts[^1], seconds[^1] } };

        var step = IsFull ? 1 : Math.Min(8, Math.Min(firsts.Count, seconds.Count));
        var data = new TheoryData<TFirst, TSecond>();
        for (var first = 0; first < firsts.Count; first++)
            for (var second = 0; second < seconds.Count; second++)
                if ((first + second + turn) % step == 0)
                    data.Add(firsts[first], seconds[second]);
        return data;
    }

    /// <summary>All items in a full run, one in two or more by default; others for another <paramref name="turn"/>.</summary>
    public static TheoryData<T> Some<T>(IEnumerable<T> items, int turn = 0, int oneIn = 2) =>
        [.. items.Where((_, index) => IsFull || (index + turn) % oneIn == 0)];

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
