using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaymentApp.Ledger;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Ledger;
using PaymentApp.Work;

namespace PaymentApp.Tests.Work;

/// <summary>The worker: some at once and not more, woken at once, stopped without a trace.</summary>
public sealed class WorkProcessorTests : IDisposable
{
    private readonly TestLedger _ledger = new();
    private readonly ScriptedHandler _handler = new();
    private readonly ServiceProvider _services;
    private readonly WorkQueue _queue;

    public WorkProcessorTests()
    {
        _services = new ServiceCollection().AddKeyedSingleton<IWorkHandler>(WorkKind.CatchUp, _handler).BuildServiceProvider();
        _queue = _ledger.Queue();
    }

    public void Dispose()
    {
        _services.Dispose();
        _ledger.Dispose();
    }

    [Fact]
    public async Task A_few_items_are_worked_on_at_once_and_not_more()
    {
        for (var i = 0; i < 10; i++)
            await _queue.ScheduleAsync(WorkKind.CatchUp, $"{i}", _ledger.Now);
        _handler.Hold();

        var running = Processor().RunDueAsync();
        await Eventually.TrueAsync(() => _handler.Running == WorkProcessor.MostAtOnce);
        Assert.Equal(6, await WaitingUnclaimedAsync());
        _handler.LetGo();

        Assert.Equal(10, (await running).Count);
        Assert.Equal((WorkProcessor.MostAtOnce, 10), (_handler.MostRunning, _handler.Handled.Count));
    }

    [Fact]
    public async Task A_slow_item_holds_up_no_other_that_comes_later()
    {
        await _queue.ScheduleAsync(WorkKind.CatchUp, "slow", _ledger.Now);
        _handler.Hold("slow");
        using var worker = Processor(pollEvery: TimeSpan.FromDays(1));
        await worker.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => _handler.Running == 1);

        // Time stands still: nothing but the signal wakes the worker.
        await _queue.ScheduleAsync(WorkKind.CatchUp, "quick", _ledger.Now);

