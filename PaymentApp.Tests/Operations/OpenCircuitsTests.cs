using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PaymentApp.Operations;

namespace PaymentApp.Tests.Operations;

public sealed class OpenCircuitsTests
{
    [Fact]
    public async Task Those_that_are_open_are_ended_and_later_ones_refused()
    {
        using var circuits = new OpenCircuits();
        var pages = Enumerable.Range(0, 10).Select(_ => new Request("/_blazor")).ToList();
        var held = pages.Select(page => page.HoldAsync(circuits)).ToList();
        var form = new Request("/orders");
        var posting = form.HoldAsync(circuits);

        circuits.Close();
        circuits.Close();
        await Task.WhenAll(held);
        var late = new Request("/_blazor/negotiate");
        await late.HoldAsync(circuits);

        Assert.All(pages, page => Assert.True(page.IsAborted));
        Assert.Equal((StatusCodes.Status503ServiceUnavailable, false), (late.Context.Response.StatusCode, late.IsAborted));
        Assert.False(posting.IsCompleted);
        form.End();
        await posting;
        Assert.False(form.IsAborted);
    }

    /// <summary>SignalR ends them at the same moment, and the server takes their contexts for the next requests.</summary>
    [Fact]
    public async Task One_that_ends_meanwhile_is_not_touched_any_more()
    {
        using var circuits = new OpenCircuits();
        var pages = Enumerable.Range(0, 10).Select(_ => new Request("/_blazor")).ToList();
        foreach (var page in pages)
            page.WhenAborted = () => pages.ForEach(other => other.End());
        var held = pages.Select(page => page.HoldAsync(circuits)).ToList();

        circuits.Close();
        await Task.WhenAll(held);

        Assert.Single(pages, page => page.IsAborted);
        Assert.All(pages, page => Assert.False(page.WasTouchedAfterItsEnd));
    }

    private sealed class Request : IHttpRequestLifetimeFeature
    {
        // What waits for it goes on within the call that ends it.
        private readonly TaskCompletionSource _ended = new();
        private bool _isOver;

        public Request(string path)
        {
            Context.Request.Path = path;
            Context.Features.Set<IHttpRequestLifetimeFeature>(this);
        }

        public DefaultHttpContext Context { get; } = new();

        public bool IsAborted { get; private set; }

        public Action? WhenAborted { get; set; }

        public bool WasTouchedAfterItsEnd { get; private set; }

        CancellationToken IHttpRequestLifetimeFeature.RequestAborted { get; set; }

        public async Task HoldAsync(OpenCircuits circuits)
        {
            await circuits.HoldAsync(Context, _ => _ended.Task);
            _isOver = true;
        }

        public void End() => _ended.TrySetResult();

        public void Abort()
        {
            WasTouchedAfterItsEnd |= _isOver;
            IsAborted = true;
            WhenAborted?.Invoke();
            End();
        }
    }
}
