using System.Net;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Webhooks;

namespace PaymentApp.Tests.Desk;

/// <summary>Whether an operator sees how Stripe's events come in.</summary>
public sealed class EventIntakeTests
{
    [Fact]
    public async Task Before_anything_happened_nothing_is_wrong()
    {
        await using var shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);

        var page = await PageAsync(shop);

        Assert.Contains("None has come yet", page, StringComparison.Ordinal);
        Assert.Contains("Nothing needs you", page, StringComparison.Ordinal);
        Assert.DoesNotContain("No webhook has ever reached", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_delivery_and_the_last_reading_say_when_and_how_many()
    {
        await using var shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);
        await shop.CatchUpAsync();
        var order = await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        foreach (var happened in await shop.EventsOfAsync(order))
            Assert.Equal(HttpStatusCode.OK, await shop.DeliverAsync(happened.Body));
        shop.Clock.Advance(TimeSpan.FromMinutes(7));
        await shop.CatchUpAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(2));

        var page = await PageAsync(shop);

        Assert.Contains("12:00, 9 minutes ago", page, StringComparison.Ordinal);
        Assert.Contains("12:07, 2 minutes ago: nothing was missing", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Webhooks have stopped", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_webhooks_never_come_the_first_event_that_was_read_says_so()
    {
        await using var shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);
        await shop.CatchUpAsync();
        await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await shop.CatchUpAsync();

        var page = await PageAsync(shop);

        Assert.Contains("No webhook has ever reached this shop.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing needs you", page, StringComparison.Ordinal);
        Assert.Matches("[0-9]+ events that no webhook brought", page);
    }

    [Fact]
    public async Task Where_webhooks_stop_it_says_so_until_one_comes()
    {
        await using var shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);
        await shop.CatchUpAsync();
        await shop.DeliverAsync(EventBody.Of(EventBody.NewId()));
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await shop.CatchUpAsync();

        var stopped = await PageAsync(shop);
        await shop.DeliverAsync(EventBody.Of(EventBody.NewId()));
        var again = await PageAsync(shop);

        Assert.Contains("Webhooks have stopped coming.", stopped, StringComparison.Ordinal);
        Assert.DoesNotContain("Webhooks have stopped coming.", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_that_only_fetches_misses_no_webhooks()
    {
        await using var shop = await ManualShop.OpenAsync(settings: [.. DeskShop.Accounts, ("Webhooks:Mode", "FetchOnly")]);
        await shop.CatchUpAsync();
        await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await shop.CatchUpAsync();

        var page = await PageAsync(shop);

        Assert.Contains("Switched off", page, StringComparison.Ordinal);
        Assert.Matches("(one|[0-9]+) new events?", page);
        Assert.DoesNotContain("No webhook has ever reached", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_with_a_wrong_signature_is_shown_until_one_is_right_and_none_without_a_signature_is()
    {
        await using var shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);
        var body = EventBody.Of(EventBody.NewId());
        Assert.Equal(HttpStatusCode.BadRequest, await shop.DeliverAsync(body, signature: null));
        var unsigned = await PageAsync(shop);
        Assert.Equal(HttpStatusCode.BadRequest, await shop.DeliverAsync(body, shop.Sign(body, "whsec_of_somebody_else")));
        var forged = await PageAsync(shop);
        await shop.DeliverAsync(body);
        var right = await PageAsync(shop);

        Assert.DoesNotContain("Refused since", unsigned, StringComparison.Ordinal);
        Assert.Contains("not signed by Stripe: compare Stripe:WebhookSecret", forged, StringComparison.Ordinal);
        Assert.DoesNotContain("Refused since", right, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reading_that_fails_is_shown_at_once_and_counts_when_it_goes_on_for_long()
    {
        await using var shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);
        await shop.CatchUpAsync();
        await shop.FaultAsync("error_before", "GET /v1/events", count: 1000);
        await shop.WhileTimePassesAsync(CatchUpAsync(shop));

        var (first, number) = await PageAndNumberAsync(shop);
        shop.Clock.Advance(TimeSpan.FromMinutes(15));
        var (_, later) = await PageAndNumberAsync(shop);
        await shop.NoMoreFaultsAsync();
        await shop.CatchUpAsync();
        var (mended, none) = await PageAndNumberAsync(shop);

        Assert.Contains("Stripe's events cannot be read", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Stripe's events cannot be read", mended, StringComparison.Ordinal);
        Assert.Equal(("", "1 open", ""), (number, later, none));
    }

    private static async Task<bool> CatchUpAsync(ManualShop shop)
    {
        await shop.CatchUpAsync();
        return true;
    }

    private static async Task<string> PageAsync(ManualShop shop) => (await PageAndNumberAsync(shop)).Page;

    private static async Task<(string Page, string Number)> PageAndNumberAsync(ManualShop shop)
    {
        using var viewer = new DeskVisitor(shop.Shop.Address);
        await viewer.SignInAsync(DeskShop.ViewerName, DeskShop.ViewerPassword);
        var page = await viewer.GetAsync("/desk/attention");
        return (
            string.Join(' ', page.Document.QuerySelector("main")!.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).Replace(" ,", ",", StringComparison.Ordinal),
            page.Document.QuerySelector(".tabs .count")?.TextContent ?? "");
    }
}
