using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using PaymentApp.Ledger;
using PaymentApp.Mail;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;

namespace PaymentApp.Tests.Mail;

/// <summary>The receipt by mail: at least once, always the same mail, to the address that the shopper named and to no log.</summary>
public sealed class ReceiptMailTests : IAsyncLifetime
{
    private ManualShop _shop = null!;

    public async Task InitializeAsync() => _shop = await ManualShop.OpenAsync(settings: ("Shop:Url", "https://shop.example/store/"));

    public Task DisposeAsync() => _shop.DisposeAsync().AsTask();

    [Fact]
    public async Task A_paid_order_sends_its_receipt_once()
    {
        var order = await PaidAsync(LogGuard.ShopperEmail, "field-notebook");
        Assert.False(Directory.Exists(_shop.Shop.Mails));

        await _shop.RunDueAsync();
        await _shop.RunDueAsync();

        var mail = Assert.Single(Mails());
        var number = (await OrderAsync(order)).Number;
        Assert.Equal(LogGuard.ShopperEmail, Assert.Single(mail.To.Mailboxes).Address);
        Assert.Equal($"receipt.{number}@small-hours.example", mail.MessageId);
        Assert.Contains(number, mail.Subject, StringComparison.Ordinal);
        foreach (var body in new[] { mail.TextBody, System.Net.WebUtility.HtmlDecode(mail.HtmlBody) })
        {
            Assert.Contains("Field notebook", body, StringComparison.Ordinal);
            Assert.Contains("€12.50", body, StringComparison.Ordinal);
            Assert.Contains("Includes 23\u00a0% VAT", body, StringComparison.Ordinal);
            Assert.Contains("€2.34", body, StringComparison.Ordinal);
            Assert.Contains("Sold by Small Hours", body, StringComparison.Ordinal);
            Assert.Contains($"https://shop.example/store/orders/{order}", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("de-DE", "Ihr Beleg zur Bestellung", "Vielen Dank für Ihre Bestellung", "Notizbuch für unterwegs", "12,50\u00a0€", "Enthält 23\u00a0% MwSt.", "Verkauft von Small Hours")]
    [InlineData("fr", "Votre reçu pour la commande", "Merci pour votre commande", "Carnet de terrain", "12,50\u00a0€", "Dont TVA (23\u00a0%)", "Vendu par Small Hours")]
    [InlineData("es-MX", "Su recibo del pedido", "Gracias por su pedido", "Cuaderno de campo", "€12.50", "Incluye 23\u00a0% de IVA", "Vendido por Small Hours")]
    [InlineData("ja-JP", "領収書", "ご注文ありがとうございます", "フィールドノート", "€12.50", "付加価値税（23%）込み", "販売者：Small Hours")]
    public async Task A_receipt_is_in_the_language_that_the_order_was_placed_in(string culture, params string[] says)
    {
        var book = _shop.Services.GetRequiredService<IOrderBook>();
        var order = (await book.PlaceAsync(new Catalogue().Find("field-notebook")!, language: culture)).Id;
        await _shop.PayAsync(order, ManualShop.GoodCard, email: LogGuard.ShopperEmail);

        await _shop.RunDueAsync();

        var mail = Assert.Single(Mails());
        Assert.Contains(says[0], mail.Subject, StringComparison.Ordinal);
        Assert.Contains(culture, mail.Body!.Headers[HeaderId.ContentLanguage], StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{culture}\" dir=\"ltr\">", mail.HtmlBody, StringComparison.Ordinal);
        foreach (var body in new[] { mail.TextBody, System.Net.WebUtility.HtmlDecode(mail.HtmlBody) })
            Assert.All(says.Skip(1), text => Assert.Contains(text, body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mails_that_are_sent_together_are_each_in_their_own_language()
    {
        var book = _shop.Services.GetRequiredService<IOrderBook>();
        foreach (var language in new[] { "ja", null, "de", "fr" })
        {
            var order = (await book.PlaceAsync(new Catalogue().Find("tenugui")!, language: language)).Id;
            await _shop.PayAsync(order, ManualShop.GoodCard, email: LogGuard.ShopperEmail);
        }

        await _shop.RunDueAsync();

        Assert.Equal(["de", "en-US", "fr", "ja"], Mails().Select(mail => mail.Body!.Headers[HeaderId.ContentLanguage]).Order());
        Assert.All(
            ["Vielen Dank", "Thank you", "Merci", "ありがとうございます"],
            thanks => Assert.Single(Mails(), mail => mail.TextBody!.Contains(thanks, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_receipt_that_is_sent_again_is_the_same_mail()
    {
        var order = await PaidAsync(LogGuard.ShopperEmail);
        await _shop.RunDueAsync();
        var first = Assert.Single(Mails()).MessageId;

        await _shop.Services.GetRequiredService<IWorkQueue>().ScheduleAsync(WorkKind.Receipt, order.Value, _shop.Now);
        await _shop.RunDueAsync();

        Assert.Equal(first, Assert.Single(Mails()).MessageId);
    }

    [Theory]
    [InlineData(ManualShop.GoodCard, null)]
    [InlineData(ManualShop.PoorCard, LogGuard.ShopperEmail)]
    [InlineData(ManualShop.BankCard, LogGuard.ShopperEmail)]
    public async Task Without_an_address_or_a_payment_no_receipt_is_sent(string card, string? email)
    {
        var order = await _shop.OrderAsync();
        await _shop.PayAsync(order, card, email: email);

        await _shop.RunDueAsync();

        Assert.False(Directory.Exists(_shop.Shop.Mails));
    }

    [Fact]
    public async Task The_address_is_kept_on_the_order_and_given_to_Stripe_and_a_later_attempt_corrects_it()
    {
        var order = await _shop.OrderAsync();
        await _shop.PayAsync(order, ManualShop.PoorCard, email: "wrong@mail.example");
        Assert.Equal("wrong@mail.example", (await _shop.IntentOfAsync(order)).ReceiptEmail);

        await _shop.PayAsync(order, ManualShop.GoodCard, email: LogGuard.ShopperEmail);

        Assert.Equal(LogGuard.ShopperEmail, (await _shop.IntentOfAsync(order)).ReceiptEmail);
        Assert.Equal(LogGuard.ShopperEmail, (await OrderAsync(order)).Email?.Value);
    }

    [Fact]
    public async Task A_request_that_is_asked_again_names_the_address_that_it_named_first()
    {
        var order = await _shop.OrderAsync();
        await _shop.FaultAsync("reset_after", "POST /v1/payment_intents", 10);
        await _shop.WhileTimePassesAsync(_shop.PayAsync(order, ManualShop.GoodCard, email: LogGuard.ShopperEmail));
        Assert.NotNull((await _shop.FindAsync(order)).OpenStep);
        await _shop.NoMoreFaultsAsync();

        var outcome = await _shop.WhileTimePassesAsync(_shop.PayAsync(order, ManualShop.GoodCard, email: "other@mail.example"));

        Assert.IsType<PaymentOutcome.Succeeded>(outcome);
        Assert.Equal(LogGuard.ShopperEmail, (await _shop.IntentOfAsync(order)).ReceiptEmail);
        Assert.Equal(LogGuard.ShopperEmail, (await OrderAsync(order)).Email?.Value);
    }

    [Fact]
    public async Task A_server_that_refuses_for_now_is_asked_again_and_one_that_refuses_for_good_leaves_it_to_an_operator()
    {
        var sender = new RefusingSender(421, 550);
        await using var shop = await ManualShop.OpenAsync(services => services.AddSingleton<IMailSender>(sender));
        var order = await shop.OrderAsync();
        await shop.PayAsync(order, ManualShop.GoodCard, email: LogGuard.ShopperEmail);

        await shop.RunDueAsync();
        Assert.Equal("The mail server answered 421.", (await shop.WorkAsync(WorkKind.Receipt, order.Value))!.Note);

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.RunDueAsync();

        var work = (await shop.WorkAsync(WorkKind.Receipt, order.Value))!;
        Assert.Equal((WorkStatus.Parked, "The mail server answered 550."), (work.Status, work.Note));
        Assert.Equal(2, sender.Asked);
    }

    private async Task<OrderId> PaidAsync(string? email, string product = "pour-over-kettle")
    {
        var order = await _shop.OrderAsync(product);
        Assert.IsType<PaymentOutcome.Succeeded>(await _shop.PayAsync(order, ManualShop.GoodCard, email: email));
        return order;
    }

    private Task<Order> OrderAsync(OrderId id) => _shop.ReadAsync(context => context.Orders.SingleAsync(order => order.Id == id));

    private List<MimeMessage> Mails() => [.. Directory.EnumerateFiles(_shop.Shop.Mails, "*.eml").Select(file => MimeMessage.Load(file))];

    private sealed class RefusingSender(params int[] answers) : IMailSender
    {
        private int _asked;

        public int Asked => _asked;

        public Task SendAsync(MimeMessage mail, CancellationToken cancellationToken = default) =>
            throw new MailRefusedException(answers[Interlocked.Increment(ref _asked) - 1]);
    }
}
