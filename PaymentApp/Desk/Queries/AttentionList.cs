using PaymentApp.Payments;

namespace PaymentApp.Desk.Queries;

/// <summary>What needs a person.</summary>
internal sealed record AttentionList(
    IReadOnlyList<ParkedWork> Parked,
    IReadOnlyList<AttentionLine> Holds,
    IReadOnlyList<AttentionLine> Disputes,
    IReadOnlyList<AttentionLine> Mismatches,
    IReadOnlyList<AttentionLine> Unanswered,
    DateTime? OldestWaiting)
{
    public int Count => Parked.Count + Holds.Count + Disputes.Count + Mismatches.Count + Unanswered.Count;
}

/// <summary>One payment that needs a person.</summary>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Until">By when something has to be done, UTC, where that is known.</param>
public sealed record AttentionLine(OrderId Order, string Number, Money Amount, DateTime Since, DateTime? Until, string? Detail);

/// <summary>Work that was tried often enough.</summary>
/// <param name="About">What it is about, such as the type of an event and its object.</param>
/// <param name="Since">UTC.</param>
internal sealed record ParkedWork(string Id, string About, DateTime Since, int Tries, string? Error);

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
