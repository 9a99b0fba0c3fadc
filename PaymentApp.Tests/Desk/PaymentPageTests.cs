using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using PaymentApp.Payments;
using PaymentApp.Tests.Components;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Desk;

/// <summary>One payment, and what an operator does to it.</summary>
public sealed partial class PaymentPageTests(DeskShop desk) : IClassFixture<DeskShop>
{
    private const string Form = "#act form";

    private ManualShop Shop => desk.Shop;

    [Fact]
    public async Task A_refund_that_is_sent_twice_at_once_is_made_once_and_names_the_operator()
    {
        using var visitor = await desk.OperatorAsync();
        var (order, path) = await PaidAsync();
        var page = await visitor.GetAsync(path + "?ask=Refund");

        var answers = await Task.WhenAll(
            visitor.SubmitAsync(page, path, Form, ("amount", "12.50")), visitor.SubmitAsync(page, path, Form, ("amount", "12.50")));

        Assert.Equal(visitor.Target(answers[0]), visitor.Target(answers[1]));
        var charge = Assert.Single((await Shop.Shop.BooksOfAsync(order)).Taken);
        Assert.Equal((1250, 1), (charge.AmountRefunded, charge.Refunds.Count));
        var after = await visitor.GetAsync(visitor.Target(answers[0])!);
        Assert.Equal("Refund: done.", Notice(after));
        Assert.Equal("$12.50", FigureOf(after, "Refunded"));
        var line = Assert.Single(after.Document.QuerySelectorAll(".timeline li"), line => line.TextContent.Contains("Refund $12.50", StringComparison.Ordinal));
        Assert.Contains($"by {DeskShop.OperatorName}", line.TextContent, StringComparison.Ordinal);
        Assert.Contains("Requested by the customer", line.TextContent, StringComparison.Ordinal);
        Assert.Contains(after.Document.QuerySelectorAll(".timeline li"), line =>
            line.TextContent.Contains("Request to Stripe", StringComparison.Ordinal) && line.TextContent.Contains($"by {DeskShop.OperatorName}", StringComparison.Ordinal));
    }

    /// <summary>What is replaced at each rendering may miss what comes in between, and sees another mark each time.</summary>
    [Fact]
    public async Task What_watches_a_page_stays_when_the_page_is_rendered_again()
    {
        using var visitor = await desk.OperatorAsync();
        var (order, path) = await PaidAsync();

        Assert.Equal([order.Value], await KeysAsync(path));
        foreach (var list in new[] { "/desk", "/desk/attention", "/desk/insights" })
            Assert.Equal(["list"], await KeysAsync(list));

        async Task<IEnumerable<string>> KeysAsync(string page) =>
            ComponentKey().Matches((await visitor.GetAsync(page)).Document.DocumentElement.OuterHtml).Select(match => match.Groups[1].Value);
    }

    [Fact]
    public async Task A_warning_that_no_shopper_sees_is_told_to_the_desk()
    {
        var order = await Shop.OrderTriedWithAsync(ManualShop.FraudWarningCard);
        await Shop.OperateAsync(operations => operations.CaptureAsync(order, null, PaymentActor.Operator));
        var changes = Shop.Services.GetRequiredService<OrderChanges>();
        var (told, shoppers) = (new List<PaymentChange>(), new List<PaymentChange>());
        using var page = changes.SubscribeToDetails(order, version: 0, told.Add);
        using var shoppersPage = changes.Subscribe(order, version: 0, shoppers.Add);

        await Shop.CatchUpAsync();

        Assert.NotEmpty(told);
        Assert.Empty(shoppers);
    }

    [Fact]
    public async Task Without_an_amount_all_that_is_left_is_given_back_and_then_nothing_can_be()
    {
        using var visitor = await desk.OperatorAsync();
        var (order, path) = await PaidAsync();
        await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Refund"), path, Form, ("amount", "9"));

        await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Refund"), path, Form);

        Assert.Equal(4900, Assert.Single((await Shop.Shop.BooksOfAsync(order)).Taken).AmountRefunded);
        Assert.DoesNotContain("Refund", (await visitor.GetAsync(path)).Document.QuerySelectorAll("#act a").Select(link => link.TextContent));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("12.505")]
    [InlineData("1,000.00")]
    [InlineData("1e2")]
    [InlineData("$5")]
    [InlineData("99999999999999999999999999999999")]
    public async Task What_is_no_amount_of_the_currency_does_nothing(string amount)
    {
        using var visitor = await desk.OperatorAsync();
        var (order, path) = await PaidAsync();

        var answer = await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Refund"), path, Form, ("amount", amount));

        var page = await visitor.GetAsync(visitor.Target(answer)!);
        Assert.Contains("That is no amount in USD", Notice(page), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector(Form + " [name=amount]"));
        Assert.Equal(0, (await Shop.FindAsync(order)).Refunded.MinorUnits);
    }

