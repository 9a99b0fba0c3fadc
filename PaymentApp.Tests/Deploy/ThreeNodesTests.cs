using System.Net;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Payments;
using PaymentApp.Tests.Components;
using PaymentApp.Tests.EndToEnd;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.Deploy;

/// <summary>Three nodes behind nginx are one shop to its shoppers, whichever of them runs.</summary>
public sealed class ThreeNodesTests
{
    private const string ConnectionTrouble = "_blazor|WebSocket|ERR_|50[234]|disconnect|reconnect|[Cc]onnection|negotiation|[Cc]ircuit";

    [NginxFact(isDear: true)]
    public async Task A_shopper_whose_node_is_killed_in_mid_challenge_finishes_at_another()
    {
        await using var shop = await ThreeNodes.StartAsync();
        await BrowserSession.RunAsync(async session =>
        {
            session.Problems.Expect(ConnectionTrouble);
            var checkout = await CheckoutScreen.BuyAsync(session, shop.Address);
            await checkout.PayWithAsync("4000002500003155");
            await checkout.Challenge.ShownAsync();
            var order = checkout.Order;

            await shop.KillAsync(shop.NodeWithCircuit());
            await Expect(new ConnectionNotice(session.Page).Lost).ToBeVisibleAsync(new() { Timeout = 90_000 });
            Assert.Equal(0, shop.ChargesFor(order));
            await checkout.Challenge.CompleteAsync();
            await checkout.ContinueButton.ClickAsync(new() { Timeout = 60_000 });

            await Expect(checkout.PaidHeading).ToBeVisibleAsync(new() { Timeout = 60_000 });
            Assert.Equal(1, shop.ChargesFor(order));
            Assert.Equal(PaymentState.Paid, await shop.ReadAsync(ledger => ledger.Payments.Select(payment => payment.State).SingleAsync()));
            // Whoever has a circuit now had none before.
            shop.NodeWithCircuit();
        });
    }

    /// <summary>Every node is another process when the shopper comes back from the bank, and no connection to the database is what it was.</summary>
    [NginxFact(isDear: true)]
    public Task A_shopper_at_the_bank_finishes_after_a_rolling_restart_and_a_lost_database() => PayAtTheBankAsync(
        _ => Task.CompletedTask,
        async shop =>
        {
            for (var node = 0; node < 3; node++)
            {
                Assert.Equal(0, await shop.StopAsync(node));
                await shop.StartAsync(node);
            }

            shop.EndDatabaseConnections();
        });

    /// <summary>Whatever Stripe does to the request once, the shopper is told the truth and the money moves once.</summary>
    [NginxTheory(isDear: true)]
    [InlineData("reset_after")]
    [InlineData("error_stored")]
    public Task A_shopper_finishes_although_Stripe_fails_at_each_step_once(string fault) => PayAtTheBankAsync(
        async shop =>
        {
            await shop.FaultAsync(fault, "POST /v1/payment_intents");
            await shop.FaultAsync(fault, "POST /v1/payment_intents/{id}/confirm");
        },
        _ => Task.CompletedTask);

    [NginxFact(isDear: true)]
    public async Task A_page_at_one_node_turns_paid_when_another_takes_the_payment()
    {
        await using var shop = await ThreeNodes.StartAsync();
        await BrowserSession.RunAsync(async session =>
        {
            var checkout = await CheckoutScreen.BuyAsync(session, shop.AddressOf(0));
            var elsewhere = new CheckoutScreen(await session.Context.NewPageAsync(), shop.AddressOf(1));
            await elsewhere.Page.GotoAsync(new Uri(shop.AddressOf(1), $"orders/{checkout.Order}").ToString());
            await Expect(elsewhere.Page.GetByText("Pay now")).ToBeVisibleAsync();
            await elsewhere.Page.EvaluateAsync("window.samePage = true");

            await checkout.PayWithAsync("4242424242424242");

            await elsewhere.PaidAsync();
            Assert.True(await elsewhere.Page.EvaluateAsync<bool>("window.samePage === true"));
        });
    }

