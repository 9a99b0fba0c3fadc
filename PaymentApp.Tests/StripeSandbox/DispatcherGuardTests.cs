using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Books;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>One delivery that goes wrong inside the sandbox does not stop those that come after it.</summary>
public sealed class DispatcherGuardTests : IAsyncLifetime, IDisposable
{
    private const string Type = "payment_intent.created";

    private readonly LogCapture _log = new();
    private SandboxUnderTest _sandbox = null!;
    private WebhookReceiver _shop = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxUnderTest.StartAsync(log: _log);
        _shop = await WebhookReceiver.StartAsync();
        (await _sandbox.PostAsync("/v1/webhook_endpoints", ("url", _shop.Url), ("enabled_events[]", Type))).Ok();
    }

    public async Task DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        await _shop.DisposeAsync();
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task An_event_that_cannot_be_written_counts_as_a_failed_try_and_the_next_one_goes_out()
    {
        using (var unit = new UnitOfWork(_sandbox.Server.Books, _sandbox.Clock.GetUtcNow(), null, null))
        {
            // Nothing of the API's: writing it throws.
            unit.Emit(Type, new ClockSetting { Id = "unwritable", Created = unit.NowSeconds, AheadTicks = 0 });
            unit.Commit();
        }

        var next = await CreateAsync();

        Assert.Equal(next, (await _shop.NextAsync()).Json.GetProperty("data").GetProperty("object").GetProperty("id").GetString());
        var failed = _sandbox.Server.Books.All<Delivery>().First();
        Assert.Equal((DeliveryState.Pending, 1, null), (failed.State, failed.Attempts, failed.LastStatus));
        Assert.NotNull(failed.RetryAt);
    }

    [Fact]
    public async Task A_delivery_whose_event_is_claimed_for_too_long_is_settled_once_it_is_free()
    {
        _sandbox.Server.Books.LockPatience = TimeSpan.FromMilliseconds(10);
        await ControlAsync(("hold", "true"));
        await CreateAsync();
        var happened = _sandbox.Server.Books.All<Event>().Single();
        using var isHeld = new ManualResetEventSlim();
        using var isRefused = new ManualResetEventSlim();
        // A claim belongs to the thread that made it.
        var holder = Task.Factory.StartNew(() =>
        {
            using var unit = new UnitOfWork(_sandbox.Server.Books, _sandbox.Clock.GetUtcNow(), null, null);
            unit.Claim<Event>(happened.Id);
            isHeld.Set();
            isRefused.Wait();
        }, TaskCreationOptions.LongRunning);
        isHeld.Wait();

        await ControlAsync(("release", "created"));
        Assert.Equal(happened.Id, (await _shop.NextAsync()).Id);
        await Eventually.TrueAsync(() => _log.Text.Contains($"of {happened.Id} is settled once", StringComparison.Ordinal));
        Assert.Equal(DeliveryState.Pending, _sandbox.Server.Books.All<Delivery>().Single().State);
        isRefused.Set();
        await holder;

        await Eventually.TrueAsync(() => _sandbox.Server.Books.All<Delivery>().Single().State == DeliveryState.Delivered);
        Assert.Equal(0, _sandbox.Server.Books.Find<Event>(happened.Id)!.PendingDeliveries);
        await CreateAsync();
        Assert.Equal(Type, (await _shop.NextAsync()).Type);
    }

    private async Task<string> CreateAsync() => (await _sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"))).Ok().Id;

    private async Task ControlAsync(params (string, string)[] form) => (await _sandbox.PostAsAsync(null, "/_sandbox/deliveries", form)).Ok();
}
