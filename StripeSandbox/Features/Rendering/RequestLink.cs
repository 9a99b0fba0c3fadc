using System.Globalization;

namespace StripeSandbox.Rendering;

/// <summary>Where a request can be looked up: the dashboard of the sandbox that was asked.</summary>
internal readonly record struct RequestLink(string Origin, string RequestId)
{
    /// <summary>For <c>request_log_url</c>; <paramref name="now"/> in Unix seconds.</summary>
    public string Url(long now) => string.Create(CultureInfo.InvariantCulture, $"{Origin}/test/logs/{RequestId}?t={now}");
}
