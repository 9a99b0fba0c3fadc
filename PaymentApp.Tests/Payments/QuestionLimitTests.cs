using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentApp.Payments;
using PaymentApp.Stripe;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Telemetry;

namespace PaymentApp.Tests.Payments;

/// <summary>A program that presses "Continue" or "Check again" without end uses up a rate that is all shoppers'.</summary>
public sealed class QuestionLimitTests
{
    private int _asked;

    [Fact]
    public async Task The_page_of_one_order_has_Stripe_asked_so_often_a_minute_and_no_more()
    {
        await using var shop = await OpenAsync(("Payments:QuestionsPerOrder", "3"));
        using var refused = new LimitRefusals(shop);
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        _asked = 0;
        for (var question = 0; question < 3; question++)
            Assert.IsType<PaymentOutcome.ActionRequired>(await shop.ConfirmAsync(order));
        await shop.EndChallengeAsync((await shop.IntentOfAsync(order)).Id, passes: true);

        shop.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(40), MustBeRefused(await shop.ConfirmAsync(order)));
        Assert.Equal(["questions"], refused.By);
        Assert.Equal(3, _asked);
        var other = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        Assert.IsType<PaymentOutcome.ActionRequired>(await shop.ConfirmAsync(other));

        shop.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.IsType<PaymentOutcome.Succeeded>(await shop.ConfirmAsync(order));
        for (var question = 0; question < 5; question++)
            Assert.IsType<PaymentOutcome.Succeeded>(await shop.ConfirmAsync(order));
    }

    [Fact]
    public async Task One_address_has_Stripe_asked_of_all_its_orders_so_often_a_minute_and_no_more()
    {
        await using var shop = await OpenAsync(("Payments:QuestionsPerAddress", "2"));
        using var refused = new LimitRefusals(shop);
        var orders = new List<OrderId>();
        for (var order = 0; order < 3; order++)
            orders.Add(await shop.OrderTriedWithAsync(ManualShop.BankCard));

        await shop.ConfirmAsync(orders[0], "192.0.2.1");
        await shop.ConfirmAsync(orders[1], "192.0.2.1");
        MustBeRefused(await shop.ConfirmAsync(orders[2], "192.0.2.1"));

        Assert.Equal(["questions"], refused.By);
        Assert.IsType<PaymentOutcome.ActionRequired>(await shop.ConfirmAsync(orders[2], "192.0.2.2"));
        Assert.IsType<PaymentOutcome.ActionRequired>(await shop.ConfirmAsync(orders[2], address: null));
    }

    [Fact]
    public async Task All_pages_together_have_Stripe_asked_so_often_a_minute_and_no_more()
    {
        await using var shop = await OpenAsync(("Payments:QuestionsOverall", "2"));
        var orders = new List<OrderId>();
        for (var order = 0; order < 3; order++)
            orders.Add(await shop.OrderTriedWithAsync(ManualShop.BankCard));

        await shop.ConfirmAsync(orders[0], "192.0.2.1");
        await shop.ConfirmAsync(orders[1], "192.0.2.2");

        MustBeRefused(await shop.ConfirmAsync(orders[2], "192.0.2.3"));
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<PaymentOutcome.ActionRequired>(await shop.ConfirmAsync(orders[2], "192.0.2.3"));
    }

    [Fact]
    public async Task A_question_that_is_refused_counts_for_nothing()
    {
        await using var shop = await OpenAsync(("Payments:QuestionsPerAddress", "2"), ("Payments:QuestionsPerOrder", "1"), ("Payments:QuestionsOverall", "4"));
        var (first, second) = (await shop.OrderTriedWithAsync(ManualShop.BankCard), await shop.OrderTriedWithAsync(ManualShop.BankCard));

        await shop.ConfirmAsync(first, "192.0.2.1");
        for (var press = 0; press < 5; press++)
            MustBeRefused(await shop.ConfirmAsync(first, "192.0.2.1"));
        Assert.IsType<PaymentOutcome.ActionRequired>(await shop.ConfirmAsync(second, "192.0.2.1"));
        var third = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        for (var press = 0; press < 5; press++)
            MustBeRefused(await shop.ConfirmAsync(third, "192.0.2.1"));

        Assert.IsType<PaymentOutcome.ActionRequired>(await shop.ConfirmAsync(third, "192.0.2.2"));
        Assert.IsType<PaymentOutcome.ActionRequired>(await shop.ConfirmAsync(await shop.OrderTriedWithAsync(ManualShop.BankCard), "192.0.2.3"));
    }

    /// <summary>Whoever shares an address with such a program has been to the bank, and the attempt was counted.</summary>
    [Fact]
    public async Task The_end_of_the_challenge_that_an_attempt_led_to_is_no_question()
    {
        using var till = new PaymentTestBench();
        till.Settings.QuestionsPerOrder = 1;
        var order = await till.OrderAsync();
        var circuit = till.Service();
        Assert.IsType<PaymentOutcome.ActionRequired>(await circuit.PayAsync(order, FakeCard.Fresh("bank")));
        await till.ConfirmAsync(order);
        MustBeRefused(await till.ConfirmAsync(order));

        Assert.IsType<PaymentOutcome.ActionRequired>(await circuit.ConfirmAsync(order, PaymentActor.Shopper));

        MustBeRefused(await circuit.ConfirmAsync(order, PaymentActor.Shopper));
        MustBeRefused(await circuit.ConfirmAsync(order, PaymentActor.Shopper));
    }

    /// <summary>As after a reload at the bank: one question leads back there, and what became of it there belongs to that one.</summary>
    [Fact]
    public async Task The_end_of_the_challenge_that_a_question_led_back_to_is_no_other_question()
    {
        using var till = new PaymentTestBench();
        till.Settings.QuestionsPerOrder = 1;
        var order = await till.OrderAtBankAsync();
        var circuit = till.Service();
        Assert.IsType<PaymentOutcome.ActionRequired>(await circuit.ConfirmAsync(order, PaymentActor.Shopper));
        till.Stripe.EndChallenge(order, authenticated: true);

        Assert.IsType<PaymentOutcome.Succeeded>(await circuit.ConfirmAsync(order, PaymentActor.Shopper));
    }

    [Fact]
    public async Task Whoever_asks_without_end_asks_for_free_as_often_as_not()
    {
        using var till = new PaymentTestBench();
        till.Settings.QuestionsPerOrder = 3;
        var order = await till.OrderAtBankAsync();
        var circuit = till.Service();
        var asked = 0;
        while (await circuit.ConfirmAsync(order, PaymentActor.Shopper) is PaymentOutcome.ActionRequired)
            asked++;

        Assert.Equal(6, asked);
    }

    [Theory]
    [InlineData("bank", typeof(PaymentOutcome.ActionRequired))]
    [InlineData("poor", typeof(PaymentOutcome.Declined))]
    public async Task What_becomes_of_a_request_without_an_answer_is_one_question(string card, Type expected)
    {
        using var till = new PaymentTestBench();
        till.Settings.QuestionsPerOrder = 1;
        var order = await till.OrderAsync();
        till.Stripe.Suffer(Trouble.AnswerLost);
        Assert.IsType<PaymentOutcome.Unknown>(await till.PayAsync(order, card));

        Assert.IsType(expected, await till.ConfirmAsync(order));
    }

    [Fact]
    public async Task What_the_ledger_knows_is_no_question()
    {
        await using var shop = await OpenAsync(("Payments:QuestionsPerOrder", "1"));
        using var refused = new LimitRefusals(shop);
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        var intent = (await shop.FindAsync(order)).Intent!.Value;
        await shop.LedgerRecordsAsync(order, new IntentSnapshot(
            intent, PaymentState.Processing, (await shop.FindAsync(order)).Order.Amount, order, ClientSecret: null, Failure: null, Card: null));
        var unknown = OrderId.New();
        _asked = 0;

        for (var press = 0; press < 3; press++)
        {
            Assert.IsType<PaymentOutcome.Processing>(await shop.ConfirmAsync(order));
            Assert.Equal(new PaymentOutcome.Refused(RefusalReason.UnknownOrder), await shop.ConfirmAsync(unknown));
        }

        Assert.Empty(refused.By);
        Assert.Equal(0, _asked);
    }

    /// <summary>An attempt whose answer is missing is asked for again before the next one: any number of pages may try that.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_without_an_answer_is_repeated_for_shoppers_so_often_a_minute_and_no_more(bool byPaying)
    {
        using var till = new PaymentTestBench();
        till.Settings.QuestionsPerOrder = 2;
        var order = await till.OrderAsync();
        till.Stripe.Suffer(Trouble.RequestLost, Trouble.RequestLost, Trouble.RequestLost);
        Assert.IsType<PaymentOutcome.Unknown>(await till.PayAsync(order));

        Assert.IsType<PaymentOutcome.Unknown>(await AskAsync());
        Assert.IsType<PaymentOutcome.Unknown>(await AskAsync());
        MustBeRefused(await AskAsync());
        MustBeRefused(await AskAsync());

        Assert.Equal(3, till.Stripe.MoneyCalls.Count);
        till.Ledger.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<PaymentOutcome.Succeeded>(await AskAsync());
        await till.MustBeChargedOnceAsync(order);

        Task<PaymentOutcome> AskAsync() => byPaying ? till.PayAsync(order) : till.ConfirmAsync(order);
    }

    [Fact]
    public async Task The_shop_itself_asks_as_often_as_it_must()
    {
        await using var shop = await OpenAsync(("Payments:QuestionsPerOrder", "1"));
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);

        for (var look = 0; look < 3; look++)
            Assert.IsType<PaymentOutcome.ActionRequired>(await shop.ConfirmAsync(order, by: PaymentActor.Sweeper));
    }

    [Fact]
    public async Task A_question_that_is_refused_is_no_payment_whose_outcome_is_unknown()
    {
        await using var shop = await OpenAsync(("Payments:QuestionsPerOrder", "1"));
        using var heard = new HeardMetrics(shop.Services);
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);

        await shop.ConfirmAsync(order);
        await shop.ConfirmAsync(order);

        Assert.Equal(
            ["pay action_required none", "confirm action_required none", "confirm refused asked_too_often"],
            heard.Of("payments.outcomes").Select(point => $"{point["payment.operation"]} {point["payment.outcome"]} {point["payment.code"]}"));
    }

    [Fact]
    public async Task Refused_questions_of_an_address_are_logged_once_a_minute_with_the_address_and_without_the_orders()
    {
        await using var shop = await OpenAsync(("Payments:QuestionsPerOrder", "1"));
        var (order, other) = (await shop.OrderTriedWithAsync(ManualShop.BankCard), await shop.OrderTriedWithAsync(ManualShop.BankCard));

        for (var press = 0; press < 5; press++)
        {
            await shop.ConfirmAsync(order, "192.0.2.1");
            await shop.ConfirmAsync(other, "192.0.2.1");
        }

        var line = Assert.Single(Lines(shop));
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("192.0.2.1", line.Text, StringComparison.Ordinal);
        Assert.Contains("QuestionsPerOrder", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(order.Value, line.Text, StringComparison.Ordinal);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.ConfirmAsync(order, "192.0.2.1");
        await shop.ConfirmAsync(order, "192.0.2.1");
        Assert.Equal(2, Lines(shop).Count);
    }

    private static List<LogEntry> Lines(ManualShop shop) =>
        [.. shop.Logs.Entries.Where(entry => entry.Category == typeof(AttemptLimits).FullName)];

    private static TimeSpan MustBeRefused(PaymentOutcome outcome)
    {
        var refused = Assert.IsType<PaymentOutcome.Refused>(outcome);
        Assert.Equal(RefusalReason.AskedTooOften, refused.Reason);
        return refused.Wait!.Value;
    }

    /// <summary>A shop that counts what its gateway is asked.</summary>
    private Task<ManualShop> OpenAsync(params (string Key, string Value)[] settings) => ManualShop.OpenAsync(
        services => services
            .AddSingleton<StripeGateway>()
            .AddSingleton(provider => Intercepted<IPaymentGateway>.Around(provider.GetRequiredService<StripeGateway>(), (_, _) =>
            {
                Interlocked.Increment(ref _asked);
                return Task.CompletedTask;
            })),
        settings);
}
