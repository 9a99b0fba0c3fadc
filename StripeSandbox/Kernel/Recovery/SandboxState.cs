using StripeSandbox.Books;
using StripeSandbox.Idempotency;
using StripeSandbox.Objects;
using StripeSandbox.Persistence;
using StripeSandbox.Time;

namespace StripeSandbox.Recovery;

/// <summary>Brings back what a data file holds, and forgets everything on request.</summary>
internal sealed class SandboxState(SandboxBooks books, IdempotencyKeys keys, SandboxClock clock, Agenda agenda, Journal journal)
{
    private const int ChunkSize = 500;

    public void Load()
    {
        journal.Open(entry =>
        {
            foreach (var change in entry.Changes)
                books.Place(change);
            if (entry.Kept is { } kept)
                keys.Restore(kept);
        });
        clock.Set(books.Find<ClockSetting>(ClockSetting.OnlyId));
        keys.Forget(clock.NowSeconds);
        journal.Compact(Snapshot());
        agenda.Rebuild();
    }

    public void Reset()
    {
        var kept = BelongsToHost().ToList();
        books.Clear();
        keys.Clear();
        journal.Compact([new JournalEntry(kept, null)]);
        foreach (var value in kept)
            books.Place(value);
        clock.Set(null);
        agenda.Rebuild();
    }

    /// <summary>What a reset leaves: without it, the process that hosts the sandbox could not go on with it.</summary>
    private IEnumerable<StripeObject> BelongsToHost() =>
        [.. books.All<Installation>(), .. books.All<WebhookEndpoint>().Where(endpoint => endpoint is { IsHosts: true, IsDeleted: false })];

    private IEnumerable<JournalEntry> Snapshot() =>
        books.Everything().Chunk(ChunkSize).Select(chunk => new JournalEntry(chunk, null))
            .Concat(keys.All().Select(kept => new JournalEntry([], kept)));
}
