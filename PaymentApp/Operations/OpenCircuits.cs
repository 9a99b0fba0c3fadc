namespace PaymentApp.Operations;

/// <summary>
/// The connections of the pages that are open. The web server waits for each request to end before it stops, and these end
/// when their page is closed: SignalR ends them when the host begins to stop, and a page comes back at once. So the last
/// are ended here, before the server stops, and the time that the host gives is left to those who wait for Stripe.
/// </summary>
internal sealed class OpenCircuits : IDisposable
{
    private static readonly PathString Hub = "/_blazor";

    private readonly CancellationTokenSource _closing = new();

    /// <summary>Lets a request through, and holds it where it is a circuit's; one that comes too late is refused.</summary>
    public Task HoldAsync(HttpContext context, RequestDelegate next) =>
        context.Request.Path.StartsWithSegments(Hub) ? HoldCircuitAsync(context, next) : next(context);

    /// <summary>Ends all connections, and refuses new ones.</summary>
    public void Close() => _closing.Cancel();

    public void Dispose() => _closing.Dispose();

    private async Task HoldCircuitAsync(HttpContext context, RequestDelegate next)
    {
        if (_closing.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        // Given back before the request ends: the server uses its context for another one.
        await using var held = _closing.Token.UnsafeRegister(static context => ((HttpContext)context!).Abort(), context);
        await next(context);
    }
}
