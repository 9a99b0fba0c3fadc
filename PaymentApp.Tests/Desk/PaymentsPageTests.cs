using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Components;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Desk;

/// <summary>The list of payments, as whoever may look gets it.</summary>
public sealed class PaymentsPageTests(DeskShop desk) : IClassFixture<DeskShop>
{
    private ManualShop Shop => desk.Shop;

    [Fact]
    public async Task A_payment_is_found_by_number_intent_id_and_last_four()
    {
        using var viewer = await desk.ViewerAsync();
        var order = await Shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var payment = await Shop.FindAsync(order);
        var page = $"/desk/payments/{payment.Order.Number}";

        foreach (var search in new[] { payment.Order.Number, payment.Order.Number.ToLowerInvariant(), $"  {payment.Order.Number} ", payment.Intent!.Value.ToString(), order.Value })
            Assert.Equal(page, viewer.Target(await viewer.GetAsync("/desk?q=" + Uri.EscapeDataString(search))));
        var byCard = viewer.Target(await viewer.GetAsync("/desk?q=4242"))!;
        Assert.Contains(payment.Order.Number, NumbersOn(await viewer.GetAsync(byCard)));
        Assert.Empty(NumbersOn(await viewer.GetAsync(byCard.Replace("4242", "4343", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("nobody@example.com")]
    [InlineData("' OR 1=1 --")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("pi_none")]
    public async Task What_is_not_found_is_said_to_be_not_found(string search)
    {
        using var viewer = await desk.ViewerAsync();

        var page = await viewer.GetAsync("/desk?q=" + Uri.EscapeDataString(search));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(search, page.Document.QuerySelector("main [role=status] strong")!.TextContent);
    }

    [Fact]
    public async Task Filters_narrow_the_list_the_totals_and_the_file_alike()
    {
        await using var shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);
        using var viewer = new DeskVisitor(shop.Shop.Address);
        await viewer.SignInAsync(DeskShop.ViewerName, DeskShop.ViewerPassword);
        var paid = await NumberAsync(shop, await shop.OrderTriedWithAsync(ManualShop.GoodCard));
        var declined = await NumberAsync(shop, await shop.OrderTriedWithAsync(ManualShop.PoorCard));
        var asked = await NumberAsync(shop, await shop.OrderTriedWithAsync(ManualShop.BankCard));
        var euros = await NumberAsync(shop, await shop.OrderAsync("field-notebook"));
        shop.Clock.Advance(TimeSpan.FromDays(40));
        await viewer.SignInAsync(DeskShop.ViewerName, DeskShop.ViewerPassword);
        var today = await NumberAsync(shop, await shop.OrderTriedWithAsync(ManualShop.GoodCard));

        await MustShowAsync("", today);
        await MustShowAsync("?from=2026-09-01&to=2026-09-01", euros, asked, declined, paid);
        await MustShowAsync("?from=2026-09-01&to=2026-10-31&state=Paid", today, paid);
        await MustShowAsync("?from=2026-09-01&to=2026-10-31&state=AwaitingAuthentication", asked);
        await MustShowAsync("?from=2026-09-01&to=2026-10-31&code=insufficient_funds", declined);
        await MustShowAsync("?from=2026-09-01&to=2026-10-31&currency=EUR", euros);
        await MustShowAsync("?from=2026-09-01&to=2026-10-31&currency=EUR&state=Paid");
        await MustShowAsync("?from=soon&to=&state=Nowhere&currency=€&last4=x", today);

        async Task MustShowAsync(string query, params string[] numbers)
        {
            var page = await viewer.GetAsync("/desk" + query);
            // Orders of one moment are in no order.
            Assert.Equal(numbers.Order(), NumbersOn(page).Order());
            Assert.Equal(numbers.Length, page.Document.QuerySelectorAll(".totals li").Sum(total => int.Parse(total.TextContent.Split("of")[1].Trim().Split(' ')[0], CultureInfo.InvariantCulture)));
            var file = await viewer.DownloadAsync("/desk/payments.csv" + query);
            Assert.Equal(numbers.Order(), file.TrimEnd().Split("\r\n").Skip(1).Select(line => line.Split(',')[1]).Order());
        }
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repetition_while_new_orders_come()
    {
        await using var shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);
        using var viewer = new DeskVisitor(shop.Shop.Address);
        await viewer.SignInAsync(DeskShop.ViewerName, DeskShop.ViewerPassword);
        var numbers = new List<string>();
        for (var order = 0; order < 120; order++)
        {
            numbers.Add(await NumberAsync(shop, await shop.OrderAsync()));
            // Some orders share their moment.
            if (order % 3 == 0)
                shop.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var seen = new List<string>();
        for (var path = "/desk"; ;)
        {
            var page = await viewer.GetAsync(path);
            Assert.InRange(NumbersOn(page).Count, 1, 50);
            seen.AddRange(NumbersOn(page));
            await shop.OrderAsync();
            if (page.Document.QuerySelector("a[rel=next]") is not { } next)
                break;
            path = "/" + next.GetAttribute("href");
        }

        Assert.Equal(numbers.Order(), seen.Order());
    }

    [Fact]
    public async Task The_file_holds_every_payment_however_many_there_are()
    {
        await using var shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);
        using var viewer = new DeskVisitor(shop.Shop.Address);
        await viewer.SignInAsync(DeskShop.ViewerName, DeskShop.ViewerPassword);
        for (var order = 0; order < 600; order++)
            await shop.OrderAsync();

        var lines = (await viewer.DownloadAsync("/desk/payments.csv")).TrimEnd().Split("\r\n");

        Assert.Equal(600, lines.Skip(1).Distinct().Count());
        Assert.Equal("2026-09-01T12:00:00Z", lines[1].Split(',')[0]);
    }

    [Fact]
    public async Task A_name_that_a_spreadsheet_would_run_is_only_text_in_the_file()
    {
        using var viewer = await desk.ViewerAsync();
        var evil = new Product("evil", "=HYPERLINK(\"https://evil.example\",\"Kettle, blue\")", "", Money.OfMajor(5, Currency.Usd), "");
        await Shop.Services.GetRequiredService<IOrderBook>().PlaceAsync(evil);

        var file = await viewer.DownloadAsync("/desk/payments.csv");

        Assert.Contains(",\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"Kettle, blue\"\")\",", file, StringComparison.Ordinal);
    }

    private static List<string> NumbersOn(Page page) => [.. page.Document.QuerySelectorAll("tbody th a").Select(link => link.TextContent)];

    private static async Task<string> NumberAsync(ManualShop shop, OrderId order) => (await shop.FindAsync(order)).Order.Number;
}
