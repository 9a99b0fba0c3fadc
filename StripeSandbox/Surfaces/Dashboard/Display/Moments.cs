using System.Globalization;

namespace StripeSandbox.Dashboard.Display;

/// <summary>How the dashboard writes times: in UTC, to the second.</summary>
internal static class Moments
{
    public static DateTimeOffset Of(long unixSeconds) => DateTimeOffset.FromUnixTimeSeconds(unixSeconds);

    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Without the year, for lists.</summary>
    public static string Short(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM, HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Milliseconds, with a decimal below ten.</summary>
    public static string Text(TimeSpan duration) =>
        duration.TotalMilliseconds.ToString(duration.TotalMilliseconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " ms";
}
