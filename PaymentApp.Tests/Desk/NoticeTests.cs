using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using PaymentApp.Desk;
using PaymentApp.Desk.Notices;
using PaymentApp.Desk.Queries;
using PaymentApp.Mail;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Tests.Desk;

/// <summary>Operators hear by mail of what is new and needs a person: of each thing once, of a burst in one mail.</summary>
public sealed class NoticeTests
{
    private static readonly (string Key, string Value)[] Settings =
        [("Desk:NotifyEmail", "olga@shop.example, victor@shop.example"), ("Shop:Url", "https://shop.example/store/")];

    [Fact]
    public async Task A_dispute_is_told_with_its_order_its_deadline_and_the_way_to_the_desk_and_nothing_secret()
    {
        await using var shop = await ManualShop.OpenAsync(settings: Settings);
        await shop.CatchUpAsync();
        var order = await shop.OrderAsync();
        await shop.PayAsync(order, ManualShop.DisputedCard, email: LogGuard.ShopperEmail);
        await shop.CatchUpAsync();
        await NextTurnAsync(shop);

        var mail = Assert.Single(NoticesOf(shop));
        var number = (await shop.FindAsync(order)).Order.Number;
        var due = (await shop.ReadAsync(context => context.Disputes.SingleAsync())).EvidenceDueBy!.Value;

        Assert.Equal(["olga@shop.example", "victor@shop.example"], mail.To.Mailboxes.Select(box => box.Address));
        Assert.Equal($"A cardholder disputes a payment: order {number} – Small Hours", mail.Subject);
        foreach (var body in new[] { mail.TextBody!, System.Net.WebUtility.HtmlDecode(mail.HtmlBody)! })
        {
            Assert.Contains($"Order {number}", body, StringComparison.Ordinal);
            Assert.Contains($"fraudulent, answer by {due:u}", body, StringComparison.Ordinal);
            Assert.Contains($"https://shop.example/store/desk/payments/{number}", body, StringComparison.Ordinal);
            Assert.Contains("https://shop.example/store/desk/attention", body, StringComparison.Ordinal);
            Assert.Empty(LogGuard.SecretsIn(body));
            Assert.DoesNotContain("0259", body, StringComparison.Ordinal);
            Assert.DoesNotContain(order.Value, body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_burst_is_one_mail_and_what_comes_after_it_waits_for_the_next()
    {
        await using var shop = await ManualShop.OpenAsync(settings: Settings);
        await shop.CatchUpAsync();
        var first = await DisputedAsync(shop, 3);
        await NextTurnAsync(shop);
        var burst = Assert.Single(NoticesOf(shop));
        var later = await DisputedAsync(shop, 2);
        await shop.RunDueAsync();
        Assert.Single(NoticesOf(shop));

        await NextTurnAsync(shop);
        await NextTurnAsync(shop);

        var rest = Assert.Single(NoticesOf(shop), mail => mail.MessageId != burst.MessageId);
        Assert.All(first, number => Assert.Contains(number, burst.TextBody, StringComparison.Ordinal));
        Assert.All(later, number => Assert.Contains(number, rest.TextBody, StringComparison.Ordinal));
        Assert.All(first, number => Assert.DoesNotContain(number, rest.TextBody, StringComparison.Ordinal));
        Assert.StartsWith("3 payments", burst.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_a_server_refused_for_now_or_that_nobody_noted_as_sent_is_sent_again_as_the_same_mail()
    {
        var sender = new TroubledSender();
        await using var shop = await ManualShop.OpenAsync(services => services.AddSingleton<IMailSender>(sender), Settings);
        await shop.CatchUpAsync();
        var numbers = await DisputedAsync(shop, 1);
        sender.Before = () => throw new MailRefusedException(421);
        await NextTurnAsync(shop);
        // What is found meanwhile is no part of it.
        await DisputedAsync(shop, 1);
        sender.Before = () => { };
        sender.After = () => throw new IOException("The process dies before it notes the mail.");
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.RunDueAsync();
        sender.After = () => { };
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.RunDueAsync();
        await NextTurnAsync(shop);

        var sent = sender.Sent.ToList();
        Assert.Equal(3, sent.Count);
        Assert.Equal(sent[0], sent[1]);
        Assert.Contains(numbers[0], sent[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(numbers[0], sent[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_tells_nothing_again()
    {
        await using var shop = await ManualShop.OpenAsync(settings: Settings);
        await shop.CatchUpAsync();
        await DisputedAsync(shop, 1);
        await NextTurnAsync(shop);

        await shop.Services.GetRequiredService<IWorkQueue>().ScheduleAsync(WorkKind.Notices, NoticeWork.Subject, shop.Now);
        await shop.RunDueAsync();

        Assert.Single(NoticesOf(shop));
    }

    [Fact]
    public async Task A_refusal_for_good_is_parked_and_what_was_not_told_is_told_once_it_is_replayed()
    {
        var sender = new TroubledSender { Before = () => throw new MailRefusedException(550) };
        await using var shop = await ManualShop.OpenAsync(services => services.AddSingleton<IMailSender>(sender), Settings);
        await shop.CatchUpAsync();
        await DisputedAsync(shop, 1);
        await NextTurnAsync(shop);
        var parked = Assert.Single(await shop.Services.GetRequiredService<IParkedWork>().ParkedAsync(10));
        Assert.Equal(("Mail to operators desk", "The mail server answered 550."), (parked.About, parked.Error));

        sender.Before = () => { };
        await shop.Services.GetRequiredService<IParkedWork>().ReplayAsync(parked.Id);
        await shop.RunDueAsync();

        Assert.Single(sender.Sent);
    }

    [Fact]
    public async Task Warnings_holds_mismatches_parked_work_and_unreadable_events_are_told()
    {
        await using var shop = await ManualShop.OpenAsync(settings: [.. Settings, ("Payments:Capture", "Manual")]);
        await shop.CatchUpAsync();
        var held = await NumberAsync(shop, await shop.OrderTriedWithAsync(ManualShop.GoodCard));
        var mismatched = await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await MismatchAsync(shop, mismatched);
        var warned = await shop.OrderTriedWithAsync(ManualShop.FraudWarningCard);
        await shop.OperateAsync(operations => operations.CaptureAsync(warned, null, PaymentActor.Operator));
        await shop.CatchUpAsync();
        await shop.Services.GetRequiredService<IWebhookInbox>().StoreAsync(
            new WebhookEvent("evt_gone", "payment_intent.succeeded", IsLive: false, "pi_gone", PaymentIntentId.Parse("pi_gone")));
        await ParkAsync(shop, WorkKind.Event, "evt_gone");
        await shop.Services.GetRequiredService<IEventSources>().FailedAsync(EventSource.CatchUp, "api_key_expired");
        shop.Clock.Advance(TimeSpan.FromDays(5.5));
        await shop.Services.GetRequiredService<IWorkQueue>().ScheduleAsync(WorkKind.Notices, NoticeWork.Subject, shop.Now);
        await RunOnlyNoticesAsync(shop);

        var mail = Assert.Single(NoticesOf(shop)).TextBody!.ReplaceLineEndings("\n");

        Assert.Contains("A hold is near its end\n- Order ", mail, StringComparison.Ordinal);
        Assert.Matches($"- Order {held}: .+, held until ", mail);
        Assert.Contains($"An issuer warns of fraud\n- Order {await NumberAsync(shop, warned)}: ", mail, StringComparison.Ordinal);
        Assert.Contains($"Stripe reports what cannot be\n- Order {await NumberAsync(shop, mismatched)}: ", mail, StringComparison.Ordinal);
        Assert.Contains("Work was given up\n- Event evt_gone: No such PaymentIntent.", mail, StringComparison.Ordinal);
        Assert.Contains("Stripe's events cannot be read\n- since ", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_again_after_somebody_looked_at_it_is_told_again()
    {
        await using var shop = await ManualShop.OpenAsync(settings: Settings);
        var order = await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await MismatchAsync(shop, order);
        await NextTurnAsync(shop);
        await MismatchAsync(shop, order);
        await NextTurnAsync(shop);
        Assert.Single(NoticesOf(shop));

        await shop.Services.GetRequiredService<IOperatorActionLog>().TryBeginAsync(
            new OperatorAction(Guid.NewGuid(), order, "Olga", OperatorActionKind.Note, null, "Looked at it.", shop.Now, OperatorActionResult.Done));
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await MismatchAsync(shop, order);
        await NextTurnAsync(shop);

        Assert.Equal(2, NoticesOf(shop).Count);
    }

    [Theory]
    [InlineData(nameof(WorkKind.Receipt))]
    [InlineData(nameof(WorkKind.OrderMail))]
    [InlineData(nameof(WorkKind.Look))]
    public async Task Work_about_an_order_names_its_number_or_none_and_never_its_id(string name)
    {
        var kind = Enum.Parse<WorkKind>(name);
        await using var shop = await ManualShop.OpenAsync(settings: Settings);
        var order = await shop.OrderAsync();
        await shop.Services.GetRequiredService<IWorkQueue>().ScheduleAsync(kind, order.Value, shop.Now);
        await ParkAsync(shop, kind, order.Value);

        await NextTurnAsync(shop);

        Assert.DoesNotContain(order.Value, Assert.Single(NoticesOf(shop)).TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(shop.Logs.Entries, entry => entry.Category == typeof(PaymentApp.Ledger.WorkQueue).FullName && entry.Text.Contains(order.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_address_nobody_is_told()
    {
        await using var shop = await ManualShop.OpenAsync();
        await shop.CatchUpAsync();
        await DisputedAsync(shop, 1);
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await shop.RunDueAsync();

        Assert.False(Directory.Exists(shop.Shop.Mails));
        Assert.Null(await shop.WorkAsync(WorkKind.Notices, NoticeWork.Subject));
    }

    [Theory]
    [InlineData("olga@shop.example", true)]
    [InlineData("ops@localhost", true)]
    [InlineData("olga", false)]
    [InlineData("Olga <olga@shop.example>", false)]
    [InlineData("olga@shop.example\r\nBcc: eve@evil.example", false)]
    [InlineData("olga@shop.example(eve@evil.example)", false)]
    public void What_is_no_address_stops_the_start(string address, bool isOne)
    {
        var result = new DeskOptionsValidator(new PasswordHasher<DeskAccount>()).Validate(null, new DeskOptions { NotifyAddresses = ["victor@shop.example", address] });

        Assert.Equal(isOne, result.Succeeded);
        Assert.Equal(!isOne, result.FailureMessage?.Contains(DeskOptions.NotifyEmail, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Several_addresses_may_be_a_list_as_well()
    {
        await using var shop = await ManualShop.OpenAsync(
            settings: [("Desk:NotifyEmail:0", "olga@shop.example"), ("Desk:NotifyEmail:1", "ops@localhost")]);
        await shop.CatchUpAsync();
        await DisputedAsync(shop, 1);
        await NextTurnAsync(shop);

        Assert.Equal(["olga@shop.example", "ops@localhost"], Assert.Single(NoticesOf(shop)).To.Mailboxes.Select(box => box.Address));
    }

    /// <summary>Lets the time pass after which operators are told of what is new, and does what is due.</summary>
    private static async Task NextTurnAsync(ManualShop shop)
    {
        shop.Clock.Advance(TimeSpan.FromMinutes(10));
        await shop.RunDueAsync();
    }

    private static async Task<List<string>> DisputedAsync(ManualShop shop, int count)
    {
        var numbers = new List<string>();
        for (var order = 0; order < count; order++)
            numbers.Add(await NumberAsync(shop, await shop.OrderTriedWithAsync(ManualShop.DisputedCard)));
        await shop.CatchUpAsync();
        return numbers;
    }

    private static async Task MismatchAsync(ManualShop shop, OrderId order) => await shop.LedgerRecordsAsync(order, new IntentSnapshot(
        PaymentIntentId.Parse("pi_other"), PaymentState.Paid, (await shop.FindAsync(order)).Order.Amount, order, null, null, null));

    private static async Task ParkAsync(ManualShop shop, WorkKind kind, string subject)
    {
        var queue = shop.Services.GetRequiredService<IWorkQueue>();
        foreach (var item in await queue.ClaimAsync(100))
        {
            if ((item.Kind, item.Subject) == (kind, subject))
                await queue.CompleteAsync(item, new WorkResult.Park("No such PaymentIntent."));
            else
                await queue.ReleaseAsync(item);
        }
    }

    /// <summary>Does what is due of this kind alone: all else would set right what is to be told.</summary>
    private static async Task RunOnlyNoticesAsync(ManualShop shop)
    {
        var queue = shop.Services.GetRequiredService<IWorkQueue>();
        foreach (var item in await queue.ClaimAsync(100))
        {
            await using var scope = shop.Services.CreateAsyncScope();
            if (item.Kind is WorkKind.Notices)
                await queue.CompleteAsync(item, await scope.ServiceProvider.GetRequiredKeyedService<IWorkHandler>(item.Kind).HandleAsync(item));
            else
                await queue.ReleaseAsync(item);
        }
    }

    private static List<MimeMessage> NoticesOf(ManualShop shop) =>
        [.. Directory.EnumerateFiles(shop.Shop.Mails, "desk.*.eml").Select(file => MimeMessage.Load(file))];

    private static async Task<string> NumberAsync(ManualShop shop, OrderId order) => (await shop.FindAsync(order)).Order.Number;

    private sealed class TroubledSender : IMailSender
    {
        public ConcurrentQueue<(string Id, string Text)> Sent { get; } = new();

        public Action Before { get; set; } = () => { };

        public Action After { get; set; } = () => { };

        public Task SendAsync(MimeMessage mail, CancellationToken cancellationToken = default)
        {
            Before();
            Sent.Enqueue((mail.MessageId!, mail.TextBody!));
            After();
            return Task.CompletedTask;
        }
    }
}
