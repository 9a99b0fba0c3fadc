namespace PaymentApp.Work;

/// <summary>How long failing work waits for its next try.</summary>
internal static class WorkBackOff
{
    private const int MostDoublings = 20;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// Doubles from two seconds to an hour. A fifth more or less, so that what failed together does not come back together.
    /// </summary>
    /// <param name="tries">How often it was tried.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan After(int tries, double random)
    {
        var wait = First * Math.Pow(2, Math.Clamp(tries - 1, 0, MostDoublings));
        return (wait < Longest ? wait : Longest) * (0.8 + 0.4 * random);
    }
}
