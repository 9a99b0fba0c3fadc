namespace PaymentApp.Work;

/// <summary>How a piece of work came out.</summary>
internal abstract record WorkResult
{
    private WorkResult()
    {
    }

    /// <summary>There is nothing left to do.</summary>
    /// <param name="Note">Why there was nothing to do, if so.</param>
    public sealed record Done(string? Note = null) : WorkResult;

    /// <summary>It went well and is due once more.</summary>
    /// <param name="At">When, UTC.</param>
    public sealed record Again(DateTime At) : WorkResult;

    /// <summary>It may go better later: tried again with growing waits, and parked when it went on failing for too long.</summary>
    /// <param name="Error">Why, for the operator; without secrets.</param>
    /// <param name="NotBefore">The earliest time of the next try, UTC; null to leave it to the queue.</param>
    public sealed record Retry(string Error, Exception? Cause = null, DateTime? NotBefore = null) : WorkResult;

    /// <summary>It will not go better by itself.</summary>
    /// <param name="Error">Why, for the operator; without secrets.</param>
    public sealed record Park(string Error, Exception? Cause = null) : WorkResult;
}
