using System.Collections.Concurrent;

namespace PaymentApp.Tests.Killing;

/// <summary>What the shoppers of a shop were told, over all of its lives.</summary>
internal sealed class ShopperMemory
{
    private readonly ConcurrentDictionary<string, bool> interrupted = new();
    private readonly ConcurrentBag<string> placed = [];
    private readonly ConcurrentBag<string> toldPaid = [];
    private readonly ConcurrentBag<string> troubles = [];

    /// <summary>A card that was used on some order.</summary>
    public string? UsedCard { get; set; }

    /// <summary>Orders whose number a shopper has seen: the ledger must know them.</summary>
    public IReadOnlyCollection<string> Orders => placed;

    /// <summary>Orders that a shopper was told are paid.</summary>
    public IReadOnlyCollection<string> Paid => toldPaid;

    /// <summary>Answers that no shopper should see.</summary>
    public IReadOnlyCollection<string> Troubles => troubles;

    public void Placed(string order) => placed.Add(order);

    public void ToldPaid(string order) => toldPaid.Add(order);

    /// <summary>A visit to the order began; until it is done, the shop's end interrupts it.</summary>
    public void Interrupted(string order) => interrupted[order] = false;

    public void Done(string order) => interrupted.TryRemove(order, out _);

    /// <summary>The shop has died: what is under way stays interrupted until somebody comes back for it.</summary>
    public void ShopDied()
    {
        foreach (var order in interrupted.Keys)
            interrupted[order] = true;
    }

    public string? TakeInterrupted() => interrupted.Where(visit => visit.Value).Select(visit => visit.Key).Order(StringComparer.Ordinal)
        .FirstOrDefault(order => interrupted.TryUpdate(order, false, true));

    public void Check(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
            troubles.Add($"{answer.RequestMessage?.RequestUri?.PathAndQuery}: {(int)answer.StatusCode}");
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException("The shop failed.");
    }
}
