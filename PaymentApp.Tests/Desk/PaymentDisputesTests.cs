using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Desk;

/// <summary>What the page of one payment says of its disputes and fraud warnings.</summary>
public sealed class PaymentDisputesTests : IAsyncLifetime, IDisposable
{
    private ManualShop _shop = null!;
    private DeskVisitor _viewer = null!;

    public async Task InitializeAsync()
    {
        _shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);
        _viewer = new DeskVisitor(_shop.Shop.Address);
    }

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    public void Dispose() => _viewer.Dispose();

    [Fact]
    public async Task A_dispute_shows_what_it_is_about_until_when_to_answer_and_where()
    {
        var order = await DisputedAsync(ManualShop.DisputedCard);
        var dispute = await _shop.ReadAsync(context => context.Disputes.SingleAsync(row => row.OrderId == order));
        _shop.Clock.SetUtcNow(new DateTimeOffset(dispute.EvidenceDueBy!.Value - TimeSpan.FromDays(3.5), TimeSpan.Zero));

        var main = await PageAsync(order);
        var row = Assert.Single(main.QuerySelectorAll("#payment-disputes ~ table tbody tr"));

        Assert.Equal("2026-09-01T12:00:00Z", CellOf(row, "Opened").QuerySelector("time")!.GetAttribute("datetime"));
        Assert.Equal("Fraudulent", CellOf(row, "Reason").TextContent.Trim());
        Assert.Equal("Needs your answer", CellOf(row, "Status").TextContent.Trim());
        Assert.Equal("3 days left", CellOf(row, "Evidence due by").QuerySelector("strong")!.TextContent);
        Assert.Equal($"{dispute.EvidenceDueBy:s}Z", CellOf(row, "Evidence due by").QuerySelector("time")!.GetAttribute("datetime"));
        Assert.Equal("$49.00", CellOf(row, "Amount").TextContent);
        var link = row.QuerySelector("a")!;
        Assert.StartsWith("Answer in Stripe", link.TextContent, StringComparison.Ordinal);
        using var browser = new HttpClient();
        Assert.Contains(dispute.Id, await browser.GetStringAsync(new Uri(link.GetAttribute("href")!)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("winning_evidence", "Won, the money is yours")]
    [InlineData("losing_evidence", "Lost, the money went back")]
    public async Task A_dispute_that_has_ended_says_how_and_when_and_asks_for_nothing(string evidence, string says)
    {
        var order = await DisputedAsync(ManualShop.DisputedCard);
        var id = (await _shop.ReadAsync(context => context.Disputes.SingleAsync(row => row.OrderId == order))).Id;
        _shop.Clock.Advance(TimeSpan.FromDays(2));
        await _shop.StripeAsync($"/v1/disputes/{id}", ("evidence[uncategorized_text]", evidence), ("submit", "true"));
        _shop.Clock.Advance(TimeSpan.FromDays(1));
        await _shop.CatchUpAsync();

        var main = await PageAsync(order);
        var row = Assert.Single(main.QuerySelectorAll("#payment-disputes ~ table tbody tr"));

        Assert.StartsWith(says, CellOf(row, "Status").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal($"{_shop.Now:s}Z", CellOf(row, "Status").QuerySelector("time")!.GetAttribute("datetime"));
        Assert.Null(CellOf(row, "Evidence due by").QuerySelector("strong"));
        Assert.DoesNotContain("The cardholder disputes", main.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("See in Stripe", row.QuerySelector("a")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deadline_that_has_passed_says_so()
    {
        var order = await DisputedAsync(ManualShop.DisputedCard);
        var due = (await _shop.ReadAsync(context => context.Disputes.SingleAsync(row => row.OrderId == order))).EvidenceDueBy!.Value;
        _shop.Clock.SetUtcNow(new DateTimeOffset(due, TimeSpan.Zero));

        var main = await PageAsync(order);

        Assert.Equal("passed", main.QuerySelector("#payment-disputes ~ table strong")!.TextContent);
    }

    [Fact]
    public async Task Each_of_several_disputes_has_a_line()
    {
        var order = await DisputedAsync(ManualShop.SeveralDisputesCard);

        Assert.Equal(2, (await PageAsync(order)).QuerySelectorAll("#payment-disputes ~ table tbody tr").Length);
    }

    [Fact]
    public async Task A_fraud_warning_asks_for_a_refund_until_there_was_one()
    {
        var order = await DisputedAsync(ManualShop.FraudWarningCard);

        var before = await PageAsync(order);
        await _shop.OperateAsync(operations => operations.RefundAsync(order, null, RefundReason.Fraudulent, PaymentActor.Operator));
        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await _shop.CatchUpAsync();
        var after = await PageAsync(order);

        Assert.Null(before.QuerySelector("#payment-disputes"));
        Assert.Contains("Refund it", WarningOf(before), StringComparison.Ordinal);
        Assert.Contains("Nothing", WarningOf(after), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_that_nobody_disputes_has_no_such_section()
    {
        var main = await PageAsync(await _shop.OrderTriedWithAsync(ManualShop.GoodCard));

        Assert.Null(main.QuerySelector("#payment-disputes, #payment-warnings"));
    }

    private async Task<OrderId> DisputedAsync(string card)
    {
        await _shop.CatchUpAsync();
        var order = await _shop.OrderTriedWithAsync(card);
        await _shop.CatchUpAsync();
        return order;
    }

    private async Task<IElement> PageAsync(OrderId order)
    {
        await _viewer.SignInAsync(DeskShop.ViewerName, DeskShop.ViewerPassword);
        return (await _viewer.GetAsync($"/desk/payments/{(await _shop.FindAsync(order)).Order.Number}")).Document.QuerySelector("main")!;
    }

    private static string WarningOf(IElement main) => Assert.Single(main.QuerySelectorAll("#payment-warnings ~ table tbody tr")).TextContent;

    private static IElement CellOf(IElement row, string label) => Assert.Single(row.QuerySelectorAll($"[data-label='{label}']"));
}
