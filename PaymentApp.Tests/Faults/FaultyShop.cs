using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Stripe;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;
using PaymentApp.Work;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Faults;

/// <summary>A shop whose way to Stripe breaks on request, without a browser. Shop and sandbox share one clock.</summary>
public sealed class FaultyShop : IAsyncDisposable
{
    internal const string WebhookSecret = "whsec_fault_matrix";

    private readonly FakeTimeProvider _clock;
    private readonly Wire _wire;
    private readonly HttpClient _control;

    private FaultyShop(Shop shop, FakeTimeProvider clock, Wire wire)
    {
        (Shop, _clock, _wire) = (shop, clock, wire);
        _control = new HttpClient { BaseAddress = shop.Sandbox.Address };
    }

    public Shop Shop { get; }

    /// <summary>The time of shop and sandbox.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    public static async Task<FaultyShop> OpenAsync()
    {
        var clock = TestClock.Create();
        var wire = new Wire();
        var shop = await Shop.OpenAsync(
            clock,
            services =>
            {
                ManualShop.StopLoops(services);
                services.AddHttpClient(StripeHosting.HttpClientName).AddHttpMessageHandler(wire.Handler);
                services.AddSingleton(own => new StripeCaller(
                    new EagerClock(clock), own.GetRequiredService<ILogger<StripeCaller>>(), own.GetRequiredService<GatewayMetrics>()));
            },
            ("Stripe:WebhookSecret", WebhookSecret),
            ("Payments:AttemptsOverall", "1000000"), ("Payments:QuestionsPerOrder", "1000000"),
            ("Payments:QuestionsPerAddress", "1000000"), ("Payments:QuestionsOverall", "1000000"));
        return new FaultyShop(shop, clock, wire);
    }

    /// <summary>From now on the sandbox sends its events to the shop.</summary>
    public Task RegisterWebhooksAsync() => TellAsync("webhook_endpoints", new()
    {
        ["url"] = new Uri(Shop.Address, "webhooks/stripe").ToString(),
        ["secret"] = WebhookSecret,
    });

    public Task HoldWebhooksAsync() => TellAsync("deliveries", new() { ["hold"] = "true" });

    /// <summary>Lets every event go that was held, each twice, until the shop has taken all of them.</summary>
    /// <param name="order"><c>created</c>, <c>reversed</c> or <c>shuffled</c>.</param>
    public async Task ReleaseWebhooksAsync(string order = "shuffled")
    {
        await TellAsync("deliveries", new() { ["release"] = order, ["copies"] = "2" });
        await Eventually.TrueAsync(() =>
        {
            var pending = Shop.Sandbox.Books.All<Delivery>().Where(delivery => delivery.State is DeliveryState.Pending).ToList();
            // One that failed is sent again when its time has come.
            if (pending.Any(delivery => delivery.RetryAt is not null))
                _clock.Advance(TimeSpan.FromMinutes(1));
            return pending.Count == 0;
        });
    }

    /// <summary>The shop deals with what is due of its inbox.</summary>
    public Task DrainInboxAsync() => Shop.Services.GetRequiredService<WorkProcessor>().RunDueAsync();

    /// <summary>The shop deals with its inbox, as long as that takes, until nothing waits in it.</summary>
    public Task SettleInboxAsync() => Eventually.TrueAsync(async () =>
    {
        await DrainInboxAsync();
        var waiting = await ReadAsync(ledger => ledger.Work.CountAsync(row => row.Kind == WorkKind.Event && row.Status == WorkStatus.Waiting));
        if (waiting > 0)
            _clock.Advance(TimeSpan.FromMinutes(1));
        return waiting == 0;
    });

    public async Task<OrderId> OrderAsync()
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        var product = scope.ServiceProvider.GetRequiredService<Catalogue>().Products[0];
        return (await scope.ServiceProvider.GetRequiredService<IOrderBook>().PlaceAsync(product)).Id;
    }

    public Task<PaymentOutcome> PayAsync(OrderId order, string card, CaptureMode capture = CaptureMode.Automatic)
    {
        Shop.Services.GetRequiredService<IOptions<PaymentsOptions>>().Value.Capture = capture;
        return AskAsync<IPaymentService, PaymentOutcome>(payments => payments.PayAsync(order, card));
    }

    /// <summary>Asks a service of a circuit of its own.</summary>
    public async Task<TAnswer> AskAsync<TService, TAnswer>(Func<TService, Task<TAnswer>> ask)
        where TService : notnull
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    internal async Task<T> ReadAsync<T>(Func<LedgerContext, Task<T>> read)
    {
        await using var ledger = await Shop.Services.GetRequiredService<IDbContextFactory<LedgerContext>>().CreateDbContextAsync();
        return await read(ledger);
    }

    /// <summary>An hour in which nobody acts, and the sweeper looks now and then.</summary>
    public async Task LeaveAloneAsync()
    {
        var worker = Shop.Services.GetRequiredService<WorkProcessor>();
        for (var quarter = 0; quarter < 4; quarter++)
        {
            _clock.Advance(TimeSpan.FromMinutes(15));
            await worker.RunDueAsync();
        }
    }

    /// <param name="count">How many requests meet the fault.</param>
    /// <param name="skip">How many come through before.</param>
    public async Task BreakAsync(Fault fault, string route, int count, int skip)
    {
        if (fault is Fault.Refused)
            _wire.Refuse(route, count, skip);
        else
            await TellAsync("faults", fault.Form(route, count, skip));
        if (fault is Fault.TimeoutAfter)
            _wire.LosePatience(route, count, skip, () => Eventually.TrueAsync(async () => await FaultAsync(route, "waiting") > 0));
    }

    /// <summary>Stripe carries the next request of this route out, and answers 500 now and whenever its key is used again.</summary>
    public Task LoseAnswerForGoodAsync(string route) => TellAsync("faults", Fault.Error500Stored.Form(route, count: 1, skip: 0));

    /// <summary>
    /// Ends every fault, and lets as much time pass as the shop takes to find out; returns how often the one of this route
    /// struck since it was made.
    /// </summary>
    public async Task<int> HealAsync(Fault fault, string route, int count)
    {
        var struck = fault is Fault.Refused ? _wire.Struck : count - await FaultAsync(route, "remaining");
        _wire.Heal();
        using var cleared = await _control.DeleteAsync(new Uri("/_sandbox/faults", UriKind.Relative));
        cleared.EnsureSuccessStatusCode();
        _clock.Advance(StripeCaller.OpenFor);
        return struck;
    }

    public ValueTask DisposeAsync()
    {
        _control.Dispose();
        return Shop.DisposeAsync();
    }

    private async Task<int> FaultAsync(string route, string what)
    {
        using var faults = JsonDocument.Parse(await _control.GetStringAsync(new Uri("/_sandbox/faults", UriKind.Relative)));
        return faults.RootElement.GetProperty("faults").EnumerateArray()
            .Single(fault => fault.GetProperty("route").GetString() == route).GetProperty(what).GetInt32();
    }

    private async Task TellAsync(string what, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var answer = await _control.PostAsync(new Uri($"/_sandbox/{what}", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }
}
