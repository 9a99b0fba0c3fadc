using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;
using PaymentApp.Work;

namespace PaymentApp.Tests.Webhooks;

/// <summary>Two workers, a crash between two moments, and news that overtakes an answer.</summary>
public sealed class WebhookLeaseTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _stripeIsSlow = new();
    private volatile string _slowCall = "";
    private volatile string _brokenIntent = "";
    private int _slowCalls;
    private ManualShop _shop = null!;

    private WorkProcessor Another => ActivatorUtilities.CreateInstance<WorkProcessor>(_shop.Services);

    public async Task InitializeAsync() => _shop = await ManualShop.OpenAsync(services =>
    {
        var real = services.Single(service => service.ServiceType == typeof(IPaymentGateway));
        services.Remove(real);
        services.AddSingleton(provider => Intercepted<IPaymentGateway>.Around(
            (IPaymentGateway)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!), BreakAsync, HoldAsync));
    });

    public async Task DisposeAsync()
    {
        _stripeIsSlow.TrySetResult();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task An_event_that_one_processor_works_on_is_left_alone_by_the_other()
    {
        var sent = await FinishedElsewhereAsync();
        _slowCall = nameof(IPaymentGateway.RetrieveAsync);
        var first = _shop.DrainAsync();
        await Eventually.TrueAsync(() => _slowCalls == 1);

        Assert.Empty(await Another.RunDueAsync());

        _stripeIsSlow.SetResult();
        Assert.Equal(1, await first);
        Assert.Equal(1, _slowCalls);
        Assert.Equal((WorkStatus.Done, 0), await EndOfAsync(sent));
    }

    [Fact]
    public async Task An_event_that_was_begun_by_a_process_that_died_is_taken_over_after_the_lease()
    {
        var sent = await FinishedElsewhereAsync();
        _slowCall = nameof(IPaymentGateway.RetrieveAsync);
        var dying = Another.RunDueAsync();
        await Eventually.TrueAsync(() => _slowCalls == 1);
        _slowCall = "";

        Assert.Equal(0, await _shop.DrainAsync());
        _shop.Clock.Advance(WorkQueue.Lease);
        Assert.Equal(1, await _shop.DrainAsync());

        var ended = await EndOfAsync(sent);
        Assert.Equal(WorkStatus.Done, ended.Status);
        _stripeIsSlow.SetResult();
        await dying;
        Assert.Equal(ended, await EndOfAsync(sent));
        Assert.Contains(_shop.Logs.Entries, entry => entry.Text.Contains("another worker had taken it over", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_that_a_process_was_working_on_when_it_stopped_is_taken_up_at_once()
    {
        var sent = await FinishedElsewhereAsync();
        _slowCall = nameof(IPaymentGateway.RetrieveAsync);
        using var stop = new CancellationTokenSource();
        var stopping = Another.RunDueAsync(stop.Token);
        await Eventually.TrueAsync(() => _slowCalls == 1);
        _slowCall = "";
        await stop.CancelAsync();
        _stripeIsSlow.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopping);

        await _shop.DrainAsync();

        Assert.Equal(WorkStatus.Done, (await EndOfAsync(sent)).Status);
    }

    [Fact]
    public async Task Processors_beside_each_other_share_the_inbox_and_do_nothing_twice()
    {
        const int Events = 40;
        for (var i = 0; i < Events; i++)
            await _shop.DeliverAsync(EventBody.Of(EventBody.NewId(), "customer.created", """{"id":"cus_1","object":"customer"}"""));

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Another).Select(processor => Task.Run(() => processor.RunDueAsync())));

        Assert.Equal(Events, taken.Sum(done => done.Count));
        Assert.Equal(Events, taken.SelectMany(done => done).DistinctBy(item => item.Subject).Count());
        Assert.All(await _shop.ReadAsync(context => context.Work.ToListAsync()), row => Assert.Equal(WorkStatus.Done, row.Status));
    }

    [Fact]
    public async Task An_event_that_comes_before_the_answer_to_the_request_pays_the_order_once()
    {
        var order = await _shop.OrderAsync();
        _slowCall = nameof(IPaymentGateway.CreateAsync);
        var paying = _shop.PayAsync(order, ManualShop.GoodCard);
        await Eventually.TrueAsync(() => _slowCalls == 1);

        foreach (var sent in await _shop.EventsOfAsync(order))
            await _shop.DeliverAsync(sent.Body);
        await _shop.DrainAsync();
        Assert.Equal(PaymentState.Paid, (await _shop.FindAsync(order)).State);

        _stripeIsSlow.SetResult();
        Assert.IsType<PaymentOutcome.Succeeded>(await paying);
        await _shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task An_event_that_throws_holds_up_no_other_and_is_tried_again()
    {
        var bad = await FinishedElsewhereAsync();
        _brokenIntent = bad.Intent!;
        var good = await FinishedElsewhereAsync();

        Assert.Equal(2, await _shop.DrainAsync());
        Assert.Equal((WorkStatus.Done, 0), await EndOfAsync(good));
        Assert.Equal((WorkStatus.Waiting, 1), await EndOfAsync(bad));

        _brokenIntent = "";
        _shop.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(1, await _shop.DrainAsync());
        Assert.Equal((WorkStatus.Done, 0), await EndOfAsync(bad));
        Assert.DoesNotContain("secret of the exception", _shop.Logs.Text, StringComparison.Ordinal);
    }

    /// <summary>An event that the shop has stored and not processed, of a payment that it has not heard the end of.</summary>
    private async Task<SentEvent> FinishedElsewhereAsync()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.BankCard);
        var intent = (await _shop.IntentOfAsync(order)).Id;
        await _shop.EndChallengeAsync(intent, passes: true);
        await _shop.StripeAsync($"/v1/payment_intents/{intent}/confirm");
        var sent = Assert.Single(await _shop.EventsOfAsync(order, "payment_intent.succeeded"));
        await _shop.DeliverAsync(sent.Body);
        return sent;
    }

    private async Task<(WorkStatus Status, int Tries)> EndOfAsync(SentEvent sent) =>
        await _shop.EventAsync(sent.Id) is var row ? (row.Status, row.Tries) : default;

    private Task BreakAsync(string method, object?[] arguments) =>
        arguments.OfType<PaymentIntentId>().Any(intent => intent.Value == _brokenIntent) ? throw new InvalidOperationException("secret of the exception") : Task.CompletedTask;

    private Task HoldAsync(string method)
    {
        if (method != _slowCall)
            return Task.CompletedTask;
        Interlocked.Increment(ref _slowCalls);
        return _stripeIsSlow.Task;
    }
}