        await Eventually.TrueAsync(() => _handler.Handled.Contains("quick"));
        _handler.LetGo();
        await worker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Work_of_another_process_is_found_by_and_by()
    {
        using var worker = Processor(pollEvery: TimeSpan.FromSeconds(15));
        await worker.StartAsync(CancellationToken.None);
        await _queue.ScheduleAsync(WorkKind.CatchUp, "first", _ledger.Now);
        await Eventually.TrueAsync(() => _handler.Handled.Contains("first"));

        // Another process has a signal of its own.
        await new WorkQueue(
            _ledger, _ledger.Clock, new WorkSignal(), new WorkMetrics(_ledger.Meters), Options.Create(_ledger.WorkSettings), _ledger.Logs.For<WorkQueue>())
            .ScheduleAsync(WorkKind.CatchUp, "elsewhere", _ledger.Now);

        await Eventually.TrueAsync(() =>
        {
            _ledger.Clock.Advance(TimeSpan.FromSeconds(1));
            return _handler.Handled.Contains("elsewhere");
        });
        await worker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Work_is_done_when_its_time_has_come()
    {
        using var worker = Processor(pollEvery: TimeSpan.FromDays(1));
        await worker.StartAsync(CancellationToken.None);
        await _queue.ScheduleAsync(WorkKind.CatchUp, "later", _ledger.Now.AddMinutes(5));

        await Eventually.TrueAsync(() =>
        {
            if (_handler.Handled.IsEmpty)
                _ledger.Clock.Advance(TimeSpan.FromSeconds(1));
            return !_handler.Handled.IsEmpty;
        });

        Assert.InRange(_ledger.Now - TestClock.Start.UtcDateTime, TimeSpan.FromMinutes(5), TimeSpan.FromHours(1));
        await worker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_a_handler_throws_is_tried_again_and_costs_no_other_item_its_turn()
    {
        _handler.Throwing = "bad";
        await _queue.ScheduleAsync(WorkKind.CatchUp, "bad", _ledger.Now);
        await _queue.ScheduleAsync(WorkKind.CatchUp, "good", _ledger.Now);

        Assert.Equal(2, (await Processor().RunDueAsync()).Count);

        var rows = await _ledger.ReadAsync(context => context.Work.ToDictionaryAsync(row => row.Subject));
        Assert.Equal((WorkStatus.Waiting, nameof(InvalidOperationException)), (rows["bad"].Status, rows["bad"].Note));
        Assert.Equal(WorkStatus.Done, rows["good"].Status);
        Assert.DoesNotContain("not for the log", _ledger.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_that_takes_too_long_is_stopped_and_tried_again()
    {
        await _queue.ScheduleAsync(WorkKind.CatchUp, "endless", _ledger.Now);
        _handler.Hold("endless");
        var running = Processor().RunDueAsync();
        await Eventually.TrueAsync(() => _handler.Running == 1);

        _ledger.Clock.Advance(WorkProcessor.TimeLimit);
        await running;

        var row = await _ledger.ReadAsync(context => context.Work.SingleAsync());
        Assert.Equal((WorkStatus.Waiting, null), (row.Status, row.ClaimId));
        Assert.StartsWith("It took longer", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_stops_gives_back_what_it_has_not_done()
    {
        await _queue.ScheduleAsync(WorkKind.CatchUp, "one", _ledger.Now);
        _handler.Hold();
        using var worker = Processor();
        await worker.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => _handler.Running == 1);

        await worker.StopAsync(CancellationToken.None);
        _handler.LetGo();

        Assert.Single(await _queue.ClaimAsync(1));
        Assert.Empty(_handler.Handled);
        Assert.DoesNotContain(_ledger.Logs.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_worker_that_came_too_late_says_so()
    {
        await _queue.ScheduleAsync(WorkKind.CatchUp, "one", _ledger.Now);
        _handler.Hold();
        _handler.IgnoresCancellation = true;
        var slow = Processor().RunDueAsync();
        await Eventually.TrueAsync(() => _handler.Running == 1);
        _ledger.Clock.Advance(WorkQueue.Lease);
        var other = Assert.Single(await _queue.ClaimAsync(1));

        _handler.LetGo();
        await slow;

        Assert.Contains(_ledger.Logs.Entries, entry => entry.Level is LogLevel.Warning && entry.Text.Contains("another worker had taken it over", StringComparison.Ordinal));
        Assert.True(await _queue.CompleteAsync(other, new WorkResult.Done()));
    }

    private WorkProcessor Processor(TimeSpan? pollEvery = null)
    {
        _ledger.WorkSettings.PollEvery = pollEvery ?? _ledger.WorkSettings.PollEvery;
        return new(
            _queue, _ledger.Signal, _services.GetRequiredService<IServiceScopeFactory>(), new WorkMetrics(_ledger.Meters), _ledger.Clock, Options.Create(_ledger.WorkSettings), _ledger.Logs.For<WorkProcessor>());
    }

    private Task<int> WaitingUnclaimedAsync() => _ledger.ReadAsync(context => context.Work.CountAsync(row => row.ClaimId == null));

    /// <summary>Does its work when the test lets it.</summary>
    private sealed class ScriptedHandler : IWorkHandler
    {
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private string? _held = "";
        private int _running;

        public ConcurrentQueue<string> Handled { get; } = new();

        public int Running => _running;

        public int MostRunning { get; private set; }

        public string? Throwing { get; set; }

        public bool IgnoresCancellation { get; set; }

        /// <summary>Keeps every item, or the one of a subject, until <see cref="LetGo"/>.</summary>
        public void Hold(string? subject = null) => _held = subject;

        public void LetGo() => _release.TrySetResult();

        public async Task<WorkResult> HandleAsync(WorkItem item, CancellationToken cancellationToken = default)
        {
            lock (_release)
                MostRunning = Math.Max(MostRunning, ++_running);
            try
            {
                if (item.Subject == Throwing)
                    throw new InvalidOperationException("This is not for the log.");
                if (_held is null || _held == item.Subject)
                    await _release.Task.WaitAsync(IgnoresCancellation ? CancellationToken.None : cancellationToken);
            }
            finally
            {
                lock (_release)
                    _running--;
            }

            Handled.Enqueue(item.Subject);
            return new WorkResult.Done();
        }
    }
}
