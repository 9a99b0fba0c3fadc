using System.Collections.Concurrent;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Infrastructure.Postgres;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Killing;

/// <summary>
/// PaymentApp in a process of its own is killed by SIGKILL at named instants of the flow and at random ones, opened again
/// each time, and at last left alone (invariants 1, 2, 5 and 6). <c>KILLS</c> sets how many kills there are: from 74 on,
/// every named instant is among them; fewer take a random choice of the instants.
/// </summary>
[Collection(Alone.Name)]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int KillsPerShop = 50;
    private const int MoreTries = 3;

    private static readonly KillPoint[] Points = Enum.GetValues<KillPoint>();

    [Fact]
    public async Task Every_order_of_a_shop_that_is_killed_again_and_again_ends_as_Stripe_says_charged_and_fulfilled_once()
    {
        var kills = TestSize.Of(quick: 8, full: 100, variable: "KILLS");
        var seed = (int)(Randomly.Seed(output) & int.MaxValue);
        var shops = Math.Max(2, kills / KillsPerShop);
        var plan = Plan(seed, kills);
        var planned = plan.OfType<KillPoint>().Distinct().Order().ToArray();
        var seen = new ConcurrentDictionary<KillPoint, bool>();
        var ends = new ConcurrentBag<(CrashTestShop Shop, BooksComparison BooksComparison)>();

        await Parallel.ForAsync(0, shops, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) }, async (index, _) =>
        {
            using var shop = await CrashTestShop.OpenAsync(unchecked(seed + index));
            foreach (var point in plan.Where((_, kill) => kill % shops == index))
                await DieAsync(shop, point);
            for (var tries = 0; tries < MoreTries; tries++)
            {
                foreach (var point in planned.Where(point => !seen.ContainsKey(point)))
                    await DieAsync(shop, point);
            }

            await shop.LeaveAloneAsync(hearsWebhooks: index % 2 == 0);
            ends.Add((shop, await BooksComparison.TakeAsync(shop)));
        });

        async Task DieAsync(CrashTestShop shop, KillPoint? point)
        {
            await shop.LiveAndDieAsync(point);
            foreach (var struck in shop.Struck)
                seen.TryAdd(struck, true);
        }

        var struck = ends.SelectMany(end => end.Shop.Struck).ToLookup(point => point);
        var atRandom = ends.Sum(end => end.Shop.KilledAtRandom);
        var reckonings = ends.Select(end => end.BooksComparison).ToList();
        output.WriteLine($"{struck.Sum(point => point.Count()) + atRandom} kills in {shops} shops, {atRandom} of them at random instants:");
        output.WriteLine(string.Join(", ", Points.Select(point => $"{point} {struck[point].Count()}")));
        output.WriteLine($"{reckonings.Sum(all => all.Orders)} orders, {reckonings.Sum(all => all.Paid)} paid, " +
            $"{reckonings.Sum(all => all.Charges)} charges, {reckonings.Sum(all => all.Refunds)} refunds");

        Assert.Empty(reckonings.SelectMany(all => all.Problems));
        Assert.Empty(ends.SelectMany(end => end.Shop.Memory.Troubles));
        Assert.Empty(ends.SelectMany(end => end.Shop.Complaints));
        Assert.Empty(planned.Except(struck.Select(point => point.Key)));
        Assert.True(struck.Sum(point => point.Count()) + atRandom >= kills);
    }

    /// <summary>The others do its work meanwhile, so no named instant is sure to come: those count that it reaches.</summary>
    [PostgresFact(isDear: true)]
    public async Task One_of_three_nodes_is_killed_again_and_again_and_the_books_are_right()
    {
        var seed = (int)(Randomly.Seed(output) & int.MaxValue);
        var plan = Plan(seed, TestSize.Of(quick: 8, full: 12, variable: "KILLS"));

        using var shop = await CrashTestShop.OpenAsync(seed, others: 2);
        foreach (var point in plan)
            await shop.LiveAndDieAsync(point >= KillPoint.CatchUpClaimed ? null : point);
        await shop.LeaveAloneAsync(hearsWebhooks: seed % 2 == 0);
        var reckoning = await BooksComparison.TakeAsync(shop);

        output.WriteLine($"{shop.Struck.Count} kills at named instants, {shop.KilledAtRandom} at random ones; {reckoning.Orders} orders, " +
            $"{reckoning.Paid} paid, {reckoning.Charges} charges, {reckoning.Refunds} refunds");
        foreach (var problem in reckoning.Problems)
            output.WriteLine(problem);
        Assert.Empty(reckoning.Problems);
        Assert.Empty(shop.Memory.Troubles);
        Assert.Empty(shop.Complaints);
        Assert.NotEmpty(shop.Struck);
        Assert.NotEqual(0, reckoning.Paid);
    }

    /// <summary>Each point about as often as the others, for two kills of three, and random instants between.</summary>
    private static KillPoint?[] Plan(int seed, int kills)
    {
        var random = new Random(seed);
        var points = Points.ToArray();
        random.Shuffle(points);
        var plan = Enumerable.Range(0, kills)
            .Select(kill => kill % 3 == 2 ? (KillPoint?)null : points[(kill - kill / 3) % points.Length]).ToArray();
        random.Shuffle(plan);
        return plan;
    }
}

/// <summary>Runs when nothing else does: it takes every core, and a browser test beside it would wait for one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
