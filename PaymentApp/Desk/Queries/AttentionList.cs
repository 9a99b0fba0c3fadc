using PaymentApp.Payments;

namespace PaymentApp.Desk.Queries;

/// <summary>What needs a person.</summary>
internal sealed record AttentionList(
    IReadOnlyList<ParkedWork> Parked,
    IReadOnlyList<AttentionLine> Holds,
    IReadOnlyList<AttentionLine> Disputes,
    IReadOnlyList<AttentionLine> Warnings,
    IReadOnlyList<AttentionLine> Mismatches,
    IReadOnlyList<AttentionLine> Unanswered,
    DateTime? OldestWaiting,
    EventIntake Events)
{
    public int Count =>
        Parked.Count + Holds.Count + Disputes.Count + Warnings.Count + Mismatches.Count + Unanswered.Count + (Events.NeedsPerson ? 1 : 0);
}

/// <summary>How Stripe's events come to the shop.</summary>
/// <param name="Webhook">Those that Stripe delivers; null before the first delivery.</param>
/// <param name="CatchUp">Those that the shop reads because none was delivered; null before the first reading.</param>
/// <param name="NeedsPerson">Whether the reading has failed for so long that it will not mend itself.</param>
public sealed record EventIntake(EventSourceState? Webhook, EventSourceState? CatchUp, bool NeedsPerson)
{
    /// <summary>The reading has been tried again several times by then.</summary>
    public static readonly TimeSpan NeedsPersonAfter = TimeSpan.FromMinutes(15);

    // A webhook that is on its way is overtaken by the reading now and then.
    private static readonly TimeSpan WebhookTakes = TimeSpan.FromMinutes(10);

    /// <summary>Whether the newest event that was not delivered is much younger than the last delivery.</summary>
    public bool IsWebhookSilent => CatchUp?.LastNewAt is { } missed && (Webhook?.LastAt is not { } last || missed - last > WebhookTakes);
}

/// <summary>How one source of events did lately; times are UTC.</summary>
/// <param name="LastAt">When it last went well; null if never.</param>
/// <param name="LastCount">How many events it brought then.</param>
/// <param name="LastNewAt">When it last brought one that the shop did not have; null if never.</param>
/// <param name="FailingSince">Since when it fails; null while it does not.</param>
/// <param name="Error">Why it fails.</param>
public sealed record EventSourceState(DateTime? LastAt, int LastCount, DateTime? LastNewAt, DateTime? FailingSince, string? Error);

/// <summary>One payment that needs a person.</summary>
/// <param name="Key">What it is about; another one of the same payment, or the same again after a note, has another.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Until">By when something has to be done, UTC, where that is known.</param>
public sealed record AttentionLine(string Key, OrderId Order, string Number, Money Amount, DateTime Since, DateTime? Until, string? Detail);

/// <summary>Work that was tried often enough.</summary>
/// <param name="About">What it is about, such as the type of an event and its object.</param>
/// <param name="OrderNumber">The order that it is about, where one is known.</param>
/// <param name="Since">UTC.</param>
internal sealed record ParkedWork(string Id, string About, string? OrderNumber, DateTime Since, int Tries, string? Error);

/// <summary>The work that the shop does by itself, as far as the desk has a say in it.</summary>
internal interface IParkedWork
{
    /// <summary>What was tried often enough, oldest first.</summary>
    Task<IReadOnlyList<ParkedWork>> ParkedAsync(int most, CancellationToken cancellationToken = default);

    /// <summary>Has it tried again. False when it is not parked.</summary>
    Task<bool> ReplayAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Since when the oldest work waits that is not done, UTC; null when none waits.</summary>
    Task<DateTime?> OldestWaitingAsync(CancellationToken cancellationToken = default);
}