    /// <summary>Each visitor opens the shop and buys while the nodes are restarted one after another.</summary>
    [NginxFact(isDear: true)]
    public async Task A_rolling_restart_turns_nobody_away()
    {
        await using var shop = await ThreeNodes.StartAsync();
        using var done = new CancellationTokenSource();
        var visitors = Enumerable.Range(0, 4).Select(_ => BuyUntilAsync(shop.Address, done.Token)).ToList();
        for (var node = 0; node < 3; node++)
        {
            Assert.Equal(0, await shop.StopAsync(node));
            await shop.StartAsync(node);
        }

        await done.CancelAsync();
        var answers = (await Task.WhenAll(visitors)).SelectMany(all => all).ToList();

        Assert.True(answers.Count > 20, $"Only {answers.Count} visits were made.");
        Assert.True(answers.TrueForAll(status => status is HttpStatusCode.Found), $"{string.Join(' ', answers.Distinct())}\n{shop.Complaints()}");
        Assert.Equal(answers.Count, await shop.ReadAsync(ledger => ledger.Orders.CountAsync()));
    }

    /// <summary>What a restart of PostgreSQL is to its clients: every connection ends, and a new one can be made.</summary>
    [NginxFact(isDear: true)]
    public async Task A_database_that_ends_its_connections_again_and_again_turns_nobody_away()
    {
        await using var shop = await ThreeNodes.StartAsync();
        using var done = new CancellationTokenSource();
        var visitors = Enumerable.Range(0, 4).Select(_ => BuyUntilAsync(shop.Address, done.Token)).ToList();
        for (var ends = 0; ends < 5; ends++)
        {
            var before = await shop.ReadAsync(ledger => ledger.Orders.CountAsync());
            shop.EndDatabaseConnections();
            await Eventually.TrueAsync(async () => await shop.ReadAsync(ledger => ledger.Orders.CountAsync()) >= before + 4);
        }

        await done.CancelAsync();
        var answers = (await Task.WhenAll(visitors)).SelectMany(all => all).ToList();

        Assert.True(answers.TrueForAll(status => status is HttpStatusCode.Found), $"{string.Join(' ', answers.Distinct())}\n{shop.Complaints()}");
        Assert.Equal(answers.Count, await shop.ReadAsync(ledger => ledger.Orders.CountAsync()));
    }

    /// <summary>Pays with a card that asks the bank, while things happen before the click and at the bank, and helps with nothing.</summary>
    private static async Task PayAtTheBankAsync(Func<ThreeNodes, Task> before, Func<ThreeNodes, Task> atTheBank)
    {
        await using var shop = await ThreeNodes.StartAsync();
        await BrowserSession.RunAsync(async session =>
        {
            session.Problems.Expect(ConnectionTrouble);
            var checkout = await CheckoutScreen.BuyAsync(session, shop.Address);
            var order = checkout.Order;
            await before(shop);
            await checkout.PayWithAsync("4000002500003155");
            await checkout.Challenge.ShownAsync();

            await atTheBank(shop);
            await FinishAsync(checkout);

            Assert.Equal(1, shop.ChargesFor(order));
            Assert.Equal(PaymentState.Paid, await shop.ReadAsync(ledger => ledger.Payments.Select(payment => payment.State).SingleAsync()));
        });
    }

    /// <summary>Passes the challenge, and goes on where the page has come back and asks for it; helps with nothing else.</summary>
    private static async Task FinishAsync(CheckoutScreen checkout)
    {
        await checkout.Challenge.CompleteAsync();
        await Expect(checkout.PaidHeading.Or(checkout.ContinueButton)).ToBeVisibleAsync(new() { Timeout = 90_000 });
        if (await checkout.ContinueButton.IsVisibleAsync())
            await checkout.ContinueButton.ClickAsync();
        await Expect(checkout.PaidHeading).ToBeVisibleAsync(new() { Timeout = 90_000 });
    }

    private static async Task<List<HttpStatusCode>> BuyUntilAsync(Uri shop, CancellationToken done)
    {
        var answers = new List<HttpStatusCode>();
        while (!done.IsCancellationRequested)
        {
            using var visitor = Visitor.At(shop);
            answers.Add((await visitor.BuyAsync(("product", "pour-over-kettle"))).Status);
        }

        return answers;
    }
}
