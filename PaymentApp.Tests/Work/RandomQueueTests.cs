using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Ledger;
using PaymentApp.Work;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Work;

/// <summary>Anything that schedulers, workers, crashes and time can do to the queue, beside a queue in memory that is too simple to be wrong.</summary>
public sealed class RandomQueueTests(ITestOutputHelper output) : IDisposable
{
    private const int Subjects = 3;
    private const int FewestTries = 8;

    private static readonly Gen<Act> Acts = Gen.Frequency<Act>(
        (4, from subject in Gen.Choose(0, Subjects - 1) from minutes in Gen.Elements(0, 0, 5, 60) select (Act)new Schedule(subject, minutes)),
        (5, Gen.Choose(1, 3).Select(most => (Act)new Claim(most))),
        (6, from claim in Gen.Choose(0, 20) from how in Gen.Elements(Enum.GetValues<Outcome>()) select (Act)new Complete(claim, how)),
        (2, Gen.Choose(0, Subjects - 1).Select(subject => (Act)new Replay(subject))),
        (4, Gen.Elements(1, 4, 11, 11, 70, 60 * 30).Select(minutes => (Act)new Pass(minutes))));

    private readonly TestLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void The_queue_does_what_the_model_does() => Randomly.Check(
        output, Randomly.ListsOf(Acts, longest: 40), acts => new History(_ledger).PlayAsync(acts), runs: TestSize.Of(quick: 30, full: 400));

    private enum Outcome
    {
        Done,
        Again,
        Retry,
        Park,
        Release,
    }

    private abstract record Act;

    private sealed record Schedule(int Subject, int Minutes) : Act;

    private sealed record Claim(int Most) : Act;

    /// <summary>One of the claims that were ever made comes to its end, whether it still counts or not.</summary>
    private sealed record Complete(int Claim, Outcome How) : Act;

    private sealed record Replay(int Subject) : Act;

    private sealed record Pass(int Minutes) : Act;

    private sealed class Item
    {
        public WorkStatus Status { get; set; }

        public DateTime DueAt { get; set; }

        public Guid? Claim { get; set; }

        public DateTime LeaseUntil { get; set; }

        public DateTime? FailingSince { get; set; }

        public DateTime ScheduledAt { get; set; }

        /// <summary>Since when an item fails whose worker was lost: since its claim, or since it was planned anew.</summary>
        public DateTime LostSince =>
            FailingSince ?? (LeaseUntil - WorkQueue.Lease is var claimedAt && claimedAt > ScheduledAt ? claimedAt : ScheduledAt);

        public int Tries { get; set; }

        /// <summary>Whether somebody scheduled it since it was claimed.</summary>
        public bool IsAskedForAgain { get; set; }

        public bool IsFree(DateTime now) => Status is WorkStatus.Waiting && DueAt <= now && (Claim is null || LeaseUntil <= now);
    }

    private sealed class History(TestLedger ledger)
    {
        private readonly string _name = Guid.NewGuid().ToString("n");
        private readonly WorkQueue _queue = ledger.Queue();
        private readonly Dictionary<string, Item> _model = [];
        private readonly List<WorkItem> _claims = [];

        public async Task PlayAsync(Act[] acts)
        {
            // The ledger is used by history after history: what is left of others must not be claimed.
            await ledger.ReadAsync(context => context.Work.ExecuteDeleteAsync());
            foreach (var act in acts)
            {
                await PlayAsync(act);
                await MustAgreeAsync();
            }
        }

        private Task PlayAsync(Act act) => act switch
        {
            Schedule(var subject, var minutes) => ScheduleAsync(NameOf(subject), ledger.Now.AddMinutes(minutes)),
            Claim(var most) => ClaimAsync(most),
            Complete(var claim, var how) => _claims.Count == 0 ? Task.CompletedTask : CompleteAsync(_claims[claim % _claims.Count], how),
            Replay(var subject) => ReplayAsync(NameOf(subject)),
            Pass(var minutes) => PassAsync(minutes),
            _ => throw new ArgumentOutOfRangeException(nameof(act)),
        };

        private async Task ScheduleAsync(string subject, DateTime dueAt)
        {
            await _queue.ScheduleAsync(WorkKind.CatchUp, subject, dueAt);
            if (!_model.TryGetValue(subject, out var item))
                _model[subject] = item = new Item { DueAt = dueAt };
            item.DueAt = item.Status is WorkStatus.Waiting && item.DueAt < dueAt ? item.DueAt : dueAt;
            if (item.Status is not WorkStatus.Waiting)
                (item.FailingSince, item.Tries) = (null, 0);
            (item.Status, item.IsAskedForAgain, item.ScheduledAt) = (WorkStatus.Waiting, true, ledger.Now);
        }

