using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Stripe;
using PaymentApp.Tests.Sandbox;
using PaymentApp.Webhooks;
using PaymentApp.Work;
using PaymentIntent = StripeSandbox.Objects.PaymentIntent;
using Signature = StripeSandbox.Webhooks.Signature;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>
/// A shop and a sandbox in which nothing happens by itself: time is the test's, work waits to be done
/// until it is told, and no event is delivered or fetched but by the test. Everything goes through the services of a scope, as in a circuit.
/// </summary>
internal sealed class ManualShop : IAsyncDisposable
{
    public const string WebhookSecret = "whsec_of_today";
    public const string PreviousWebhookSecret = "whsec_of_yesterday";
    public const string GoodCard = "4242424242424242";
    public const string PoorCard = "4000000000009995";
    public const string BankCard = "4000002760003184";
    public const string DisputedCard = "4000000000000259";
    public const string SlowRefundCard = "4000000000007726";
    public const string FailingRefundCard = "4000000000005126";
    public const string InquiryCard = "4000000000001976";
    public const string SeveralDisputesCard = "4000000404000079";
    public const string FraudWarningCard = "4000000000005423";

    private readonly HttpClient _stripe;
    private readonly HttpClient _browser;

    // Between the tries of one request: WhileTimePassesAsync need not wait for each.
    private readonly EagerClock _tries;

    private ManualShop(Shop shop, FakeTimeProvider clock, EagerClock tries, LogCapture logs)
    {
        (Shop, Clock, _tries, Logs) = (shop, clock, tries, logs);
        // The sandbox that the shop asks, which may be another shop's.
        _stripe = new HttpClient { BaseAddress = shop.Services.GetRequiredService<IConfiguration>()["Stripe:ApiBase"] is { Length: > 0 } stripe ? new Uri(stripe) : shop.Sandbox.Address };
        _browser = new HttpClient { BaseAddress = shop.Address };
    }

    public Shop Shop { get; }

    public FakeTimeProvider Clock { get; }

    public LogCapture Logs { get; }

