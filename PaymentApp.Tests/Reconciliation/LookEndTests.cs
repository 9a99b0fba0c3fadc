using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Reconciliation;

/// <summary>Looks come to an end in every state, and only there (invariant 13).</summary>
public sealed class LookEndTests
{
    [Fact]
    public async Task An_order_that_nobody_tried_to_pay_ends_after_a_day_and_Stripe_never_hears_of_it()
    {
        await using var shop = await ManualShop.OpenAsync();
        var order = await shop.OrderAsync();

        shop.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await shop.LookAtDueAsync());
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await shop.LookAtDueAsync();

        Assert.Equal(PaymentState.Canceled, (await shop.FindAsync(order)).State);
        Assert.Contains(await shop.TimelineAsync(order), line => line is { State: PaymentState.Canceled, Actor: PaymentActor.Sweeper });
        await MustBeLeftAloneAsync(shop, order);
        Assert.IsType<PaymentOutcome.Canceled>(await shop.PayAsync(order, ManualShop.GoodCard));
        Assert.Empty((await shop.Shop.BooksOfAsync(order)).Intents);
    }

    [Theory]
    [InlineData(false, "Confirm", IntentStatus.Canceled)]
    [InlineData(true, "Wait", IntentStatus.Canceled)]
    [InlineData(true, "Confirm", IntentStatus.Succeeded)]
    public async Task Whoever_leaves_the_bank_leaves_an_order_that_ends(bool passes, string after, object end)
    {
        // Before Stripe's own hour is over, as where it never is.
        await using var shop = await ManualShop.OpenAsync(null, ("Payments:AbandonAfter", "00:30:00"), ("Payments:AfterAuthentication", after));
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        if (passes)
            await shop.EndChallengeAsync((await shop.IntentOfAsync(order)).Id, passes: true);

        await LookForAsync(shop, TimeSpan.FromMinutes(35));

        var intent = await shop.IntentOfAsync(order);
        Assert.Equal(end, intent.Status);
        if (intent.Status is IntentStatus.Canceled)
            Assert.Equal("abandoned", intent.CancellationReason);
        Assert.Equal(intent.Status is IntentStatus.Canceled ? PaymentState.Canceled : PaymentState.Paid, (await shop.FindAsync(order)).State);
        await MustBeLeftAloneAsync(shop, order);
    }

    [Fact]
    public async Task While_Stripe_is_away_a_look_is_repeated_and_ends_nothing()
    {
        await using var shop = await ManualShop.OpenAsync();
        var order = await shop.OrderTriedWithAsync(ManualShop.PoorCard);
        await shop.FaultAsync("error_before", "GET /v1/payment_intents/{id}", count: 1000);
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await shop.WhileTimePassesAsync(shop.LookAtDueAsync());

        Assert.Equal(PaymentState.AwaitingPayment, (await shop.FindAsync(order)).State);
        var look = (await shop.WorkAsync(WorkKind.Look, order.Value))!;
        Assert.Equal((WorkStatus.Waiting, "Stripe could not be asked."), (look.Status, look.Note));
        Assert.NotNull(look.FailingSince);

        await shop.NoMoreFaultsAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.LookAtDueAsync();
        Assert.Equal(PaymentState.Canceled, (await shop.FindAsync(order)).State);
    }

    [Theory]
    [InlineData("rate_limit")]
    [InlineData("reset_before")]
    [InlineData("error_before")]
    public async Task An_abandoned_order_that_cannot_be_canceled_for_a_while_is_canceled_afterwards(string fault)
    {
        await using var shop = await ManualShop.OpenAsync();
        var order = await shop.OrderTriedWithAsync(ManualShop.PoorCard);
        await shop.FaultAsync(fault, "POST /v1/payment_intents/{id}/cancel", count: 1000);
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await shop.WhileTimePassesAsync(shop.LookAtDueAsync());

        Assert.Empty(await shop.Services.GetRequiredService<IWorkQueue>().ParkedAsync(most: 100));
        await shop.NoMoreFaultsAsync();
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await shop.LookAtDueAsync();

        Assert.Equal(PaymentState.Canceled, (await shop.FindAsync(order)).State);
        await MustBeLeftAloneAsync(shop, order);
    }

    [Theory]
    [FullData("rate_limit", 429, 3)]
    [InlineData("parameter_unknown", 400, 0)]
    public async Task An_abandoned_order_that_Stripe_never_cancels_is_parked(string code, int status, int days)
    {
        await using var shop = await ManualShop.OpenAsync();
        var order = await shop.OrderTriedWithAsync(ManualShop.PoorCard);
        await shop.FaultAsync(
            "refuse", "POST /v1/payment_intents/{id}/cancel", count: 10_000, ("error[type]", "invalid_request_error"), ("error[code]", code), ("status", $"{status}"));

        for (var hours = 0; hours < 24 * (days + 1); hours++)
        {
            Assert.Empty(await shop.Services.GetRequiredService<IWorkQueue>().ParkedAsync(most: 100));
            shop.Clock.Advance(TimeSpan.FromHours(1));
            await shop.WhileTimePassesAsync(shop.LookAtDueAsync());
        }

        Assert.Equal(WorkKind.Look, Assert.Single(await shop.Services.GetRequiredService<IWorkQueue>().ParkedAsync(most: 100)).Kind);
        Assert.Equal(PaymentState.AwaitingPayment, (await shop.FindAsync(order)).State);
    }

    [Fact]
    public async Task A_hold_near_its_end_is_told_once()
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Payments:Capture", "Manual"));
        var order = await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        shop.Clock.Advance(TimeSpan.FromDays(6));
        await shop.LookAtDueAsync();

        for (var hours = 0; hours < 20; hours++)
        {
            shop.Clock.Advance(TimeSpan.FromHours(1));
            await shop.LookAtDueAsync();
        }

        Assert.Single(shop.Logs.Entries, entry => entry.Text.Contains("has been authorized since", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Looks_that_find_nothing_new_say_nothing()
    {
        await using var shop = await ManualShop.OpenAsync();
        await shop.OrderTriedWithAsync(ManualShop.BankCard);
        var said = shop.Logs.Entries.Count(IsHeard);

        await LookForAsync(shop, TimeSpan.FromMinutes(55));

        Assert.Equal(said, shop.Logs.Entries.Count(IsHeard));
        static bool IsHeard(LogEntry entry) => entry.Level is > LogLevel.Debug and not LogLevel.None && entry.Category.StartsWith("PaymentApp", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_that_Stripe_does_not_show_any_more_is_parked_for_an_operator()
    {
        await using var shop = await ManualShop.OpenAsync();
        var order = await shop.OrderAsync();
        var seen = (await shop.FindAsync(order)).Order;
        await shop.LedgerRecordsAsync(order, new IntentSnapshot(PaymentIntentId.Parse("pi_gone"), PaymentState.Processing, seen.Amount, order, null, null, null));

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.LookAtDueAsync();

        var parked = Assert.Single(await shop.Services.GetRequiredService<IWorkQueue>().ParkedAsync(most: 100));
        Assert.Equal((WorkKind.Look, seen.Number), (parked.Kind, parked.OrderNumber));
    }

    private static async Task MustBeLeftAloneAsync(ManualShop shop, OrderId order)
    {
        await shop.RunDueAsync();
        Assert.Equal(WorkStatus.Done, (await shop.WorkAsync(WorkKind.Look, order.Value))!.Status);
        shop.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await shop.LookAtDueAsync());
    }

    private static async Task LookForAsync(ManualShop shop, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMinutes(1))
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            await shop.LookAtDueAsync();
        }
    }
}
