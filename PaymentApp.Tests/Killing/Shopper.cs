using System.Net.Http.Json;
using System.Net.Sockets;

namespace PaymentApp.Tests.Killing;

/// <summary>
/// Buys one thing after another, at any of the shop's nodes, with cards that pay, fail and ask the bank, in one tab and in two, and goes on until
/// the shop is killed. Sometimes comes back for an order that a killed shop left half done; mostly does not.
/// </summary>
internal sealed class Shopper(IReadOnlyList<HttpClient> nodes, SandboxProcess stripe, ShopperMemory memory, Random random)
{
    private const string Paying = "4242424242424242";

    private static readonly string[] Products = ["pour-over-kettle", "field-notebook", "tenugui", "desk-lamp"];

    // Paying, asking the bank, declined by insufficient funds, asking the bank and then declined, disputed once it has paid.
    private static readonly string[] Cards =
        [Paying, Paying, Paying, "4000002500003155", "4000002500003155", "4000002760003184", "4000000000009995", "4000008400001629", "4000000000000259"];

    // What one node has begun, another one goes on with.
    private HttpClient AnyNode => nodes[random.Next(nodes.Count)];

    public async Task ShopUntilKilledAsync()
    {
        try
        {
            while (true)
                await VisitAsync();
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or SocketException)
        {
            // Killed: whoever was shopping sees a lost connection.
        }
    }

    private async Task VisitAsync()
    {
        var order = Chance(0.25) ? memory.TakeInterrupted() : null;
        order ??= await PlaceAsync();
        memory.Interrupted(order);

        var isOpen = true;
        while (isOpen && await TryAsync(order) is var outcome)
        {
            if (outcome == "Succeeded" && Chance(0.2))
                await AskAsync($"/drive/orders/{order}/refund{(Chance(0.5) ? "?amount=100" : "")}");
            else if (outcome != "Succeeded" && Chance(0.15))
                await AskAsync($"/drive/orders/{order}/cancel");
            isOpen = outcome == "Declined" && Chance(0.7);
        }

        memory.Done(order);
    }

    private async Task<string> PlaceAsync()
    {
        using var answer = await AnyNode.PostAsync(new Uri($"/drive/orders?product={Products[random.Next(Products.Length)]}", UriKind.Relative), null);
        memory.Check(answer);
        var order = await answer.Content.ReadAsStringAsync();
        memory.Placed(order);
        return order;
    }

    /// <summary>Types a card, presses <em>Pay</em>, and goes to the bank and back if need be.</summary>
    private async Task<string> TryAsync(string order)
    {
        // A card of another order, which Stripe refuses to use twice.
        var card = Chance(0.1) && memory.UsedCard is { } used ? used : await stripe.TypeCardAsync(Cards[random.Next(Cards.Length)]);
        memory.UsedCard = card;
        var first = PayAsync(order, card);
        if (Chance(0.1))
            await PayAsync(order, Chance(0.5) ? card : await stripe.TypeCardAsync(Paying));
        var answer = await first;

        if (answer is not { Outcome: "ActionRequired", Intent: { } intent })
            return answer.Outcome;
        if (Chance(0.2))
            return "Left";
        await stripe.AnswerBankAsync(intent, passes: Chance(0.8));
        return Chance(0.3) ? "Left" : (await AskAsync($"/drive/orders/{order}/confirm")).Outcome;
    }

    private async Task<DriveAnswer> PayAsync(string order, string card)
    {
        var answer = await AskAsync($"/drive/orders/{order}/pay?card={card}");
        if (answer.Outcome == "Succeeded")
            memory.ToldPaid(order);
        if (answer is { Outcome: "Succeeded", Intent: { } intent })
            await MoveMoneyElsewhereAsync(order, intent);
        return answer;
    }

    /// <summary>What somebody in Stripe's dashboard, or a bank, does to a payment, and nobody tells the shop but Stripe.</summary>
    private async Task MoveMoneyElsewhereAsync(string order, string intent)
    {
        if (Chance(0.15) && await stripe.TryRefundAsync(intent, minorUnits: 50))
            memory.RefundedElsewhere(order);
        if (Chance(0.4))
            await stripe.SettleDisputesAsync(intent, isWon: Chance(0.5));
    }

    private async Task<DriveAnswer> AskAsync(string path)
    {
        using var answer = await AnyNode.PostAsync(new Uri(path, UriKind.Relative), null);
        memory.Check(answer);
        return (await answer.Content.ReadFromJsonAsync<DriveAnswer>())!;
    }

    private bool Chance(double probability) => random.NextDouble() < probability;
}
