using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;

namespace PaymentApp.Tests.Telemetry;

/// <summary>One trace tells a payment's story, and where work waited, its trace is linked to what scheduled it.</summary>
public sealed class PaymentTraceTests : IAsyncLifetime
{
    private readonly RecordedTelemetry _telemetry = new();
    private ManualShop _shop = null!;

    public async Task InitializeAsync() => _shop = await ManualShop.OpenAsync(_telemetry.AddTo);

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task A_payment_with_a_challenge_is_one_trace_to_which_its_fulfilment_is_linked()
    {
        var order = await _shop.OrderAsync();
        var trace = await ClickAsync(async () => await PayWithChallengeAsync(order));
        await _shop.RunDueAsync();

        var click = _telemetry.SpanOf(trace, "click");
        var pay = _telemetry.SpanOf(trace, "pay order");
        var create = _telemetry.SpanOf(trace, "step create");
        var created = _telemetry.SpanOf(trace, "stripe payment_intents.create");
        var confirm = _telemetry.SpanOf(trace, "confirm payment");
        var again = _telemetry.SpanOf(trace, "step confirm_authenticated");
        var confirmed = _telemetry.SpanOf(trace, "stripe payment_intents.confirm");
        Assert.Equal(
            [click.SpanId, pay.SpanId, create.SpanId, click.SpanId, confirm.SpanId, again.SpanId],
            [pay.ParentSpanId, create.ParentSpanId, created.ParentSpanId, confirm.ParentSpanId, again.ParentSpanId, confirmed.ParentSpanId]);
        Assert.Equal(click.SpanId, _telemetry.SpanOf(trace, "authenticate shopper").ParentSpanId);
        Assert.Equal(("action_required", "succeeded"), (pay.GetTagItem("payment.outcome"), confirm.GetTagItem("payment.outcome")));
        Assert.Equal((1, 2), (create.GetTagItem("payment.step.sequence"), again.GetTagItem("payment.step.sequence")));
        Assert.DoesNotContain(_telemetry.TraceOf(trace), span => span.Status is ActivityStatusCode.Error);

        var fulfilment = _telemetry.LinkedTo(trace, "process fulfilment");
        Assert.Equal(again.SpanId, Assert.Single(fulfilment.Links).Context.SpanId);
        Assert.Equal((default, ActivityKind.Consumer), (fulfilment.ParentSpanId, fulfilment.Kind));
        Assert.Equal(fulfilment.SpanId, _telemetry.SpanOf(fulfilment.TraceId, "fulfil order").ParentSpanId);
        Assert.Equal("done", fulfilment.GetTagItem("work.result"));
    }

