using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Desk;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Security;
using PaymentApp.Stripe;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Tests.Telemetry;

/// <summary>What an operator can watch, and alert on. Each test has a shop, so that nobody else counts.</summary>
public sealed class MetricTests : IAsyncLifetime, IDisposable
{
    private ManualShop _shop = null!;
    private HeardMetrics _heard = null!;

    public async Task InitializeAsync()
    {
        _shop = await ManualShop.OpenAsync();
        _heard = new HeardMetrics(_shop.Services);
    }

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    public void Dispose() => _heard.Dispose();

    [Fact]
    public async Task Outcomes_are_counted_by_operation_and_code()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.PoorCard);
        await _shop.PayAsync(order, ManualShop.GoodCard);
        await _shop.OperateAsync(operations => operations.RefundAsync(order, amount: null, RefundReason.RequestedByCustomer, PaymentActor.Operator));

        Assert.Equal(
            ["pay declined insufficient_funds", "pay succeeded none", "refund done none"],
            _heard.Of("payments.outcomes").Select(point => $"{point["payment.operation"]} {point["payment.outcome"]} {point["payment.code"]}"));
    }

    [Fact]
    public void An_invented_code_makes_no_time_series_of_its_own()
    {
        var metrics = _shop.Services.GetRequiredService<PaymentMetrics>();
        foreach (var code in new[] { "someone@example.com", "Has Spaces", new string('a', 65), "" })
            metrics.Ended("pay", "declined", code);
        for (var number = 0; number < 500; number++)
            metrics.Ended("pay", "declined", $"code_{number}");
        metrics.Ended("pay", "declined", "code_0");

        var codes = _heard.Of("payments.outcomes").Select(point => point["payment.code"]).ToList();
        Assert.All(codes[..4], code => Assert.Equal("other", code));
        Assert.Equal(201, codes.Distinct().Count());
        Assert.Equal("code_0", codes[^1]);
    }

    [Fact]
    public async Task The_time_at_the_bank_is_measured_from_challenge_to_confirmation()
    {
        var order = await _shop.OrderAsync();
        var method = await _shop.CardAsync(ManualShop.BankCard);
        await using var circuit = _shop.Services.CreateAsyncScope();
        var payments = circuit.ServiceProvider.GetRequiredService<IPaymentService>();
        await payments.PayAsync(order, method);
        _shop.Clock.Advance(TimeSpan.FromSeconds(40));
        await payments.ConfirmAsync(order, PaymentActor.Shopper);
        _shop.Clock.Advance(TimeSpan.FromSeconds(20));
        await _shop.EndChallengeAsync((await _shop.IntentOfAsync(order)).Id, passes: true);
        await payments.ConfirmAsync(order, PaymentActor.Shopper);
        await payments.ConfirmAsync(order, PaymentActor.Shopper);

        Assert.Equal(
            [(40d, "action_required"), (20d, "succeeded")],
            _heard.Of("payments.challenge.duration").Select(point => (point.Value, (string)point["payment.outcome"]!)));
    }

    [Fact]
    public async Task A_question_that_is_refused_ends_no_challenge()
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Payments:QuestionsPerOrder", "1"));
        using var heard = new HeardMetrics(shop.Services);
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        await using var circuit = shop.Services.CreateAsyncScope();
        var payments = circuit.ServiceProvider.GetRequiredService<IPaymentService>();
        await payments.ConfirmAsync(order, PaymentActor.Shopper);
        shop.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.IsType<PaymentOutcome.ActionRequired>(await payments.ConfirmAsync(order, PaymentActor.Shopper));
        shop.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.IsType<PaymentOutcome.Refused>(await payments.ConfirmAsync(order, PaymentActor.Shopper));
        shop.Clock.Advance(TimeSpan.FromSeconds(20));
        await shop.EndChallengeAsync((await shop.IntentOfAsync(order)).Id, passes: true);
        await payments.ConfirmAsync(order, PaymentActor.Shopper);

        Assert.Equal(
            [(5d, "action_required"), (60d, "succeeded")],
            heard.Of("payments.challenge.duration").Select(point => (point.Value, (string)point["payment.outcome"]!)));
    }

    [Fact]
    public async Task Calls_to_Stripe_are_timed_and_their_retries_and_the_open_breaker_are_seen()
    {
        _shop.Services.GetRequiredService<StripeCaller>();
        Assert.Equal(("closed", 1d), Breaker());
        await _shop.FaultAsync("error_before", "POST /v1/payment_intents", count: 100);
        for (var order = 0; order < 2; order++)
            await _shop.WhileTimePassesAsync(PayNewOrderAsync());

        Assert.Equal("payment_intents.create", Assert.Single(_heard.Of("payments.gateway.retries").Select(point => point["stripe.operation"]).Distinct()));
        Assert.InRange(_heard.Of("payments.gateway.retries").Count, 4, 8);
        var call = _heard.Of("payments.gateway.duration")[0];
        Assert.Equal(("payment_intents.create", "unknown"), (call["stripe.operation"], call["stripe.answer"]));
        Assert.Equal(("open", 1d), Breaker());
    }

    [Fact]
    public async Task The_queues_age_and_what_is_parked_are_read_for_the_metrics()
    {
        Assert.Empty(_heard.Observe("payments.queue.age"));
        var queue = _shop.Services.GetRequiredService<IWorkQueue>();
        await queue.ScheduleAsync(WorkKind.CatchUp, EventCatchUp.Subject, _shop.Now);
        var item = Assert.Single(await queue.ClaimAsync(1));
        Assert.True(await queue.CompleteAsync(item, new WorkResult.Park("It cannot go well.")));
        await queue.ScheduleAsync(WorkKind.Notices, "desk", _shop.Now);

        using var watch = ActivatorUtilities.CreateInstance<QueueWatch>(_shop.Services);
        await watch.ReadAsync();
        _shop.Clock.Advance(TimeSpan.FromMinutes(7));

        Assert.Equal(420, Assert.Single(_heard.Observe("payments.queue.age")).Value);
        var parked = _heard.Observe("payments.queue.parked").ToDictionary(point => (string)point["work.kind"]!, point => point.Value);
        Assert.Equal((1d, 0d, Enum.GetValues<WorkKind>().Length), (parked["catch_up"], parked["event"], parked.Count));
    }

    [Fact]
    public async Task The_queue_is_read_again_and_again_while_metrics_are_exported()
    {
        using var watch = ActivatorUtilities.CreateInstance<QueueWatch>(_shop.Services);
        await watch.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => _heard.Observe("payments.queue.age") is [{ Value: 0 }]);
        await _shop.Services.GetRequiredService<IWorkQueue>().ScheduleAsync(WorkKind.Notices, "desk", _shop.Now);

        await Eventually.TrueAsync(() =>
        {
            _shop.Clock.Advance(QueueWatch.ReadEvery);
            return _heard.Observe("payments.queue.age") is [{ Value: > 0 }];
        });
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Work_and_events_are_counted_by_how_they_came_out()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var sent = (await _shop.EventsOfAsync(order, "payment_intent.succeeded"))[0];
        await _shop.DeliverAsync(sent.Body);
        await _shop.DeliverAsync(sent.Body);
        await _shop.DeliverAsync(sent.Body, "t=1,v1=forged");
        await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.CatchUpAsync();

        var events = _heard.Of("payments.events.received").GroupBy(point => $"{point["event.source"]} {point["event.result"]}").ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal((1, 1, 1), (events["webhook new"], events["webhook known"], events["webhook refused"]));
        Assert.NotEqual(0, events["catch_up new"]);
        var work = _heard.Of("payments.work.duration").Select(point => $"{point["work.kind"]} {point["work.result"]}").ToHashSet();
        Assert.Superset(new HashSet<string> { "event done", "fulfilment done", "catch_up again" }, work);
    }

    [Fact]
    public async Task Every_limit_counts_what_it_refuses()
    {
        const string address = "192.0.2.7";
        var attempt = await _shop.FindAsync(await _shop.OrderAsync()) with { Attempts = new PaymentsOptions().AttemptsPerOrder };
        Assert.NotNull(_shop.Services.GetRequiredService<AttemptLimits>().Take(attempt, address));
        while (_shop.Services.GetRequiredService<OrderLimit>().Take(address) is null)
            Assert.Empty(_heard.Of("orders.limited"));
        while (_shop.Services.GetRequiredService<FindOrderLimit>().Take(address) is null)
            Assert.Empty(_heard.Of("orders.searches.limited"));
        while (_shop.Services.GetRequiredService<SignIn>().Check("olga", "wrong", address) is not SignInResult.LockedOut)
            Assert.Empty(_heard.Of("desk.sign_ins.limited"));
        var circuits = _shop.Services.GetRequiredService<CircuitLimit>();
        var isClosed = new TaskCompletionSource();
        var opened = new List<Task>();
        for (var last = CircuitFrom(address); last.Response.StatusCode == StatusCodes.Status200OK;)
        {
            Assert.Empty(_heard.Of("circuits.limited"));
            opened.Add(circuits.InvokeAsync(last = CircuitFrom(address), _ => isClosed.Task));
        }

        isClosed.SetResult();
        await Task.WhenAll(opened);
        Assert.Equal("order", Assert.Single(_heard.Of("payments.attempts.limited"))["payment.limit"]);
        Assert.All(
            ["orders.limited", "orders.searches.limited", "desk.sign_ins.limited", "circuits.limited"],
            name => Assert.Equal(1, Assert.Single(_heard.Of(name)).Value));
        // Who was refused stands in the log, and in no label.
        Assert.Empty(_heard.Of("circuits.limited")[0].Tags);
    }

    private static DefaultHttpContext CircuitFrom(string address) => new()
    {
        Connection = { RemoteIpAddress = IPAddress.Parse(address) },
        Request = { Method = HttpMethods.Get, Path = "/_blazor" },
    };

    private async Task<PaymentOutcome> PayNewOrderAsync() => await _shop.PayAsync(await _shop.OrderAsync(), ManualShop.GoodCard);

    private (string State, double Value) Breaker()
    {
        var point = Assert.Single(_heard.Observe("payments.gateway.breaker"), point => point.Value == 1);
        return ((string)point["state"]!, point.Value);
    }
}
