using StripeSandbox.Books;
using StripeSandbox.Dashboard.Live;

namespace StripeSandbox.Dashboard;

/// <summary>
/// Sends a page's content as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): now, and
/// again whenever something changed it.
/// </summary>
internal sealed class LiveStream(LiveFeed feed, SandboxBooks books, DashboardRenderer renderer, IHostApplicationLifetime lifetime)
{
    /// <summary>Nobody reads faster; a busy sandbox shall not spend itself on being watched.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    public async Task SendAsync(HttpContext context, Func<DashboardPage> open)
    {
        // A stream that nobody ends would hold up the sandbox's own end.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var watcher = feed.Watch();
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        try
        {
            for (string? shown = null; ; await watcher.NextAsync(ending.Token))
            {
                var content = await books.ReadAsync(() => renderer.ContentAsync(open()));
                if (content != shown)
                    await WriteAsync(context.Response, content, ending.Token);
                shown = content;
                await Task.Delay(Pace, ending.Token);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The watcher left, or the sandbox ends: both are how a stream ends.
        }
    }

    private static async Task WriteAsync(HttpResponse response, string content, CancellationToken cancellationToken)
    {
        var message = "data: " + content.ReplaceLineEndings("\ndata: ") + "\n\n";
        await response.WriteAsync(message, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
