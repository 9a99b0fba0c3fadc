using System.Text.RegularExpressions;

namespace PaymentApp.Tests.Faults;

/// <summary>
/// The way from the shop's server to Stripe: the part of it that the sandbox is not. It refuses connections, and it loses
/// patience as soon as Stripe holds an answer back, so that no test waits for a real timeout.
/// </summary>
internal sealed class Wire
{
    private readonly Lock _gate = new();
    private Trouble? _trouble;
    private int _struck;

    /// <summary>How many requests have met trouble since it was made.</summary>
    public int Struck => Volatile.Read(ref _struck);

    public DelegatingHandler Handler() => new Cable(this);

    public void Refuse(string route, int count, int skip) => Begin(new Trouble(RouteOf(route), count, skip, HeldBack: null));

    /// <param name="heldBack">Ends when Stripe has carried the request out and holds its answer back.</param>
    public void LosePatience(string route, int count, int skip, Func<Task> heldBack) =>
        Begin(new Trouble(RouteOf(route), count, skip, heldBack));

    public void Heal()
    {
        lock (_gate)
            _trouble = null;
    }

    private void Begin(Trouble next)
    {
        lock (_gate)
        {
            _trouble = next;
            _struck = 0;
        }
    }

    private Trouble? Meet(HttpRequestMessage request)
    {
        lock (_gate)
        {
            if (_trouble is not { Count: > 0 } met || !met.Route.IsMatch($"{request.Method} {request.RequestUri!.AbsolutePath}"))
                return null;
            if (met.Skip > 0)
            {
                _trouble = met with { Skip = met.Skip - 1 };
                return null;
            }

            _trouble = met with { Count = met.Count - 1 };
            _struck++;
            return met;
        }
    }

    private static Regex RouteOf(string route) => new($"^{Regex.Escape(route).Replace(@"\{id}", "[^/]+", StringComparison.Ordinal)}$");

    private sealed record Trouble(Regex Route, int Count, int Skip, Func<Task>? HeldBack);

    private sealed class Cable(Wire wire) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (wire.Meet(request) is not { } met)
                return await base.SendAsync(request, cancellationToken);
            if (met.HeldBack is null)
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Nobody listens there.");

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var answer = base.SendAsync(request, patience.Token);
            await met.HeldBack();
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);

            // What HttpClient itself throws once its time is over.
            throw new TaskCanceledException("Nobody answered in time.", new TimeoutException());
        }
    }
}