        private async Task ClaimAsync(int most)
        {
            var free = _model.Where(pair => pair.Value.IsFree(ledger.Now)).ToList();
            var claimed = await _queue.ClaimAsync(most);

            // What every worker lost for days is parked instead of being handed out.
            var lost = free.Where(pair => pair.Value is { Claim: not null, Tries: >= FewestTries }
                && ledger.Now - pair.Value.LostSince >= TimeSpan.FromDays(3)).Select(pair => pair.Key).ToHashSet();
            Assert.InRange(claimed.Count, Math.Min(most, free.Count - lost.Count), most);
            foreach (var item in claimed)
            {
                Assert.Contains(item.Subject, free.Select(pair => pair.Key));
                Assert.DoesNotContain(item.Subject, lost);
                var known = _model[item.Subject];
                if (known.Claim is not null)
                    known.FailingSince = known.LostSince;
                (known.Claim, known.LeaseUntil, known.IsAskedForAgain) = (item.ClaimId, ledger.Now + WorkQueue.Lease, false);
                Assert.Equal(++known.Tries, item.Tries);
            }

            _claims.AddRange(claimed);
            foreach (var subject in lost)
            {
                if ((await RowAsync(subject)).Status is not WorkStatus.Parked)
                    continue;
                var item = _model[subject];
                (item.Status, item.FailingSince, item.Claim) = (WorkStatus.Parked, item.LostSince, null);
                item.Tries++;
            }
        }

        private async Task CompleteAsync(WorkItem claim, Outcome how)
        {
            var item = _model[claim.Subject];
            var counts = item.Claim == claim.ClaimId;
            if (how is Outcome.Release)
                await _queue.ReleaseAsync(claim);
            else
                Assert.Equal(counts, await _queue.CompleteAsync(claim, ResultOf(how)));
            if (!counts)
                return;

            item.Claim = null;
            if ((item.IsAskedForAgain && how is not Outcome.Park) || how is Outcome.Release)
                return;
            var failingSince = how is Outcome.Retry or Outcome.Park ? item.FailingSince ?? ledger.Now : (DateTime?)null;
            item.FailingSince = failingSince;
            item.Status = how switch
            {
                Outcome.Done => WorkStatus.Done,
                Outcome.Park => WorkStatus.Parked,
                Outcome.Retry when item.Tries >= FewestTries && ledger.Now - failingSince >= TimeSpan.FromDays(3) => WorkStatus.Parked,
                _ => WorkStatus.Waiting,
            };
            if (how is Outcome.Done or Outcome.Again)
                item.Tries = 0;
            if (item.Status is WorkStatus.Waiting && how is Outcome.Again)
                item.DueAt = ledger.Now.AddMinutes(5);
            else if (item.Status is WorkStatus.Waiting)
                item.DueAt = await BackedOffAsync(claim);
        }

        private async Task<DateTime> BackedOffAsync(WorkItem claim)
        {
            var dueAt = (await RowAsync(claim.Subject)).DueAt;
            Assert.InRange(dueAt - ledger.Now, WorkBackOff.After(claim.Tries, 0), WorkBackOff.After(claim.Tries, 1));
            return dueAt;
        }

        private async Task ReplayAsync(string subject)
        {
            if (!_model.TryGetValue(subject, out var item))
                return;
            Assert.Equal(item.Status is WorkStatus.Parked, await _queue.ReplayAsync((await RowAsync(subject)).Id));
            if (item.Status is WorkStatus.Parked)
            {
                (item.Status, item.DueAt, item.FailingSince, item.IsAskedForAgain, item.Tries) = (WorkStatus.Waiting, ledger.Now, null, true, 0);
                item.ScheduledAt = ledger.Now;
            }
        }

        private Task PassAsync(int minutes)
        {
            ledger.Clock.Advance(TimeSpan.FromMinutes(minutes));
            return Task.CompletedTask;
        }

        private async Task MustAgreeAsync()
        {
            foreach (var (subject, item) in _model)
            {
                var row = await RowAsync(subject);
                Assert.Equal((item.Status, item.Claim, item.FailingSince), (row.Status, row.ClaimId, row.FailingSince));
                if (item.Status is WorkStatus.Waiting)
                    Assert.Equal(item.DueAt, row.DueAt);
            }

            Assert.Equal(
                _model.Where(pair => pair.Value.Status is WorkStatus.Parked).Select(pair => pair.Key).Order(),
                (await _queue.ParkedAsync(most: 100)).Select(parked => parked.Subject).Order());
        }

        private Task<WorkRow> RowAsync(string subject) => ledger.ReadAsync(context => context.Work.AsNoTracking().SingleAsync(row => row.Subject == subject));

        private WorkResult ResultOf(Outcome how) => how switch
        {
            Outcome.Done => new WorkResult.Done(),
            Outcome.Again => new WorkResult.Again(ledger.Now.AddMinutes(5)),
            Outcome.Retry => new WorkResult.Retry("Not yet."),
            _ => new WorkResult.Park("Never."),
        };

        private string NameOf(int subject) => $"{_name}-{subject}";
    }
}
