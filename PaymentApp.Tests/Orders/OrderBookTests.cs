using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Ledger;

namespace PaymentApp.Tests.Orders;

public sealed class OrderBookTests : IDisposable
{
    private readonly TestLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task An_order_costs_what_the_product_cost_when_it_was_placed()
    {
        var placed = await _ledger.Orders.PlaceAsync(TestLedger.Kettle);

        var found = (await _ledger.Orders.FindAsync(placed.Id))!.Order;

        Assert.Equal(Money.OfMajor(49, Currency.Usd), found.Amount);
        Assert.Equal(("kettle", "Kettle"), (found.ProductId, found.ProductName));
        Assert.Equal(_ledger.Clock.GetUtcNow().UtcDateTime, found.PlacedAt);
        Assert.Equal(DateTimeKind.Utc, found.PlacedAt.Kind);
    }

    [Fact]
    public async Task An_order_is_placed_with_its_payment_still_to_come()
    {
        var placed = await _ledger.Orders.PlaceAsync(TestLedger.Kettle);

        var payment = await _ledger.FindAsync(placed.Id);

        Assert.Equal(new PayableOrder(placed.Id, placed.Number, placed.Amount), payment.Order);
        Assert.Equal((PaymentState.AwaitingPayment, null, 0), (payment.State, payment.Intent, payment.Attempts));
        Assert.Equal(placed.PlacedAt, payment.MovedAt);
    }

    [Fact]
    public async Task A_number_can_be_read_out_on_the_phone()
    {
        var orders = new List<Order>();
        for (var count = 0; count < 50; count++)
            orders.Add(await _ledger.Orders.PlaceAsync(TestLedger.Kettle));

        Assert.All(orders, order => Assert.Matches("^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{5}$", order.Number));
        Assert.Equal(50, orders.Select(order => order.Number).Distinct().Count());
    }

    [Fact]
    public async Task A_form_that_bought_two_products_leads_to_the_order_of_each_when_it_is_sent_again()
    {
        var (form, mug) = (PurchaseToken.New(), TestLedger.Kettle with { Id = "mug", Name = "Mug" });
        var kettles = await _ledger.Orders.PlaceAsync(TestLedger.Kettle, form);
        var mugs = await _ledger.Orders.PlaceAsync(mug, form);

        Assert.NotEqual(kettles.Id, mugs.Id);
        Assert.Equal(kettles.Id, (await _ledger.Orders.PlaceAsync(TestLedger.Kettle, form)).Id);
        Assert.Equal(mugs.Id, (await _ledger.Orders.PlaceAsync(mug, form)).Id);
        Assert.Equal(mugs.Id, (await _ledger.Orders.FindAsync(mug, form))?.Id);
        Assert.Null(await _ledger.Orders.FindAsync(mug, PurchaseToken.New()));
    }

    [Fact]
    public async Task An_order_that_nobody_placed_is_not_found() => Assert.Null(await _ledger.Orders.FindAsync(OrderId.New()));
}
