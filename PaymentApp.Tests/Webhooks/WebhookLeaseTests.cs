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
    private readonly TaskCompletionSource stripeIsSlow = new();
    private volatile string slowCall = "";
    private volatile string brokenIntent = "";
    private int slowCalls;
    private StillShop shop = null!;

    private WorkProcessor Another => ActivatorUtilities.CreateInstance<WorkProcessor>(shop.Services);

    public async Task InitializeAsync() => shop = await StillShop.OpenAsync(services =>
    {
        var real = services.Single(service => service.ServiceType == typeof(IPaymentGateway));
        services.Remove(real);
        services.AddSingleton(provider => Intercepted<IPaymentGateway>.Around(
            (IPaymentGateway)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!), BreakAsync, HoldAsync));
    });

    public async Task DisposeAsync()
    {
        stripeIsSlow.TrySetResult();
        await shop.DisposeAsync();
    }

    [Fact]
    public async Task An_event_that_one_processor_works_on_is_left_alone_by_the_other()
    {
        var sent = await FinishedElsewhereAsync();
        slowCall = nameof(IPaymentGateway.RetrieveAsync);
        var first = shop.DrainAsync();
        await Eventually.TrueAsync(() => slowCalls == 1);

        Assert.Empty(await Another.RunDueAsync());

        stripeIsSlow.SetResult();
        Assert.Equal(1, await first);
        Assert.Equal(1, slowCalls);
        Assert.Equal((WorkStatus.Done, 0), await EndOfAsync(sent));
    }

    [Fact]
    public async Task An_event_that_was_begun_by_a_process_that_died_is_taken_over_after_the_lease()
    {
        var sent = await FinishedElsewhereAsync();
        slowCall = nameof(IPaymentGateway.RetrieveAsync);
        var dying = Another.RunDueAsync();
        await Eventually.TrueAsync(() => slowCalls == 1);
        slowCall = "";

        Assert.Equal(0, await shop.DrainAsync());
        shop.Clock.Advance(WorkQueue.Lease);
        Assert.Equal(1, await shop.DrainAsync());

        var ended = await EndOfAsync(sent);
        Assert.Equal(WorkStatus.Done, ended.Status);
        stripeIsSlow.SetResult();
        await dying;
        Assert.Equal(ended, await EndOfAsync(sent));
        Assert.Contains(shop.Logs.Entries, entry => entry.Text.Contains("another worker had taken it over", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_that_a_process_was_working_on_when_it_stopped_is_taken_up_at_once()
    {
        var sent = await FinishedElsewhereAsync();
        slowCall = nameof(IPaymentGateway.RetrieveAsync);
        using var stop = new CancellationTokenSource();
        var stopping = Another.RunDueAsync(stop.Token);
        await Eventually.TrueAsync(() => slowCalls == 1);
        slowCall = "";
        await stop.CancelAsync();
        stripeIsSlow.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopping);

        await shop.DrainAsync();

        Assert.Equal(WorkStatus.Done, (await EndOfAsync(sent)).Status);
    }

    [Fact]
    public async Task Processors_beside_each_other_share_the_inbox_and_do_nothing_twice()
    {
        const int Events = 40;
        for (var i = 0; i < Events; i++)
            await shop.DeliverAsync(EventBody.Of(EventBody.NewId(), "customer.created", """{"id":"cus_1","object":"customer"}"""));

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Another).Select(processor => Task.Run(() => processor.RunDueAsync())));

        Assert.Equal(Events, taken.Sum(done => done.Count));
        Assert.Equal(Events, taken.SelectMany(done => done).DistinctBy(item => item.Subject).Count());
        Assert.All(await shop.ReadAsync(context => context.Work.ToListAsync()), row => Assert.Equal(WorkStatus.Done, row.Status));
    }

    [Fact]
    public async Task An_event_that_comes_before_the_answer_to_the_request_pays_the_order_once()
    {
        var order = await shop.OrderAsync();
        slowCall = nameof(IPaymentGateway.CreateAsync);
        var paying = shop.PayAsync(order, StillShop.GoodCard);
        await Eventually.TrueAsync(() => slowCalls == 1);

        foreach (var sent in await shop.EventsOfAsync(order))
            await shop.DeliverAsync(sent.Body);
        await shop.DrainAsync();
        Assert.Equal(PaymentState.Paid, (await shop.FindAsync(order)).State);

        stripeIsSlow.SetResult();
        Assert.IsType<PaymentOutcome.Succeeded>(await paying);
        await shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task An_event_that_throws_holds_up_no_other_and_is_tried_again()
    {
        var bad = await FinishedElsewhereAsync();
        brokenIntent = bad.Intent!;
        var good = await FinishedElsewhereAsync();

        Assert.Equal(2, await shop.DrainAsync());
        Assert.Equal((WorkStatus.Done, 0), await EndOfAsync(good));
        Assert.Equal((WorkStatus.Waiting, 1), await EndOfAsync(bad));

        brokenIntent = "";
        shop.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(1, await shop.DrainAsync());
        Assert.Equal((WorkStatus.Done, 0), await EndOfAsync(bad));
        Assert.DoesNotContain("secret of the exception", shop.Logs.Text, StringComparison.Ordinal);
    }

    /// <summary>An event that the shop has stored and not processed, of a payment that it has not heard the end of.</summary>
    private async Task<SentEvent> FinishedElsewhereAsync()
    {
        var order = await shop.OrderTriedWithAsync(StillShop.BankCard);
        var intent = (await shop.IntentOfAsync(order)).Id;
        await shop.EndChallengeAsync(intent, passes: true);
        await shop.StripeAsync($"/v1/payment_intents/{intent}/confirm");
        var sent = Assert.Single(await shop.EventsOfAsync(order, "payment_intent.succeeded"));
        await shop.DeliverAsync(sent.Body);
        return sent;
    }

    private async Task<(WorkStatus Status, int Tries)> EndOfAsync(SentEvent sent) =>
        await shop.EventAsync(sent.Id) is var row ? (row.Status, row.Tries) : default;

    private Task BreakAsync(string method, object?[] arguments) =>
        arguments.OfType<PaymentIntentId>().Any(intent => intent.Value == brokenIntent) ? throw new InvalidOperationException("secret of the exception") : Task.CompletedTask;

    private Task HoldAsync(string method)
    {
        if (method != slowCall)
            return Task.CompletedTask;
        Interlocked.Increment(ref slowCalls);
        return stripeIsSlow.Task;
    }
}