    [Fact]
    public async Task More_than_is_left_is_refused_and_says_so()
    {
        using var visitor = await desk.OperatorAsync();
        var (order, path) = await PaidAsync();

        var answer = await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Refund"), path, Form, ("amount", "49.01"));

        Assert.StartsWith("Refund: refused, nothing was attempted.", Notice(await visitor.GetAsync(visitor.Target(answer)!)), StringComparison.Ordinal);
        Assert.Equal(0, (await Shop.FindAsync(order)).Refunded.MinorUnits);
    }

    [Theory]
    [InlineData("operation", "")]
    [InlineData("operation", "00000000000000000000000000000000")]
    [InlineData("reason", "because")]
    [InlineData("reason", "7")]
    public async Task A_form_that_the_desk_did_not_make_does_nothing(string field, string value)
    {
        using var visitor = await desk.OperatorAsync();
        var (order, path) = await PaidAsync();

        var answer = await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Refund"), path, Form, (field, value));

        Assert.Equal(path + "?problem=Form", visitor.Target(answer));
        Assert.Equal(0, (await Shop.FindAsync(order)).Refunded.MinorUnits);
    }

    [Fact]
    public async Task A_form_without_the_desks_token_does_nothing()
    {
        using var visitor = await desk.OperatorAsync();
        var (order, path) = await PaidAsync();

        var answer = await visitor.PostAsync(path + "/refund", ("operation", Guid.NewGuid().ToString("n")), ("reason", "Duplicate"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(0, (await Shop.FindAsync(order)).Refunded.MinorUnits);
    }

    [Fact]
    public async Task An_unknown_outcome_is_shown_as_unknown_and_then_as_settled()
    {
        await using var shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);
        using var visitor = new DeskVisitor(shop.Shop.Address);
        await visitor.SignInAsync(DeskShop.OperatorName, DeskShop.OperatorPassword);
        var order = await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var path = $"/desk/payments/{(await shop.FindAsync(order)).Order.Number}";
        await shop.FaultAsync("reset_after", "POST /v1/refunds", count: 5);

        var answer = await shop.WhileTimePassesAsync(visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Refund"), path, Form, ("amount", "10")));
        await shop.NoMoreFaultsAsync();

        var unknown = await visitor.GetAsync(visitor.Target(answer)!);
        Assert.StartsWith("Refund: the outcome is unknown.", Notice(unknown), StringComparison.Ordinal);
        Assert.Contains(unknown.Document.QuerySelectorAll(".notice"), notice => notice.TextContent.Contains("The outcome of a request is unknown", StringComparison.Ordinal));

        var read = await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Read"), path, Form);

        Assert.Equal("Read from Stripe: the ledger was brought up to date.", Notice(await visitor.GetAsync(visitor.Target(read)!)));
        Assert.Contains("has been settled since", Notice(await visitor.GetAsync(visitor.Target(answer)!)), StringComparison.Ordinal);
        Assert.Equal(1000, Assert.Single((await shop.Shop.BooksOfAsync(order)).Taken).AmountRefunded);
    }

    [Fact]
    public async Task A_refund_that_only_found_the_same_one_under_way_says_that_it_made_none()
    {
        await using var shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);
        using var visitor = new DeskVisitor(shop.Shop.Address);
        await visitor.SignInAsync(DeskShop.OperatorName, DeskShop.OperatorPassword);
        var order = await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var path = $"/desk/payments/{(await shop.FindAsync(order)).Order.Number}";
        await shop.FaultAsync("reset_after", "POST /v1/refunds", count: 5);
        await shop.WhileTimePassesAsync(visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Refund"), path, Form, ("amount", "10")));
        await shop.NoMoreFaultsAsync();

        var answer = await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Refund"), path, Form, ("amount", "10"));

        var page = await visitor.GetAsync(visitor.Target(answer)!);
        Assert.StartsWith("Refund: the same was under way already, and was not done a second time.", Notice(page), StringComparison.Ordinal);
        Assert.Contains(page.Document.QuerySelectorAll(".timeline-detail"), detail => detail.TextContent.Contains("no second request was made", StringComparison.Ordinal));
        Assert.Equal("$10.00", FigureOf(page, "Refunded"));
        Assert.Equal(1000, Assert.Single((await shop.Shop.BooksOfAsync(order)).Taken).AmountRefunded);
    }

    [Fact]
    public async Task A_disputed_payment_says_why_it_cannot_be_given_back_and_what_to_do()
    {
        using var visitor = await desk.OperatorAsync();
        var order = await Shop.OrderTriedWithAsync(ManualShop.DisputedCard);
        var path = $"/desk/payments/{(await Shop.FindAsync(order)).Order.Number}";

        var answer = await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Refund"), path, Form);

        Assert.Contains("accept it there to give the money back", Notice(await visitor.GetAsync(visitor.Target(answer)!)), StringComparison.Ordinal);
        var form = (await visitor.GetAsync(path + "?ask=Refund")).Document.QuerySelector(Form)!;
        Assert.Contains("takes no refund of it while the dispute is open", form.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_says_how_long_it_lasts_and_is_captured_in_part()
    {
        await using var shop = await ManualShop.OpenAsync(settings: [.. DeskShop.Accounts, ("Payments:Capture", "Manual")]);
        using var visitor = new DeskVisitor(shop.Shop.Address);
        var order = await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var path = $"/desk/payments/{(await shop.FindAsync(order)).Order.Number}";
        shop.Clock.Advance(TimeSpan.FromDays(2));
        await visitor.SignInAsync(DeskShop.OperatorName, DeskShop.OperatorPassword);
        Assert.Contains("for 5 more days", (await visitor.GetAsync(path)).Document.QuerySelector(".hold")!.TextContent, StringComparison.Ordinal);

        var answer = await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Capture"), path, Form, ("amount", "40"));

        var after = await visitor.GetAsync(visitor.Target(answer)!);
        Assert.Equal("Capture: done.", Notice(after));
        Assert.Equal("$40.00", FigureOf(after, "Captured"));
        Assert.Equal(4000, Assert.Single((await shop.Shop.BooksOfAsync(order)).Taken).AmountCaptured);
    }

    [Fact]
    public async Task A_payment_that_nobody_finishes_is_canceled()
    {
        using var visitor = await desk.OperatorAsync();
        var order = await Shop.OrderTriedWithAsync(ManualShop.PoorCard);
        var path = await PathAsync(order);

        await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Cancel"), path, Form, ("reason", "Duplicate"));

        Assert.Equal(PaymentState.Canceled, (await Shop.FindAsync(order)).State);
        Assert.Equal(["Read from Stripe", "Note"], (await visitor.GetAsync(path)).Document.QuerySelectorAll("#act a").Select(link => link.TextContent));
    }

    [Fact]
    public async Task What_happened_elsewhere_is_read_from_Stripe()
    {
        using var visitor = await desk.OperatorAsync();
        var (order, path) = await PaidAsync();
        await Shop.StripeAsync("/v1/refunds", ("payment_intent", (await Shop.IntentOfAsync(order)).Id), ("amount", "700"));

        await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Read"), path, Form);
        var again = await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Read"), path, Form);

        var page = await visitor.GetAsync(visitor.Target(again)!);
        Assert.Equal("$7.00", FigureOf(page, "Refunded"));
        Assert.Equal("Read from Stripe: nothing new.", Notice(page));
    }

    [Fact]
    public async Task A_note_is_kept_as_it_was_written_under_the_name_of_who_wrote_it()
    {
        using var visitor = await desk.OperatorAsync();
        var (_, path) = await PaidAsync();

        await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Note"), path, Form, ("note", "Called <b>twice</b>.\r\nWill call again."));

        var line = Assert.Single((await visitor.GetAsync(path)).Document.QuerySelectorAll(".timeline li"), line => line.TextContent.Contains("Called", StringComparison.Ordinal));
        Assert.Equal("Called <b>twice</b>.\nWill call again.", line.QuerySelector(".timeline-detail")!.TextContent);
        Assert.Contains($"by {DeskShop.OperatorName}", line.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_holds_nothing_that_cannot_be_read()
    {
        using var visitor = await desk.OperatorAsync();
        var (_, path) = await PaidAsync();

        await visitor.SubmitAsync(await visitor.GetAsync(path + "?ask=Note"), path, Form, ("note", "Paid \u202Eback\u2069\u0007 \u65E5\u672C\tok"));

        Assert.Contains((await visitor.GetAsync(path)).Document.QuerySelectorAll(".timeline-detail"), detail => detail.TextContent == "Paid back \u65E5\u672C\tok");
    }

    [Fact]
    public async Task The_page_tells_what_failed_with_advice_and_the_path_that_was_taken()
    {
        using var viewer = await desk.ViewerAsync();
        var order = await Shop.OrderTriedWithAsync(ManualShop.BankCard);
        await Shop.EndChallengeAsync((await Shop.IntentOfAsync(order)).Id, passes: false);
        await Shop.ConfirmAsync(order);
        await Shop.PayAsync(order, ManualShop.PoorCard);
        await Shop.PayAsync(order, ManualShop.GoodCard);

        var page = await viewer.GetAsync(await PathAsync(order));

        var attempts = page.Document.QuerySelectorAll(".attempts > li").Select(attempt => attempt.TextContent).ToList();
        Assert.Equal(3, attempts.Count);
        Assert.Contains("Bank's challenge: Failed or closed", attempts[0], StringComparison.Ordinal);
        Assert.Contains("payment_intent_authentication_failure", attempts[0], StringComparison.Ordinal);
        Assert.Contains("card_declined, insufficient_funds", attempts[1], StringComparison.Ordinal);
        Assert.Contains("has not enough money", attempts[1], StringComparison.Ordinal);
        Assert.Equal(
            "Path taken: requires_payment_method, then requires_action, then requires_payment_method, then succeeded.",
            page.Document.QuerySelector("svg.diagram desc")!.TextContent);
        Assert.EndsWith($"/test/payments/{(await Shop.FindAsync(order)).Intent}", page.Document.QuerySelector("a[target=_blank]")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_asks_Stripe_nothing_and_writes_nothing()
    {
        // A gateway that nobody may call.
        await using var shop = await ManualShop.OpenAsync(
            services => services.AddSingleton(new Mock<IPaymentGateway>(MockBehavior.Strict).Object), DeskShop.Accounts);
        using var viewer = new DeskVisitor(shop.Shop.Address);
        await viewer.SignInAsync(DeskShop.ViewerName, DeskShop.ViewerPassword);
        var order = await shop.OrderAsync();
        var placed = await shop.FindAsync(order);
        await shop.LedgerRecordsAsync(order, new IntentSnapshot(
            PaymentIntentId.Parse("pi_1"), PaymentState.AwaitingAuthentication, placed.Order.Amount, order, null, null, null));
        var before = (await shop.FindAsync(order)).Version;

        foreach (var page in new[] { $"/desk/payments/{placed.Order.Number}", "/desk", "/desk/attention", "/desk/insights" })
            Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync(page)).Status);

        Assert.Equal(before, (await shop.FindAsync(order)).Version);
    }

    [Theory]
    [InlineData("NOT-THERE")]
    [InlineData("pi_none")]
    [InlineData("%E2%98%83")]
    public async Task A_payment_that_there_is_not_is_not_found(string key)
    {
        using var viewer = await desk.ViewerAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await viewer.GetAsync("/desk/payments/" + key)).Status);
    }

    private async Task<(OrderId Order, string Path)> PaidAsync()
    {
        var order = await Shop.OrderTriedWithAsync(ManualShop.GoodCard);
        return (order, await PathAsync(order));
    }

    private async Task<string> PathAsync(OrderId order) => $"/desk/payments/{(await Shop.FindAsync(order)).Order.Number}";

    private static string? Notice(Page page) => page.Document.QuerySelector("main .notice[role=status]")?.TextContent.Trim();

    private static string FigureOf(Page page, string name) =>
        Assert.Single(page.Document.QuerySelectorAll(".summary > div"), figure => figure.QuerySelector("dt")!.TextContent == name).QuerySelector("dd")!.TextContent;

    [GeneratedRegex("\"formattedComponentKey\":\"([^\"]*)\"")]
    private static partial Regex ComponentKey();
}
