using System.Net;
using StripeSandbox.Errors;

namespace StripeSandbox.Guard;

/// <summary>Keeps the control surface and the dashboard to this machine, and out of the reach of web pages that a developer visits.</summary>
internal static class ControlAccess
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    /// <exception cref="Refusal">The caller is elsewhere, or is a page of another origin (403).</exception>
    public static void Require(HttpContext context, AccessSettings settings)
    {
        RequireThisMachine(context, settings);
        if (CallerGuard.IsForeignPage(context.Request))
            throw RequestErrors.ForeignPage("control surface");
    }

    /// <summary>For a page that is looked at: a link on any other page may lead there.</summary>
    /// <exception cref="Refusal">The caller is elsewhere, or is a script of another origin (403).</exception>
    public static void RequireReader(HttpContext context, AccessSettings settings)
    {
        RequireThisMachine(context, settings);
        if (CallerGuard.IsForeignPage(context.Request) && !CallerGuard.IsFollowedLink(context.Request))
            throw RequestErrors.ForeignPage("dashboard");
    }

    private static void RequireThisMachine(HttpContext context, AccessSettings settings)
    {
        if (settings.AllowsRemoteControl)
            return;
        var request = context.Request;
        var isLocal = context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
        // A tunnel or a proxy on this machine speaks for somebody who may be anywhere.
        if (!isLocal || ProxyHeaders.Any(request.Headers.ContainsKey))
            throw RequestErrors.ControlFromElsewhere();
        // A page whose name was made to resolve to this machine would pass for one of its own origin.
        if (!CallerGuard.IsLoopback(request.Host.Host))
            throw RequestErrors.ControlUnderForeignName();
    }
}
