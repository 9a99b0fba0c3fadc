using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Components;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Tests.Desk;

public sealed class AttentionTests : IAsyncLifetime, IDisposable
{
    private ManualShop _shop = null!;
    private DeskVisitor _visitor = null!;

    public async Task InitializeAsync()
    {
        _shop = await ManualShop.OpenAsync(settings: [.. DeskShop.Accounts, ("Payments:Capture", "Manual")]);
        _visitor = new DeskVisitor(_shop.Shop.Address);
        await SignInAsync();
    }

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    public void Dispose() => _visitor.Dispose();

    [Fact]
    public async Task An_empty_shop_needs_nobody_and_its_navigation_has_no_number()
    {
        var page = await _visitor.GetAsync("/desk/attention");

        Assert.Contains("Nothing needs you.", page.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No work is overdue", page.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector(".tabs .count"));
    }

    [Fact]
    public async Task A_parked_event_shows_its_error_and_is_tried_again_by_an_operator()
    {
        await ParkAsync("evt_1", "pi_1");

        var page = await _visitor.GetAsync("/desk/attention");
        var row = Assert.Single(page.Document.QuerySelectorAll("#attention-parked ~ table tbody tr"));
        Assert.Contains("Event evt_1", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("No such PaymentIntent.", row.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("1", page.Document.QuerySelector(".tabs .count")!.TextContent, StringComparison.Ordinal);

        var replayed = await _visitor.SubmitAsync(page, "/desk/attention", "form[action$=replay]");
        var again = await _visitor.SubmitAsync(page, "/desk/attention", "form[action$=replay]");

        Assert.Equal(("/desk/attention?replayed=1", "/desk/attention?replayed=0"), (_visitor.Target(replayed), _visitor.Target(again)));
        Assert.Equal(WorkStatus.Waiting, (await _shop.EventAsync("evt_1")).Status);
        Assert.Contains("was due", (await _visitor.GetAsync("/desk/attention")).Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_is_shown_two_days_before_it_ends_and_not_after_its_capture()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        _shop.Clock.Advance(TimeSpan.FromDays(5) - TimeSpan.FromMinutes(1));
        Assert.Empty(await OrdersAsync("holds"));

        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([await NumberAsync(order)], await OrdersAsync("holds"));

        await _shop.OperateAsync(operations => operations.CaptureAsync(order, null, PaymentActor.Operator));
        Assert.Empty(await OrdersAsync("holds"));
    }

    [Fact]
    public async Task What_cannot_be_is_shown_until_somebody_wrote_a_note()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var payment = await _shop.FindAsync(order);
        await _shop.LedgerRecordsAsync(order, new IntentSnapshot(PaymentIntentId.Parse("pi_other"), PaymentState.Paid, payment.Order.Amount, order, null, null, null));

        var listed = await OrdersAsync("mismatches");
        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await NoteAsync(payment.Order.Number);

        Assert.Equal([payment.Order.Number], listed);
        Assert.Empty(await OrdersAsync("mismatches"));
    }

    [Fact]
    public async Task A_dispute_is_shown_until_somebody_wrote_a_note()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var payment = await _shop.FindAsync(order);
        await NoteAsync(payment.Order.Number);
        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var amount = payment.Order.Amount;
        await _shop.LedgerRecordsAsync(order, new PaymentSnapshot(
            new IntentSnapshot(
                payment.Intent!.Value, PaymentState.Paid, amount, order, null, null, null, amount,
                new ChargeSnapshot(payment.ChargeId!, amount, amount, amount with { MinorUnits = 0 }, IsDisputed: true)),
            Refunds: [],
            Disputes: [new DisputeSnapshot("dp_1", amount, DisputeStatus.NeedsResponse, "product_not_received", EvidenceDueBy: null)]));

        var listed = await OrdersAsync("disputes");
        Assert.Equal(["Product not received"], await CellsAsync("disputes", "td[data-label=Detail]"));
        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await NoteAsync(payment.Order.Number);

        Assert.Equal([payment.Order.Number], listed);
        Assert.Empty(await OrdersAsync("disputes"));
    }

    [Fact]
    public async Task A_fraud_warning_is_shown_until_the_money_went_back()
    {
        var (refunded, noted) = (await WarnedAsync(), await WarnedAsync());
        Assert.Equal(new[] { refunded.Number, noted.Number }.Order(), (await OrdersAsync("warnings")).Order());
        _shop.Clock.Advance(TimeSpan.FromMinutes(1));

        await _shop.OperateAsync(operations => operations.RefundAsync(refunded.Order, null, RefundReason.Fraudulent, PaymentActor.Operator));
        Assert.Equal([noted.Number], await OrdersAsync("warnings"));

        await NoteAsync(noted.Number);
        Assert.Empty(await OrdersAsync("warnings"));
    }

    [Fact]
    public async Task A_request_without_an_answer_is_shown_after_ten_minutes()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await _shop.FaultAsync("reset_after", "POST /v1/payment_intents/{id}/capture", count: 50);
        await _shop.WhileTimePassesAsync(_shop.OperateAsync(operations => operations.CaptureAsync(order, null, PaymentActor.Operator)));
        Assert.Empty(await OrdersAsync("unanswered"));

        _shop.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal([await NumberAsync(order)], await OrdersAsync("unanswered"));
        await _shop.NoMoreFaultsAsync();
    }

    private async Task<(OrderId Order, string Number)> WarnedAsync()
    {
        await _shop.CatchUpAsync();
        var order = await _shop.OrderTriedWithAsync(ManualShop.FraudWarningCard);
        await _shop.OperateAsync(operations => operations.CaptureAsync(order, null, PaymentActor.Operator));
        await _shop.CatchUpAsync();
        return (order, await NumberAsync(order));
    }

    private Task<List<string>> OrdersAsync(string kind) => CellsAsync(kind, "th");

    private async Task<List<string>> CellsAsync(string kind, string cell)
    {
        await SignInAsync();
        var page = await _visitor.GetAsync("/desk/attention");
        return [.. page.Document.QuerySelectorAll($"#attention-{kind} ~ table tbody {cell}").Select(found => found.TextContent)];
    }

    private Task<Page> SignInAsync() => _visitor.SignInAsync(DeskShop.OperatorName, DeskShop.OperatorPassword);

    private async Task NoteAsync(string number)
    {
        var path = $"/desk/payments/{number}";
        await _visitor.SubmitAsync(await _visitor.GetAsync(path + "?ask=Note"), path, "#act form", ("note", "Looked at it."));
    }

    private async Task<string> NumberAsync(OrderId order) => (await _shop.FindAsync(order)).Order.Number;

    private async Task ParkAsync(string id, string intent)
    {
        var inbox = (IWebhookInbox)_shop.Services.GetService(typeof(IWebhookInbox))!;
        await inbox.StoreAsync(new WebhookEvent(id, "payment_intent.succeeded", IsLive: false, intent, PaymentIntentId.Parse(intent)));
        var queue = (IWorkQueue)_shop.Services.GetService(typeof(IWorkQueue))!;
        var item = Assert.Single(await queue.ClaimAsync(1));
        Assert.True(await queue.CompleteAsync(item, new WorkResult.Park("No such PaymentIntent.")));
    }
}
