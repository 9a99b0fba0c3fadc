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

    [Fact]
    public async Task Payments_are_found_by_the_shoppers_address_whatever_its_case_with_their_totals_pages_and_file()
    {
        await using var shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);
        using var viewer = new DeskVisitor(shop.Shop.Address);
        var ada = new List<string>();
        for (var order = 0; order < 60; order++)
        {
            ada.Add(await TriedByAsync(shop, order % 2 == 0 ? LogGuard.ShopperEmail : LogGuard.ShopperEmail.ToUpperInvariant()));
            shop.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await TriedByAsync(shop, "x" + LogGuard.ShopperEmail);
        await NumberAsync(shop, await shop.OrderAsync());
        await viewer.SignInAsync(DeskShop.ViewerName, DeskShop.ViewerPassword);

        var found = await SearchAsync(viewer, $" {LogGuard.ShopperEmail.Replace("ada", "Ada", StringComparison.Ordinal)} ");
        var first = await viewer.GetAsync(found);
        var second = await viewer.GetAsync("/" + first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href"));

        Assert.Equal(Enumerable.Reverse(ada), [.. NumbersOn(first), .. NumbersOn(second)]);
        Assert.Null(second.Document.QuerySelector("a[rel=next]"));
        Assert.Contains("0 of 60 paid", Assert.Single(first.Document.QuerySelectorAll(".totals li")).TextContent, StringComparison.Ordinal);
        var file = await viewer.DownloadAsync("/" + first.Document.QuerySelector("a[download]")!.GetAttribute("href"));
        Assert.Equal(Enumerable.Reverse(ada), file.TrimEnd().Split("\r\n").Skip(1).Select(line => line.Split(',')[1]));
        // A second filter keeps the first.
        var (action, fields) = DeskVisitor.Read(first, found, "form.filters");
        fields["state"] = nameof(PaymentState.Paid);
        Assert.Empty(NumbersOn(await viewer.GetAsync(action + "?" + string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}")))));
        Assert.Contains(LogGuard.ShopperEmail, (await viewer.GetAsync("/desk/payments/" + ada[0])).Document.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrected_address_finds_the_payment_and_the_earlier_one_no_longer_does()
    {
        using var viewer = await desk.ViewerAsync();
        var order = await Shop.OrderAsync();
        await Shop.PayAsync(order, ManualShop.PoorCard, email: "wrong@mail.example");
        await Shop.PayAsync(order, ManualShop.GoodCard, email: "right@mail.example");

        Assert.Equal([await NumberAsync(Shop, order)], NumbersOn(await viewer.GetAsync(await SearchAsync(viewer, "RIGHT@mail.example"))));
        var none = await viewer.GetAsync(await SearchAsync(viewer, "wrong@mail.example"));

        Assert.Empty(NumbersOn(none));
        Assert.Contains("No payments match", none.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_link_of_the_desk_holds_an_address_and_a_forged_one_finds_nobody()
    {
        using var viewer = await desk.ViewerAsync();

        var found = await SearchAsync(viewer, LogGuard.ShopperEmail);
        var page = await viewer.GetAsync(found);

        Assert.All(page.Document.QuerySelectorAll("[href], [action]"), link => Assert.DoesNotContain(
            "ada", $"{link.GetAttribute("href")}{link.GetAttribute("action")}", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("/desk?no=address", await SearchAsync(viewer, "ada@mail"));
        Assert.Contains("no whole e-mail address", (await viewer.GetAsync("/desk?no=address")).Document.QuerySelector("main [role=status]")!.TextContent, StringComparison.Ordinal);
        var forged = await viewer.GetAsync($"/desk?email={Uri.EscapeDataString("CfDJ8" + new string('A', 80))}");
        Assert.Equal(HttpStatusCode.OK, forged.Status);
        Assert.Null(forged.Document.QuerySelector(".filter-email"));
    }

    [Theory]
    [InlineData("7KQ2-M4XRT", "/desk?q=7KQ2-M4XRT")]
    [InlineData("  ", "/desk")]
    [InlineData("//evil.example", "/desk?q=%2F%2Fevil.example")]
    public async Task Whatever_else_is_typed_is_looked_for_in_the_list(string typed, string leadsTo)
    {
        using var viewer = await desk.ViewerAsync();

        Assert.Equal(leadsTo, await SearchAsync(viewer, typed));
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

    private static async Task<string> SearchAsync(DeskVisitor visitor, string typed) =>
        visitor.Target(await visitor.SubmitAsync(await visitor.GetAsync("/desk"), "/desk", "form[role=search]", ("q", typed)))!;

    private static async Task<string> TriedByAsync(ManualShop shop, string email)
    {
        var seen = await shop.FindAsync(await shop.OrderAsync());
        await shop.Services.GetRequiredService<IPaymentLedger>().BeginAttemptAsync(
            seen with { Order = seen.Order with { Email = EmailAddress.Parse(email) } },
            PaymentMethodId.Parse("pm_1"), AuthenticationMode.Handle, CaptureMode.Automatic, PaymentActor.Shopper);
        return seen.Order.Number;
    }

    private static List<string> NumbersOn(Page page) => [.. page.Document.QuerySelectorAll("tbody th a").Select(link => link.TextContent)];

    private static async Task<string> NumberAsync(ManualShop shop, OrderId order) => (await shop.FindAsync(order)).Order.Number;
}
