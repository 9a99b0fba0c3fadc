using System.Net;
using StripeSandbox.Errors;

namespace StripeSandbox.Guard;

/// <summary>
/// Tells a shop's server from a web page that somebody happens to have open. Any secret key may open the sandbox, so a call that
/// carries one must not come from a browser: not from a page of another origin, and not under a name that was made to resolve here.
/// </summary>
internal static class CallerGuard
{
    private const string FetchSite = "Sec-Fetch-Site";
    private const string ForwardedHost = "X-Forwarded-Host";

    /// <summary>For a call with a secret key.</summary>
    /// <exception cref="Refusal">It comes from a web page, or for a host that is not the sandbox's (403).</exception>
    public static void RequireProgram(HttpRequest request, AccessSettings settings)
    {
        if (IsForeignPage(request))
            throw RequestErrors.SecretKeyOnForeignPage();
        if (!IsKnown(request.Host.Host, settings))
            throw RequestErrors.SecretKeyUnderForeignName(request.Host.Host);
        if (request.Headers.ContainsKey(ForwardedHost) && ForwardedHosts(request).FirstOrDefault(name => !IsKnown(name, settings)) is { } stranger)
            throw RequestErrors.SecretKeyUnderForeignName(stranger);
    }

    /// <summary>Whether a browser sent the request for a page that is not the sandbox's own.</summary>
    public static bool IsForeignPage(HttpRequest request)
    {
        var site = request.Headers[FetchSite].ToString();
        if (site == "same-origin")
            return false;
        var origin = request.Headers.Origin.ToString();
        return site.Length > 0 && site != "none" || origin.Length > 0 && !IsOwn(origin, request);
    }

    /// <summary>Whether the whole window goes to the sandbox, which no other page can look into.</summary>
    public static bool IsFollowedLink(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Origin.Count == 0
        && request.Headers["Sec-Fetch-Mode"] == "navigate"
        && request.Headers["Sec-Fetch-Dest"] == "document";

    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // The scheme may be that of a proxy in front.
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && request.Host.HasValue
        && page.Authority.Equals(
            Uri.TryCreate($"{page.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own) ? own.Authority : request.Host.Value,
            StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> ForwardedHosts(HttpRequest request) => request.Headers[ForwardedHost]
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries))
        .Select(name => new HostString(name).Host);

    // Nobody can register a name without a dot, or one below .internal, and lead a browser here by it.
    private static bool IsKnown(string name, AccessSettings settings) =>
        IsLoopback(name)
        || IPAddress.TryParse(name, out _)
        || (name.Length > 0 && !name.Contains('.', StringComparison.Ordinal))
        || name.EndsWith(".internal", StringComparison.OrdinalIgnoreCase)
        || settings.HostNames.Contains(name, StringComparer.OrdinalIgnoreCase);
}
