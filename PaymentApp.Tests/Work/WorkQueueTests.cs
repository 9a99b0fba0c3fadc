using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Ledger;
using PaymentApp.Work;

namespace PaymentApp.Tests.Work;

/// <summary>Claims, leases, back-off, parking and replay: each guard of the queue.</summary>
public sealed class WorkQueueTests : IDisposable
{
    private const string Subject = "one";

    private readonly BetweenReads _between = new();
    private readonly TestLedger _ledger;
    private readonly WorkQueue _queue;

    public WorkQueueTests()
    {
        _ledger = new TestLedger(_between);
        _queue = _ledger.Queue();
    }

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task Nobody_gets_an_item_twice_before_its_lease_ends()
    {
        await ScheduleAsync();
        Assert.Single(await _queue.ClaimAsync(4));

        _ledger.Clock.Advance(WorkQueue.Lease - TimeSpan.FromSeconds(1));
        Assert.Empty(await _queue.ClaimAsync(4));

        _ledger.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Assert.Single(await _queue.ClaimAsync(4)).Tries);
    }

    [Fact]
    public void A_worker_stops_before_its_lease_ends() => Assert.True(WorkProcessor.TimeLimit < WorkQueue.Lease);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_worker_whose_lease_another_took_over_changes_nothing_and_is_told(bool otherIsDone)
    {
        await ScheduleAsync();
        var slow = Assert.Single(await _queue.ClaimAsync(1));
        _ledger.Clock.Advance(WorkQueue.Lease);
        var other = Assert.Single(await _queue.ClaimAsync(1));
        if (otherIsDone)
            Assert.True(await _queue.CompleteAsync(other, new WorkResult.Done("first")));
        var before = await RowAsync();

        Assert.False(await _queue.CompleteAsync(slow, new WorkResult.Park("too late")));
        await _queue.ReleaseAsync(slow);

        Assert.Equivalent(before, await RowAsync());
        if (!otherIsDone)
            Assert.True(await _queue.CompleteAsync(other, new WorkResult.Done("first")));
        Assert.Equal((WorkStatus.Done, "first"), ((await RowAsync()).Status, (await RowAsync()).Note));
    }

    [Fact]
    public async Task What_is_taken_over_between_reading_and_writing_the_result_is_left_alone()
    {
        await ScheduleAsync();
        var slow = Assert.Single(await _queue.ClaimAsync(1));
        IReadOnlyList<WorkItem> others = [];
        _between.Next = async () =>
        {
            _ledger.Clock.Advance(WorkQueue.Lease);
            others = await _ledger.Queue().ClaimAsync(1);
        };

        Assert.False(await _queue.CompleteAsync(slow, new WorkResult.Done()));

        Assert.Equal((WorkStatus.Waiting, Assert.Single(others).ClaimId), ((await RowAsync()).Status, (await RowAsync()).ClaimId));
    }

    [Fact]
    public async Task What_is_asked_for_while_it_is_done_is_done_once_more()
    {
        await ScheduleAsync();
        var item = Assert.Single(await _queue.ClaimAsync(1));
        await ScheduleAsync();
        Assert.Empty(await _queue.ClaimAsync(1));

        Assert.True(await _queue.CompleteAsync(item, new WorkResult.Done()));

        Assert.Single(await _queue.ClaimAsync(1));
    }

    [Fact]
    public async Task What_needs_a_person_is_parked_although_it_was_asked_for_meanwhile()
    {
        await ScheduleAsync();
        var item = Assert.Single(await _queue.ClaimAsync(1));
        await ScheduleAsync();

        Assert.True(await _queue.CompleteAsync(item, new WorkResult.Park("Never.")));

        Assert.Equal(WorkStatus.Parked, (await RowAsync()).Status);
    }

    [Fact]
    public async Task Work_that_waits_keeps_the_earlier_time()
    {
        await ScheduleAsync(TimeSpan.FromHours(1));
        await ScheduleAsync(TimeSpan.FromHours(2));
        Assert.Equal(_ledger.Now.AddHours(1), (await RowAsync()).DueAt);

        await ScheduleAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(_ledger.Now.AddMinutes(1), (await RowAsync()).DueAt);
    }

    [Fact]
    public async Task Work_that_was_done_is_opened_again()
    {
        await ScheduleAsync();
        await ClaimAndCompleteAsync(new WorkResult.Done());
        await ScheduleAsync(TimeSpan.FromHours(1));

        Assert.Empty(await _queue.ClaimAsync(1));
        _ledger.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, Assert.Single(await _queue.ClaimAsync(1)).Tries);
    }

    [Fact]
    public async Task Two_that_schedule_the_same_for_the_first_time_make_one_item()
    {
        _between.Next = () => ScheduleAsync(TimeSpan.FromHours(1));

        await ScheduleAsync();

        Assert.Equal(_ledger.Now, (await RowAsync()).DueAt);
    }

    [Fact]
    public async Task Failing_work_is_tried_for_three_days_ever_more_rarely_and_then_parked()
    {
        await ScheduleAsync();
        var begin = _ledger.Now;
        var waits = new List<TimeSpan>();
        while ((await RowAsync()) is { Status: WorkStatus.Waiting } row)
        {
            _ledger.Clock.Advance(row.DueAt - _ledger.Now);
            await ClaimAndCompleteAsync(new WorkResult.Retry("Not yet.", Thrown()));
            if (await RowAsync() is { Status: WorkStatus.Waiting } next)
                waits.Add(next.DueAt - _ledger.Now);
        }

        Assert.InRange(_ledger.Now - begin, TimeSpan.FromDays(3), TimeSpan.FromDays(3) + TimeSpan.FromHours(1.2));
        for (var i = 0; i < waits.Count; i++)
            Assert.InRange(waits[i], TimeSpan.FromSeconds(Math.Min(2 * Math.Pow(2, i), 3600) * 0.8), TimeSpan.FromSeconds(Math.Min(2 * Math.Pow(2, i), 3600) * 1.2));
        Assert.True(waits.Distinct().Count() > 20, "There is no jitter.");
        _ledger.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await _queue.ClaimAsync(1));
    }

    [Fact]
    public async Task Work_that_went_well_in_between_starts_anew()
    {
        _ledger.WorkSettings.GiveUpAfter = TimeSpan.FromHours(1);
        await ScheduleAsync();
        await ClaimAndCompleteAsync(new WorkResult.Retry("Not yet."));
        _ledger.Clock.Advance(TimeSpan.FromHours(2));
        await ClaimAndCompleteAsync(new WorkResult.Again(_ledger.Now));
        await ClaimAndCompleteAsync(new WorkResult.Retry("Not yet."));

        Assert.Equal((WorkStatus.Waiting, 1), ((await RowAsync()).Status, (await RowAsync()).Tries));
    }

    [Fact]
    public async Task Work_that_kills_every_worker_is_parked_in_the_end()
    {
        await ScheduleAsync();
        var claims = 0;
        while (claims < 10_000 && (await RowAsync()).Status is WorkStatus.Waiting)
        {
            claims += (await _queue.ClaimAsync(1)).Count;
            _ledger.Clock.Advance(WorkQueue.Lease);
        }

        Assert.Equal(WorkStatus.Parked, (await RowAsync()).Status);
        Assert.InRange(claims, 2, 3 * 24 * 6 + 1);
    }

    [Fact]
    public async Task Parking_is_logged_with_the_order_and_where_it_was_thrown_and_without_a_secret()
    {
        var order = (await _ledger.PlaceAsync()).Order;
        _ledger.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True(await _queue.CompleteAsync(Assert.Single(await _queue.ClaimAsync(1)), new WorkResult.Park("It cannot be.", Thrown())));

        var entry = Assert.Single(_ledger.Logs.Entries, entry => entry.Level is LogLevel.Error);
        Assert.Contains($"of order {order.Number}", entry.Text, StringComparison.Ordinal);
        Assert.Contains(typeof(InvalidOperationException).FullName!, entry.Text, StringComparison.Ordinal);
        Assert.Contains(typeof(TimeoutException).FullName!, entry.Text, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), entry.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("_secret_", entry.Text, StringComparison.Ordinal);
        Assert.Equal(order.Number, Assert.Single(await _queue.ParkedAsync(most: 100)).OrderNumber);
    }

    [Fact]
    public async Task Parking_is_counted()
    {
        using var counted = new ParkedCounter(_ledger.Meters);
        await ScheduleAsync();
        await ClaimAndCompleteAsync(new WorkResult.Park("It cannot be."));

        Assert.Equal([(1, "catch_up")], counted.Counts);
    }

    [Fact]
    public async Task Parked_work_says_what_failed_since_when_and_is_tried_again_on_replay()
    {
        await ScheduleAsync();
        var begin = _ledger.Now;
        await ClaimAndCompleteAsync(new WorkResult.Retry("Not yet."));
        _ledger.Clock.Advance(TimeSpan.FromHours(1));
        await ClaimAndCompleteAsync(new WorkResult.Park("Never."));

        var parked = Assert.Single(await _queue.ParkedAsync(most: 100));
        Assert.Equal((WorkKind.CatchUp, Subject, null, "Never.", 2, begin), (parked.Kind, parked.Subject, parked.OrderNumber, parked.Error, parked.Tries, parked.Since));
        Assert.True(await _queue.ReplayAsync(parked.Id));
        Assert.False(await _queue.ReplayAsync(parked.Id));
        Assert.Empty(await _queue.ParkedAsync(most: 100));
        Assert.Equal(1, Assert.Single(await _queue.ClaimAsync(1)).Tries);
    }

    [Fact]
    public async Task A_released_item_is_free_at_once()
    {
        await ScheduleAsync();
        await _queue.ReleaseAsync(Assert.Single(await _queue.ClaimAsync(1)));

        Assert.Single(await _queue.ClaimAsync(1));
    }

    [Fact]
    public async Task Items_are_taken_by_age_and_not_more_than_were_asked_for()
    {
        foreach (var minutes in new[] { 3, 1, 2, 5, 4 })
            await _queue.ScheduleAsync(WorkKind.CatchUp, $"{minutes}", _ledger.Now.AddMinutes(minutes));
        Assert.Null(await _queue.OldestWaitingAsync());
        Assert.Equal(_ledger.Now.AddMinutes(1), await _queue.NextDueAsync());
        _ledger.Clock.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal(["1", "2", "3"], (await _queue.ClaimAsync(3)).Select(item => item.Subject));
        Assert.Equal(_ledger.Now, await _queue.NextDueAsync());
        Assert.Equal(_ledger.Now.AddMinutes(-3), await _queue.OldestWaitingAsync());
        Assert.Equal(["4"], (await _queue.ClaimAsync(3)).Select(item => item.Subject));
    }

    [Fact]
    public async Task What_is_done_is_kept_for_a_while_and_then_deleted_and_what_waits_is_not()
    {
        await _queue.ScheduleAsync(WorkKind.CatchUp, "done", _ledger.Now);
        await ClaimAndCompleteAsync(new WorkResult.Done());
        await _queue.ScheduleAsync(WorkKind.CatchUp, "parked", _ledger.Now);
        await ClaimAndCompleteAsync(new WorkResult.Park("Never."));
        await _queue.ScheduleAsync(WorkKind.CatchUp, "again", _ledger.Now);
        await ClaimAndCompleteAsync(new WorkResult.Again(_ledger.Now));

        _ledger.Clock.Advance(_ledger.WorkSettings.KeepDone);
        Assert.Equal(0, await _queue.DeleteDoneAsync());
        _ledger.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await _queue.DeleteDoneAsync());
        Assert.Equal(["again", "parked"], await _ledger.ReadAsync(context => context.Work.OrderBy(row => row.Subject).Select(row => row.Subject).ToListAsync()));
    }

    private Task ScheduleAsync(TimeSpan? after = null) => _queue.ScheduleAsync(WorkKind.CatchUp, Subject, _ledger.Now + (after ?? TimeSpan.Zero));

    private async Task ClaimAndCompleteAsync(WorkResult result)
    {
        var other = _ledger.Queue();
        Assert.True(await other.CompleteAsync(Assert.Single(await other.ClaimAsync(1)), result));
    }

    private Task<WorkRow> RowAsync() => _ledger.ReadAsync(context => context.Work.AsNoTracking().SingleAsync(row => row.Kind == WorkKind.CatchUp && row.Subject == Subject));

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("pi_1_secret_2", new TimeoutException("pi_1_secret_3"));
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
