using StripeSandbox.Errors;

namespace StripeSandbox.Faults;

/// <summary>A fault, and which requests it meets.</summary>
internal sealed class FaultRule(string id, FaultKind kind, string route, int? count, int skip, double probability, TimeSpan latency, int seed)
{
    /// <summary>The parameter that a request has to name; null for none.</summary>
    public string? Parameter { get; init; }

    /// <summary>What <see cref="FaultKind.Refuse"/> answers; null for every other kind.</summary>
    public Refusal? Refusal { get; init; }

    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private int? _remaining = count;
    private int _toSkip = skip;
    private int _waiting;

    public string Id => id;

    public FaultKind Kind => kind;

    /// <summary><c>POST /v1/payment_intents/{id}/confirm</c>, or <c>*</c> for every route of the API.</summary>
    public string Route => route;

    public double Probability => probability;

    public TimeSpan Latency => latency;

    /// <summary>How many requests it will still meet; null for all.</summary>
    public int? Remaining
    {
        get
        {
            lock (_gate)
                return _remaining;
        }
    }

    /// <summary>How many requests wait in it at the moment.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Whether it strikes this request; counts it if so.</summary>
    public bool Strikes()
    {
        lock (_gate)
        {
            if (_remaining == 0 || _random.NextDouble() >= probability)
                return false;
            if (_toSkip > 0)
            {
                _toSkip--;
                return false;
            }

            _remaining--;
            return true;
        }
    }

    public async Task WaitAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await Task.Delay(latency, clock, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
