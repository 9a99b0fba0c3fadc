using System.Net;

namespace StripeSandbox.Api;

/// <summary>Keeps the control surface to this machine, and out of the reach of web pages that a developer visits.</summary>
internal static class ControlAccess
{
    /// <exception cref="Refusal">The caller is elsewhere, or is a page of another origin (403).</exception>
    public static void Require(HttpContext context, SandboxOptions options)
    {
        var request = context.Request;
        var isLocal = context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
        if (!isLocal && !options.AllowRemoteControl)
            throw Forbidden("The control surface answers this machine only. Set Sandbox:AllowRemoteControl to open it.");
        // A page whose name was made to resolve to this machine would pass for one of its own origin.
        if (!IsLoopback(request.Host.Host) && !options.AllowRemoteControl)
            throw Forbidden("The control surface answers to localhost only. Set Sandbox:AllowRemoteControl to open it.");
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && origin != $"{request.Scheme}://{request.Host}")
            throw Forbidden("The control surface does not answer pages of another origin.");
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static Refusal Forbidden(string message) => Refusal.Invalid(message, status: StatusCodes.Status403Forbidden);
}
