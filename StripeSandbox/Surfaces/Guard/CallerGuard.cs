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

    /// <summary>For a call with a secret key.</summary>
    /// <exception cref="Refusal">It comes from a web page, or for a host that is not the sandbox's (403).</exception>
    public static void RequireProgram(HttpRequest request, AccessSettings settings)
    {
        if (IsForeignPage(request))
        {
            throw Forbidden(
                "This sandbox takes no secret key from a web page of another origin: a secret key belongs on your server. "
                + "Stripe.js calls with the publishable key, which works from anywhere.");
        }

        if (HostNames(request).FirstOrDefault(name => !IsKnown(name, settings)) is { } stranger)
        {
            throw Forbidden(
                $"This sandbox takes no secret key under the host name '{stranger}', to which any web site could have led a browser. "
                + "Call it by its IP address or as localhost, or name the host in Sandbox:AllowedHosts.");
        }
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

    public static Refusal Forbidden(string message) => Refusal.Invalid(message, status: StatusCodes.Status403Forbidden);

    // The scheme may be that of a proxy in front.
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && request.Host.HasValue
        && page.Authority.Equals(
            Uri.TryCreate($"{page.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own) ? own.Authority : request.Host.Value,
            StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> HostNames(HttpRequest request)
    {
        yield return request.Host.Host;
        foreach (var name in request.Headers["X-Forwarded-Host"].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)))
            yield return new HostString(name).Host;
    }

    // Nobody can register a name without a dot, or one below .internal, and lead a browser here by it.
    private static bool IsKnown(string name, AccessSettings settings) =>
        IsLoopback(name)
        || IPAddress.TryParse(name, out _)
        || (name.Length > 0 && !name.Contains('.', StringComparison.Ordinal))
        || name.EndsWith(".internal", StringComparison.OrdinalIgnoreCase)
        || settings.HostNames.Contains(name, StringComparer.OrdinalIgnoreCase);
}
