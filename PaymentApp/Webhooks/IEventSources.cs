namespace PaymentApp.Webhooks;

/// <summary>The two ways by which Stripe's events come.</summary>
internal enum EventSource
{
    /// <summary>Stripe delivers them.</summary>
    Webhook,

    /// <summary>The shop reads those that were not delivered.</summary>
    CatchUp,
}

/// <summary>Keeps how each source of events did lately, so that the desk can say when webhooks stopped coming.</summary>
internal interface IEventSources
{
    /// <summary>Notes that a source went well, which ends its failing.</summary>
    /// <param name="events">How many events it brought.</param>
    /// <param name="isNew">Whether any of them was new to the shop.</param>
    Task SucceededAsync(EventSource source, int events, bool isNew, CancellationToken cancellationToken = default);

    /// <summary>Notes that a source failed.</summary>
    /// <param name="error">A code or a few words of the shop's own; nothing that came from outside.</param>
    Task FailedAsync(EventSource source, string error, CancellationToken cancellationToken = default);
}
