using System.Collections.Concurrent;
using System.Globalization;
using PaymentApp.Tests.Infrastructure;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Killing;

/// <summary>
/// PaymentApp in a process of its own is killed by SIGKILL at every named instant of the flow and at random ones, opened
/// again each time, and at last left alone (invariants 1, 2, 5 and 6). <c>KILLS</c> sets how many kills there are.
/// </summary>
[Collection(Alone.Name)]
public sealed class KillTests(ITestOutputHelper output)
{
    private const string KillsVariable = "KILLS";
    private const int DefaultKills = 200;
    private const int KillsPerShop = 100;
    private const int MoreTries = 3;

    private static readonly KillPoint[] Points = Enum.GetValues<KillPoint>();

    [Fact]
    public async Task Every_order_of_a_shop_that_is_killed_again_and_again_ends_as_Stripe_says_charged_and_fulfilled_once()
    {
        var kills = Environment.GetEnvironmentVariable(KillsVariable) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : DefaultKills;
        var seed = (int)(Randomly.Seed(output) & int.MaxValue);
        var shops = Math.Max(2, kills / KillsPerShop);
        var plan = Plan(seed, kills);
        var seen = new ConcurrentDictionary<KillPoint, bool>();
        var ends = new ConcurrentBag<(DoomedShop Shop, Reckoning Reckoning)>();

        await Parallel.ForAsync(0, shops, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) }, async (index, _) =>
        {
            using var shop = await DoomedShop.OpenAsync(unchecked(seed + index));
            foreach (var point in plan.Where((_, kill) => kill % shops == index))
                await DieAsync(shop, point);
            for (var tries = 0; tries < MoreTries; tries++)
            {
                foreach (var point in Points.Where(point => !seen.ContainsKey(point)))
                    await DieAsync(shop, point);
            }

            await shop.LeaveAloneAsync(hearsWebhooks: index % 2 == 0);
            ends.Add((shop, await Reckoning.TakeAsync(shop)));
        });

        async Task DieAsync(DoomedShop shop, KillPoint? point)
        {
            await shop.LiveAndDieAsync(point);
            foreach (var struck in shop.Struck)
                seen.TryAdd(struck, true);
        }

        var struck = ends.SelectMany(end => end.Shop.Struck).ToLookup(point => point);
        var atRandom = ends.Sum(end => end.Shop.KilledAtRandom);
        var reckonings = ends.Select(end => end.Reckoning).ToList();
        output.WriteLine($"{struck.Sum(point => point.Count()) + atRandom} kills in {shops} shops, {atRandom} of them at random instants:");
        output.WriteLine(string.Join(", ", Points.Select(point => $"{point} {struck[point].Count()}")));
        output.WriteLine($"{reckonings.Sum(all => all.Orders)} orders, {reckonings.Sum(all => all.Paid)} paid, " +
            $"{reckonings.Sum(all => all.Charges)} charges, {reckonings.Sum(all => all.Refunds)} refunds");

        Assert.Empty(reckonings.SelectMany(all => all.Problems));
        Assert.Empty(ends.SelectMany(end => end.Shop.Memory.Troubles));
        Assert.Empty(ends.SelectMany(end => end.Shop.Complaints));
        Assert.Equal([.. Points], struck.Select(point => point.Key).Order());
        Assert.True(struck.Sum(point => point.Count()) + atRandom >= kills);
    }

    /// <summary>Each point about as often as the others, for two kills of three, and random instants between.</summary>
    private static List<KillPoint?> Plan(int seed, int kills)
    {
        var plan = Enumerable.Range(0, kills)
            .Select(kill => kill % 3 == 2 ? (KillPoint?)null : Points[(kill - kill / 3) % Points.Length]).ToArray();
        new Random(seed).Shuffle(plan);
        return [.. plan];
    }
}

/// <summary>Runs when nothing else does: it takes every core, and a browser test beside it would wait for one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
