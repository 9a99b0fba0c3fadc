using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Payments;

public sealed class AttemptLimitTests
{
    [Fact]
    public async Task One_order_takes_so_many_cards_and_no_more()
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Payments:AttemptsPerOrder", "2"));
        using var refused = new LimitRefusals(shop);
        var order = await shop.OrderAsync();

        Assert.IsType<PaymentOutcome.Declined>(await shop.PayAsync(order, ManualShop.PoorCard));
        Assert.IsType<PaymentOutcome.Declined>(await shop.PayAsync(order, ManualShop.PoorCard));
        var outcome = await shop.PayAsync(order, ManualShop.GoodCard);

        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.OrderTriedTooOften), outcome);
        Assert.Equal(["order"], refused.By);
        Assert.Equal(2, (await shop.IntentOfAsync(order)).Confirmations);
        Assert.IsType<PaymentOutcome.Succeeded>(await shop.PayAsync(await shop.OrderAsync(), ManualShop.GoodCard));
    }

    [Fact]
    public async Task One_address_tries_so_many_orders_and_no_more()
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Payments:AttemptsPerAddress", "2"));
        using var refused = new LimitRefusals(shop);

        await PayNewOrderAsync("192.0.2.1");
        await PayNewOrderAsync("192.0.2.1");
        MustBeRefused(await PayNewOrderAsync("192.0.2.1"));

        Assert.Equal(["address"], refused.By);
        Assert.IsType<PaymentOutcome.Declined>(await PayNewOrderAsync("192.0.2.2"));
        Assert.IsType<PaymentOutcome.Declined>(await PayNewOrderAsync(null));

        async Task<PaymentOutcome> PayNewOrderAsync(string? address) => await shop.PayAsync(await shop.OrderAsync(), ManualShop.PoorCard, address);
    }

    [Fact]
    public async Task All_addresses_together_try_so_often_and_no_more()
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Payments:AttemptsOverall", "2"));
        using var refused = new LimitRefusals(shop);

        await shop.PayAsync(await shop.OrderAsync(), ManualShop.PoorCard, "192.0.2.1");
        await shop.PayAsync(await shop.OrderAsync(), ManualShop.PoorCard, "192.0.2.2");
        var third = await shop.OrderAsync();
        MustBeRefused(await shop.PayAsync(third, ManualShop.GoodCard, "192.0.2.3"));

        Assert.Equal(["overall"], refused.By);
        Assert.Empty((await shop.Shop.BooksOfAsync(third)).Intents);
    }

    [Fact]
    public async Task Going_on_with_a_payment_is_no_new_attempt()
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Payments:AttemptsPerOrder", "1"), ("Payments:AttemptsOverall", "1"));
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        await shop.EndChallengeAsync((await shop.IntentOfAsync(order)).Id, passes: true);

        Assert.IsType<PaymentOutcome.Succeeded>(await shop.ConfirmAsync(order));
    }

    [Fact]
    public async Task A_refusal_says_how_long_to_wait_and_then_it_is_over()
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Payments:AttemptsPerAddress", "1"));
        await shop.PayAsync(await shop.OrderAsync(), ManualShop.PoorCard, "192.0.2.1");
        shop.Clock.Advance(TimeSpan.FromMinutes(4));
        var order = await shop.OrderAsync();

        var refused = Assert.IsType<PaymentOutcome.Refused>(await shop.PayAsync(order, ManualShop.GoodCard, "192.0.2.1"));
        Assert.Equal(TimeSpan.FromMinutes(6), refused.Wait);
        shop.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.IsType<PaymentOutcome.Succeeded>(await shop.PayAsync(order, ManualShop.GoodCard, "192.0.2.1"));
    }

    [Fact]
    public async Task Refusals_are_logged_once_a_minute_as_a_warning_that_names_the_limit_and_the_address_and_no_order()
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Payments:AttemptsPerAddress", "1"));
        await shop.PayAsync(await shop.OrderAsync(), ManualShop.PoorCard, "192.0.2.1");
        var order = await shop.OrderAsync();

        for (var attempt = 0; attempt < 3; attempt++)
            await shop.PayAsync(order, ManualShop.PoorCard, "192.0.2.1");

        var line = Assert.Single(shop.Logs.Entries, entry => entry.Category == typeof(AttemptLimits).FullName);
        Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Warning, line.Level);
        Assert.Contains("address", line.Text, StringComparison.Ordinal);
        Assert.Contains("192.0.2.1", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(order.Value, line.Text, StringComparison.Ordinal);
    }

    private static void MustBeRefused(PaymentOutcome outcome) =>
        Assert.Equal(RefusalReason.TooManyAttempts, Assert.IsType<PaymentOutcome.Refused>(outcome).Reason);
}