    [Fact]
    public async Task A_call_to_Stripe_names_the_request_at_Stripe_and_no_id_of_the_payment()
    {
        var order = await _shop.OrderAsync();
        var trace = await ClickAsync(() => _shop.PayAsync(order, ManualShop.GoodCard));
        var intent = (await _shop.IntentOfAsync(order)).Id;

        var call = _telemetry.SpanOf(trace, "stripe payment_intents.create");
        var request = _telemetry.SpanOf(trace, "POST /v1/payment_intents");
        Assert.Equal(call.SpanId, request.ParentSpanId);
        var made = (await _shop.EventsOfAsync(order, "payment_intent.succeeded"))[0].Body;
        Assert.Contains($"\"{call.GetTagItem("stripe.request_id")}\"", made, StringComparison.Ordinal);
        Assert.Equal(call.GetTagItem("stripe.request_id"), request.GetTagItem("stripe.request_id"));
        Assert.Equal(new Uri(_shop.Shop.Sandbox.Address, "/v1/payment_intents").ToString(), request.GetTagItem("url.full"));
        Assert.All(_telemetry.TraceOf(trace).Select(RecordedTelemetry.Written), written =>
            Assert.All([order.Value, intent], id => Assert.DoesNotContain(id, written, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_step_that_failed_says_so_with_its_code()
    {
        var order = await _shop.OrderAsync();
        var trace = await ClickAsync(() => _shop.PayAsync(order, ManualShop.PoorCard));

        foreach (var span in new[] { _telemetry.SpanOf(trace, "step create"), _telemetry.SpanOf(trace, "pay order") })
            Assert.Equal((ActivityStatusCode.Error, "insufficient_funds"), (span.Status, span.StatusDescription));
        Assert.Equal("answered", _telemetry.SpanOf(trace, "stripe payment_intents.create").GetTagItem("stripe.answer"));
    }

    [Fact]
    public async Task A_call_that_Stripe_does_not_answer_says_so_and_shows_every_try()
    {
        var order = await _shop.OrderAsync();
        await _shop.FaultAsync("error_before", "POST /v1/payment_intents", count: 100);
        var trace = await ClickAsync(() => _shop.WhileTimePassesAsync(_shop.PayAsync(order, ManualShop.GoodCard)));
        await _shop.NoMoreFaultsAsync();

        var call = _telemetry.SpanOf(trace, "stripe payment_intents.create");
        Assert.Equal((ActivityStatusCode.Error, "outcome_unknown"), (call.Status, call.StatusDescription));
        Assert.Equal(5, _telemetry.TraceOf(trace).Count(span => span.DisplayName == "POST /v1/payment_intents" && span.Status is ActivityStatusCode.Error));
    }

    [Fact]
    public async Task A_webhook_leads_by_way_of_the_queue_to_fulfilment_across_a_restart()
    {
        var order = await _shop.OrderAsync();
        var bought = await ClickAsync(() => _shop.PayAsync(order, ManualShop.BankCard));
        await FinishAtStripeAsync(order);
        var webhook = await ClickAsync(async () =>
        {
            var paid = Assert.Single(await _shop.EventsOfAsync(order, "payment_intent.succeeded"));
            await _shop.DeliverAsync(paid.Body);
        });

        // The process that took the webhook does nothing more: another one on the same ledger does. Spans are recorded for both.
        await using var after = await ManualShop.OpenAsync(
            configure: null,
            ("ConnectionStrings:Payments", _shop.Services.GetRequiredService<IConfiguration>()["ConnectionStrings:Payments"]!),
            ("Stripe:ApiBase", _shop.Shop.Sandbox.Address.ToString()));
        after.Clock.SetUtcNow(_shop.Clock.GetUtcNow());
        await after.RunDueAsync();
        await _shop.Shop.AssertPaidOnceAsync(order);

        var received = _telemetry.SpanOf(webhook, "receive webhook");
        var request = Assert.Single(_telemetry.TraceOf(webhook), span => span.SpanId == received.ParentSpanId);
        Assert.Equal(("POST /webhooks/stripe", ActivityKind.Server), (request.DisplayName, request.Kind));
        Assert.Equal("payment_intent.succeeded", received.GetTagItem("stripe.event.type"));
        Assert.StartsWith("req_", received.GetTagItem("stripe.request_id") as string, StringComparison.Ordinal);

        var processed = _telemetry.LinkedTo(webhook, "process event");
        Assert.Equal(received.SpanId, processed.Links.First().Context.SpanId);
        Assert.Contains(processed.Links, link => link.Context.TraceId == bought);
        Assert.Equal(processed.SpanId, _telemetry.SpanOf(processed.TraceId, "stripe payment_intents.retrieve").ParentSpanId);

        var fulfilled = _telemetry.LinkedTo(processed.TraceId, "process fulfilment");
        Assert.Equal(processed.SpanId, Assert.Single(fulfilled.Links).Context.SpanId);
        Assert.Equal(4, new[] { bought, webhook, processed.TraceId, fulfilled.TraceId }.Distinct().Count());
    }

    [Fact]
    public async Task Work_that_fails_says_why_and_its_next_try_is_linked_to_the_same_trace()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.BankCard);
        var sent = (await _shop.EventsOfAsync(order))[0];
        var trace = await ClickAsync(() => _shop.DeliverAsync(sent.Body));
        await _shop.FaultAsync("error_before", "GET /v1/payment_intents/{id}", count: 1000);
        await _shop.WhileTimePassesAsync(_shop.RunDueAsync());
        await _shop.NoMoreFaultsAsync();
        await _shop.RunDueAsync();

        var tries = _telemetry.Spans.Where(span => span.DisplayName == "process event" && span.Links.Any(link => link.Context.TraceId == trace)).ToList();
        Assert.Equal(["retry", "done"], [tries[0].GetTagItem("work.result"), tries[^1].GetTagItem("work.result")]);
        Assert.Equal((ActivityStatusCode.Error, "Stripe could not be asked."), (tries[0].Status, tries[0].StatusDescription));
        Assert.Equal(tries.Count, tries.Select(span => span.TraceId).Distinct().Count());
    }

    [Fact]
    public async Task Another_circuits_confirmation_is_linked_to_the_attempt_that_it_finishes()
    {
        var order = await _shop.OrderAsync();
        var before = await ClickAsync(() => _shop.PayAsync(order, ManualShop.BankCard));
        await _shop.EndChallengeAsync((await _shop.IntentOfAsync(order)).Id, passes: true);
        var after = await ClickAsync(() => _shop.ConfirmAsync(order));

        Assert.Equal(before, Assert.Single(_telemetry.SpanOf(after, "confirm payment").Links).Context.TraceId);
    }

    [Fact]
    public async Task Work_is_linked_to_who_scheduled_it_last_and_a_replay_to_the_operators_click()
    {
        var queue = _shop.Services.GetRequiredService<IWorkQueue>();
        var first = await ClickAsync(() => queue.ScheduleAsync(WorkKind.Event, "evt_again", _shop.Now));
        var second = await ClickAsync(() => queue.ScheduleAsync(WorkKind.Event, "evt_again", _shop.Now));
        var item = Assert.Single(await queue.ClaimAsync(1));
        Assert.Equal(second, PaymentTracing.LinkTo(item.TraceParent)!.Value.Context.TraceId);
        Assert.NotEqual(first, second);

        await queue.CompleteAsync(item, new WorkResult.Park("It cannot go well."));
        var replay = await ClickAsync(() => queue.ReplayAsync(item.Id));
        await _shop.RunDueAsync();

        Assert.Equal(ActivityKind.Consumer, _telemetry.LinkedTo(replay, "process event").Kind);
    }

    /// <summary>Stands in for the span of a click, or of a request.</summary>
    private static async Task<ActivityTraceId> ClickAsync(Func<Task> work)
    {
        Activity.Current = null;
        using var click = PaymentTracing.Source.StartActivity("click");
        await work();
        return click!.TraceId;
    }

    private async Task PayWithChallengeAsync(OrderId order)
    {
        var method = await _shop.CardAsync(ManualShop.BankCard);
        await using var circuit = _shop.Services.CreateAsyncScope();
        var payments = circuit.ServiceProvider.GetRequiredService<IPaymentService>();
        Assert.IsType<PaymentOutcome.ActionRequired>(await payments.PayAsync(order, method));
        await _shop.EndChallengeAsync((await _shop.IntentOfAsync(order)).Id, passes: true);
        _shop.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.IsType<PaymentOutcome.Succeeded>(await payments.ConfirmAsync(order, PaymentActor.Shopper));
    }

    private async Task FinishAtStripeAsync(OrderId order)
    {
        var intent = (await _shop.IntentOfAsync(order)).Id;
        await _shop.EndChallengeAsync(intent, passes: true);
        await _shop.StripeAsync($"/v1/payment_intents/{intent}/confirm");
    }
}
