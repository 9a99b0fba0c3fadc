using System.Collections.Concurrent;

namespace PaymentApp.Operations;

/// <summary>
/// The connections of the pages that are open. The web server waits for each request to end before it stops, and these end
/// when their page is closed: SignalR ends them when the host begins to stop, and a page comes back at once. So the last
/// are ended here, before the server stops, and the time that the host gives is left to those who wait for Stripe.
/// </summary>
internal sealed class OpenCircuits
{
    private static readonly PathString Hub = "/_blazor";

    private readonly ConcurrentDictionary<HttpContext, bool> _open = new();
    private volatile bool _isClosed;

    /// <summary>Lets a request through, and holds it where it is a circuit's; one that comes too late is refused.</summary>
    public async Task HoldAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments(Hub))
        {
            await next(context);
            return;
        }

        _open.TryAdd(context, true);
        try
        {
            if (_isClosed)
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            else
                await next(context);
        }
        finally
        {
            _open.TryRemove(context, out _);
        }
    }

    /// <summary>Ends all connections, and refuses new ones.</summary>
    public void Close()
    {
        _isClosed = true;
        foreach (var context in _open.Keys)
            context.Abort();
    }
}
