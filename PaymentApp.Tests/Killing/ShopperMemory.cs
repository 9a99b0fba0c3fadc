using System.Collections.Concurrent;

namespace PaymentApp.Tests.Killing;

/// <summary>What the shoppers of a shop were told, over all of its lives.</summary>
internal sealed class ShopperMemory
{
    private readonly ConcurrentDictionary<string, bool> _interrupted = new();
    private readonly ConcurrentBag<string> _placed = [];
    private readonly ConcurrentBag<string> _toldPaid = [];
    private readonly ConcurrentBag<string> _refundedElsewhere = [];
    private readonly ConcurrentBag<string> _troubles = [];

    /// <summary>A card that was used on some order.</summary>
    public string? UsedCard { get; set; }

    /// <summary>Orders whose number a shopper has seen: the ledger must know them.</summary>
    public IReadOnlyCollection<string> Orders => _placed;

    /// <summary>Orders that a shopper was told are paid.</summary>
    public IReadOnlyCollection<string> Paid => _toldPaid;

    /// <summary>Orders of which a part was given back in Stripe's dashboard, once for each time.</summary>
    public ILookup<string, string> Elsewhere => _refundedElsewhere.ToLookup(order => order);

    /// <summary>Answers that no shopper should see.</summary>
    public IReadOnlyCollection<string> Troubles => _troubles;

    public void Placed(string order) => _placed.Add(order);

    public void RefundedElsewhere(string order) => _refundedElsewhere.Add(order);

    public void ToldPaid(string order) => _toldPaid.Add(order);

    /// <summary>A visit to the order began; until it is done, the shop's end interrupts it.</summary>
    public void Interrupted(string order) => _interrupted[order] = false;

    public void Done(string order) => _interrupted.TryRemove(order, out _);

    /// <summary>The shop has died: what is under way stays interrupted until somebody comes back for it.</summary>
    public void ShopDied()
    {
        foreach (var order in _interrupted.Keys)
            _interrupted[order] = true;
    }

    public string? TakeInterrupted() => _interrupted.Where(visit => visit.Value).Select(visit => visit.Key).Order(StringComparer.Ordinal)
        .FirstOrDefault(order => _interrupted.TryUpdate(order, false, true));

    public void Check(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
            _troubles.Add($"{answer.RequestMessage?.RequestUri?.PathAndQuery}: {(int)answer.StatusCode}");
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException("The shop failed.");
    }
}
