namespace PaymentApp.Work;

/// <summary>Does the work of one kind. Registered under its <see cref="WorkKind"/> as key; made anew for each item.</summary>
internal interface IWorkHandler
{
    /// <summary>
    /// Does one piece of work. It may be called again for the same item after it was done, when the process died before
    /// that was written down. What it throws is taken as <see cref="WorkResult.Retry"/>.
    /// </summary>
    Task<WorkResult> HandleAsync(WorkItem item, CancellationToken cancellationToken = default);
}
