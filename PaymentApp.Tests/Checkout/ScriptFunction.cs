namespace PaymentApp.Tests.Checkout;

/// <summary>
/// One function of the browser's script. Every call takes the next answer that the test planned; a call without one
/// throws, as bUnit's strict mode does for a function that nobody planned at all. Unlike bUnit's own handlers it stops
/// waiting when the caller's token is cancelled, because Blazor does.
/// </summary>
internal sealed class ScriptFunction<TResult> : JSRuntimeInvocationHandlerBase<TResult>
{
    private readonly string _name;
    private readonly ScriptLog _log;
    private readonly Queue<Func<CancellationToken, Task<TResult>>> _answers = new();
    private Func<TResult>? _usually;

    public ScriptFunction(string name, ScriptLog log)
        : base(invocation => invocation.Identifier == name, isCatchAllHandler: false)
    {
        _name = name;
        _log = log;
        // bUnit would fail a call that a test leaves open, after a while on the wall's clock.
        SetResultBase(default!);
    }

    public void Answers(TResult result) => _answers.Enqueue(_ => Task.FromResult(result));

    public void Answers(Pending<TResult> pending) => _answers.Enqueue(pending.WaitAsync);

    public void Throws(Exception failure) => _answers.Enqueue(_ => Task.FromException<TResult>(failure));

    /// <summary>What calls get that nothing else was planned for.</summary>
    public void UsuallyAnswers(Func<TResult> result) => _usually = result;

    protected override Task<TResult> HandleAsync(JSRuntimeInvocation invocation)
    {
        _ = base.HandleAsync(invocation);
        _log.Add(_name);
        if (_log.Breakdown is { } breakdown)
            return Task.FromException<TResult>(breakdown);
        if (invocation.CancellationToken is { IsCancellationRequested: true } stop)
            return Task.FromCanceled<TResult>(stop);
        if (_answers.TryDequeue(out var answer))
            return answer(invocation.CancellationToken ?? default);

        return _usually is not null
            ? Task.FromResult(_usually())
            : throw new InvalidOperationException($"This call of {_name} was not planned.");
    }
}
