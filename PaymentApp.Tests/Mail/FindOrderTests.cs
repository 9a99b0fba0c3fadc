using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Mail;

/// <summary>Find my order: whoever asks is told the same, and the owner gets a mail.</summary>
public sealed class FindOrderTests : IAsyncLifetime
{
    private ManualShop _shop = null!;

    public async Task InitializeAsync() => _shop = await ManualShop.OpenAsync(settings: ("Orders:FindPerAddress", "5"));

    public Task DisposeAsync() => _shop.DisposeAsync().AsTask();

    [Fact]
    public async Task The_owner_gets_the_link_by_mail_and_the_page_says_the_same_to_everybody()
    {
        var order = await PaidAsync();
        var number = (await _shop.FindAsync(order)).Order.Number;

        var stranger = await AskAsync(number, "somebody@mail.example");
        var wrongNumber = await AskAsync("2222-22222", LogGuard.ShopperEmail);
        await _shop.RunDueAsync();
        Assert.Empty(Links());

        var owner = await AskAsync($" {number.ToLowerInvariant()} ", LogGuard.ShopperEmail.ToUpperInvariant());
        await _shop.RunDueAsync();

        Assert.Equal(HttpStatusCode.OK, owner.Status);
        Assert.Contains("on its way", owner.Said, StringComparison.Ordinal);
        Assert.Equal(owner, stranger);
        Assert.Equal(owner, wrongNumber);
        var mail = Assert.Single(Links());
        Assert.Equal(LogGuard.ShopperEmail, Assert.Single(mail.To.Mailboxes).Address);
        Assert.Contains($"{_shop.Shop.Address}orders/{order}", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mail_is_in_the_language_of_the_order_and_not_of_whoever_asks()
    {
        var book = _shop.Services.GetRequiredService<IOrderBook>();
        var order = await book.PlaceAsync(new Catalogue().Find("desk-lamp")!, language: "de-DE");
        await _shop.PayAsync(order.Id, ManualShop.GoodCard, email: LogGuard.ShopperEmail);

        await AskAsync(order.Number, LogGuard.ShopperEmail);
        await _shop.RunDueAsync();

        var mail = Assert.Single(Links());
        Assert.Equal($"Ihre Bestellung {order.Number} – Small Hours", mail.Subject);
        Assert.Contains("Schreibtischlampe", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_that_a_request_names_never_gets_into_a_mail()
    {
        var order = await PaidAsync();
        var number = (await _shop.FindAsync(order)).Order.Number;

        await AskAsync(number, LogGuard.ShopperEmail, host: "localhost:1");
        await _shop.RunDueAsync();

        Assert.DoesNotContain("localhost:1/", Assert.Single(Links()).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_was_paid_without_an_address_is_sent_to_nobody()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);

        var answer = await AskAsync((await _shop.FindAsync(order)).Order.Number, LogGuard.ShopperEmail);
        await _shop.RunDueAsync();

        Assert.Contains("on its way", answer.Said, StringComparison.Ordinal);
        Assert.Empty(Links());
    }

    [Theory]
    [InlineData("", LogGuard.ShopperEmail, "order number")]
    [InlineData("7KQ2-M4XRT", "nobody", "e-mail address")]
    [InlineData("7KQ2-M4XRT", "", "e-mail address")]
    public async Task What_is_incomplete_is_said(string number, string email, string says)
    {
        var answer = await AskAsync(number, email);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(says, answer.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_asks_only_so_often_and_a_mailbox_is_not_filled()
    {
        var order = await PaidAsync();
        var number = (await _shop.FindAsync(order)).Order.Number;
        for (var asked = 0; asked < 5; asked++)
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(number, LogGuard.ShopperEmail)).Status);
            await _shop.RunDueAsync();
        }

        Assert.Equal(3, Links().Count);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(number, LogGuard.ShopperEmail)).Status);

        _shop.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(number, LogGuard.ShopperEmail)).Status);
    }

    [Fact]
    public async Task Who_mistypes_the_address_or_asks_for_anothers_order_keeps_nobody_from_the_mail()
    {
        var order = await PaidAsync();
        var number = (await _shop.FindAsync(order)).Order.Number;
        for (var asked = 0; asked < 4; asked++)
            await AskAsync(number, "mistyped@shoppers.example");

        await AskAsync(number, LogGuard.ShopperEmail);
        await _shop.RunDueAsync();

        Assert.Single(Links());
    }

    [Theory]
    [InlineData("-", "")]
    [InlineData("-", " ")]
    [InlineData("-", " \u2013 ")]
    [InlineData("-", "-", "#")]
    public async Task A_number_is_found_however_it_is_typed(string hyphen, string typed, string before = "")
    {
        var order = await PaidAsync();
        var number = (await _shop.FindAsync(order)).Order.Number;

        await AskAsync(before + number.Replace(hyphen, typed, StringComparison.Ordinal).ToLowerInvariant(), LogGuard.ShopperEmail);
        await _shop.RunDueAsync();

        Assert.Single(Links());
    }

    private async Task<OrderId> PaidAsync()
    {
        var order = await _shop.OrderAsync();
        await _shop.PayAsync(order, ManualShop.GoodCard, email: LogGuard.ShopperEmail);
        return order;
    }

    private List<MimeMessage> Links() => Directory.Exists(_shop.Shop.Mails)
        ? [.. Directory.EnumerateFiles(_shop.Shop.Mails, "order.*.eml").Select(file => MimeMessage.Load(file))]
        : [];

    private async Task<(HttpStatusCode Status, string Said)> AskAsync(string number, string email, string? host = null)
    {
        using var client = new HttpClient { BaseAddress = _shop.Shop.Address };
        var page = new HtmlParser().ParseDocument(await client.GetStringAsync(new Uri("/find-order", UriKind.Relative)));
        var form = page.QuerySelectorAll("main form input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value"));
        (form["number"], form["email"]) = (number, email);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/find-order") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Host = host;
        using var response = await client.SendAsync(request);
        var answer = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, answer.QuerySelector(".notice")?.TextContent.Trim() ?? "");
    }
}