    public IServiceProvider Services => Shop.Services;

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    public static async Task<ManualShop> OpenAsync(Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
    {
        var clock = TestClock.Create();
        var tries = new EagerClock(clock) { IsPatient = true };
        var logs = new LogCapture();
        var shop = await Shop.OpenAsync(
            clock,
            services =>
            {
                StopLoops(services);
                services.AddSingleton<ILoggerProvider>(logs);
                services.AddSingleton(own => new StripeCaller(
                    tries, own.GetRequiredService<ILogger<StripeCaller>>(), own.GetRequiredService<GatewayMetrics>()));
                configure?.Invoke(services);
            },
            [
                ("Stripe:WebhookSecret", WebhookSecret), ("Stripe:PreviousWebhookSecret", PreviousWebhookSecret),
                ("Payments:AttemptsOverall", "1000000"), ("Payments:QuestionsPerOrder", "1000000"),
                ("Payments:QuestionsPerAddress", "1000000"), ("Payments:QuestionsOverall", "1000000"), .. settings,
            ]);
        return new ManualShop(shop, clock, tries, logs);
    }

    public async Task<OrderId> OrderAsync(string product = "pour-over-kettle")
    {
        var book = Services.GetRequiredService<IOrderBook>();
        return (await book.PlaceAsync(Services.GetRequiredService<Catalogue>().Find(product)!)).Id;
    }

    /// <summary>An order that was tried with a card.</summary>
    public async Task<OrderId> OrderTriedWithAsync(string card)
    {
        var order = await OrderAsync();
        await PayAsync(order, card);
        return order;
    }

    public async Task<PaymentOutcome> PayAsync(OrderId order, string card, string? address = null, string? email = null)
    {
        var method = await CardAsync(card);
        return await InScopeAsync(services =>
        {
            var shopper = services.GetRequiredService<ShopperConnection>();
            (shopper.Address, shopper.Email) = (address, email is null ? null : EmailAddress.Parse(email));
            return services.GetRequiredService<IPaymentService>().PayAsync(order, method);
        });
    }

    public Task<PaymentOutcome> ConfirmAsync(OrderId order, string? address = null, PaymentActor by = PaymentActor.Shopper) =>
        InScopeAsync(services =>
        {
            services.GetRequiredService<ShopperConnection>().Address = address;
            return services.GetRequiredService<IPaymentService>().ConfirmAsync(order, by);
        });

    public Task<OperationOutcome> OperateAsync(Func<IPaymentOperations, Task<OperationOutcome>> operate) =>
        InScopeAsync(services => operate(services.GetRequiredService<IPaymentOperations>()));

    public Task<T> AskOperationsAsync<T>(Func<IPaymentOperations, Task<T>> ask) =>
        InScopeAsync(services => ask(services.GetRequiredService<IPaymentOperations>()));

    public async Task<Payment> FindAsync(OrderId order) =>
        await Services.GetRequiredService<IPaymentLedger>().FindAsync(order) ?? throw new InvalidOperationException("The order is gone.");

    /// <summary>Has the shop hear something of an intent that the sandbox's cards never come to.</summary>
    public Task<Payment> LedgerRecordsAsync(OrderId order, IntentSnapshot news) =>
        Services.GetRequiredService<IPaymentLedger>().RecordAsync(order, news, PaymentActor.Webhook);

    /// <summary>Has the shop hear how a refund stood at some moment.</summary>
    public Task<Payment> LedgerRecordsAsync(OrderId order, RefundSnapshot news) =>
        Services.GetRequiredService<IPaymentLedger>().RecordRefundAsync(order, news, PaymentActor.Webhook);

    /// <summary>Has the shop hear how disputes and the rest stood at some moment.</summary>
    public Task<Payment> LedgerRecordsAsync(OrderId order, PaymentSnapshot news) =>
        Services.GetRequiredService<IPaymentLedger>().RecordPaymentAsync(order, news, PaymentActor.Webhook);

    public Task<IReadOnlyList<TimelineEntry>> TimelineAsync(OrderId order) =>
        Services.GetRequiredService<IPaymentLedger>().TimelineAsync(order);

    public async Task<PaymentIntent> IntentOfAsync(OrderId order) => Assert.Single((await Shop.BooksOfAsync(order)).Intents);

    /// <summary>Does all the work that is due, as the shop's worker does it; returns what it was.</summary>
    public Task<IReadOnlyList<WorkItem>> RunDueAsync() => Services.GetRequiredService<WorkProcessor>().RunDueAsync();

    /// <summary>Does all the work that is due; returns how many events were among it.</summary>
    public async Task<int> DrainAsync() => (await RunDueAsync()).Count(item => item.Kind is WorkKind.Event);

    /// <summary>Does all the work that is due; returns how many looks at orders were among it.</summary>
    public async Task<int> LookAtDueAsync() => (await RunDueAsync()).Count(item => item.Kind is WorkKind.Look);

    /// <summary>Reads what no webhook brought, and does all the work that is due then.</summary>
    public async Task CatchUpAsync()
    {
        await Services.GetRequiredService<IWorkQueue>().ScheduleAsync(WorkKind.CatchUp, EventCatchUp.Subject, Now);
        await RunDueAsync();
    }

    public Task<WorkRow?> WorkAsync(WorkKind kind, string subject) =>
        ReadAsync(context => context.Work.SingleOrDefaultAsync(row => row.Kind == kind && row.Subject == subject));

    /// <summary>How far the processing of an event has come.</summary>
    public async Task<WorkRow> EventAsync(string eventId) =>
        await WorkAsync(WorkKind.Event, eventId) ?? throw new InvalidOperationException("The event was not stored.");

    /// <summary>Waits for what waits for the clock.</summary>
    public async Task<T> WhileTimePassesAsync<T>(Task<T> task)
    {
        _tries.IsPatient = false;
        await Eventually.TrueAsync(() =>
        {
            if (!task.IsCompleted)
                Clock.Advance(TimeSpan.FromMilliseconds(50));
            return task.IsCompleted;
        });
        _tries.IsPatient = true;
        return await task;
    }

    public async Task<T> ReadAsync<T>(Func<LedgerContext, Task<T>> query)
    {
        await using var context = await Services.GetRequiredService<IDbContextFactory<LedgerContext>>().CreateDbContextAsync();
        return await query(context);
    }

    public Task<InboxRow?> InboxAsync(string eventId) => ReadAsync(context => context.Inbox.SingleOrDefaultAsync(row => row.EventId == eventId));

    /// <summary>Asks the sandbox as somebody else who holds the shop's secret key.</summary>
    public async Task<JsonElement> StripeAsync(string path, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(form is [("", _)] ? HttpMethod.Get : HttpMethod.Post, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SandboxUnderTest.SecretKey);
        if (request.Method == HttpMethod.Post)
            request.Content = Form(form);
        using var response = await _stripe.SendAsync(request);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    /// <summary>Every event that the sandbox has for the shop's intents, oldest first, as it would send it.</summary>
    public async Task<IReadOnlyList<SentEvent>> EventsAsync(Func<SentEvent, bool>? which = null)
    {
        var events = new List<SentEvent>();
        for (var after = ""; ;)
        {
            var page = await StripeAsync("/v1/events?limit=100" + after, ("", ""));
            events.AddRange(page.GetProperty("data").EnumerateArray().Select(SentEvent.Of));
            if (!page.GetProperty("has_more").GetBoolean())
                break;
            after = "&starting_after=" + events[^1].Id;
        }

        events.Reverse();
        return which is null ? events : events.Where(which).ToList();
    }

    public async Task<IReadOnlyList<SentEvent>> EventsOfAsync(OrderId order, string? type = null)
    {
        var intent = (await IntentOfAsync(order)).Id;
        return await EventsAsync(sent => sent.Intent == intent && (type is null || sent.Type == type));
    }

    public async Task FaultAsync(string kind, string route, int count, params (string Name, string Value)[] more)
    {
        using var form = Form([("kind", kind), ("route", route), ("count", $"{count}"), .. more]);
        using var answer = await _stripe.PostAsync(new Uri("/_sandbox/faults", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Ends every fault, and lets as much time pass as the shop takes to find out.</summary>
    public async Task NoMoreFaultsAsync()
    {
        using var answer = await _stripe.DeleteAsync(new Uri("/_sandbox/faults", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        Clock.Advance(StripeCaller.OpenFor);
    }

    public async Task EndChallengeAsync(string intent, bool passes)
    {
        using var form = Form([("outcome", passes ? "succeed" : "fail")]);
        using var answer = await _stripe.PostAsync(new Uri($"/_sandbox/payment_intents/{intent}/challenge", UriKind.Relative), form);
    }

    /// <summary>Posts an event to the shop as Stripe does now.</summary>
    public Task<HttpStatusCode> DeliverAsync(string body) => DeliverAsync(body, Sign(body));

    public async Task<HttpStatusCode> DeliverAsync(string body, string? signature)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await DeliverAsync(content, signature);
    }

    public async Task<HttpStatusCode> DeliverAsync(HttpContent content, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookEndpoint.Path) { Content = content };
        if (signature is not null)
            request.Headers.TryAddWithoutValidation(Signature.Header, signature);
        using var response = await _browser.SendAsync(request);
        return response.StatusCode;
    }

    public string Sign(string body, string secret = WebhookSecret, int seconds = 0) =>
        Signature.Of(secret, Clock.GetUtcNow().ToUnixTimeSeconds() + seconds, Encoding.UTF8.GetBytes(body));

    public async ValueTask DisposeAsync()
    {
        _stripe.Dispose();
        _browser.Dispose();
        await Shop.DisposeAsync();
        Logs.Dispose();
    }

    public async Task<string> CardAsync(string number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/payment_methods");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SandboxUnderTest.PublishableKey);
        request.Content = Form(
            [("type", "card"), ("card[number]", number), ("card[exp_month]", "12"), ("card[exp_year]", "2030"), ("card[cvc]", "123")]);
        using var response = await _stripe.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
    }

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> ask)
    {
        await using var scope = Services.CreateAsyncScope();
        // A request that fails without the test's doing waits for a clock that nobody moves: that test fails, and not the whole run.
        return await ask(scope.ServiceProvider).WaitAsync(TimeSpan.FromMinutes(5));
    }

    private static FormUrlEncodedContent Form(IEnumerable<(string Name, string Value)> form) =>
        new(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    /// <summary>Has the shop's work wait until a test does it.</summary>
    internal static void StopLoops(IServiceCollection services)
    {
        var loops = services.Where(service => service.ServiceType == typeof(IHostedService)
            && (service.ImplementationFactory is Func<IServiceProvider, WorkProcessor> || service.ImplementationType == typeof(CatchUpStart))).ToList();
        Assert.Equal(2, loops.Count);
        foreach (var loop in loops)
            services.Remove(loop);
    }
}

/// <param name="Intent">The PaymentIntent that it is about, directly or not.</param>
/// <param name="Body">What is signed and sent.</param>
internal sealed record SentEvent(string Id, string Type, string? Intent, string Body)
{
    public static SentEvent Of(JsonElement json)
    {
        var about = json.GetProperty("data").GetProperty("object");
        var intent = about.GetProperty("object").GetString() == "payment_intent"
            ? about.GetProperty("id").GetString()
            : about.TryGetProperty("payment_intent", out var owner) ? owner.GetString() : null;
        return new SentEvent(json.GetProperty("id").GetString()!, json.GetProperty("type").GetString()!, intent, json.GetRawText());
    }
}

/// <summary>One such shop for the tests of a class; each test uses orders and events of its own.</summary>
public sealed class ManualShopFixture : IAsyncLifetime
{
    internal ManualShop Shop { get; private set; } = null!;

    public async Task InitializeAsync() => Shop = await ManualShop.OpenAsync();

    public async Task DisposeAsync() => await Shop.DisposeAsync();
}
