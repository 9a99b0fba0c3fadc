using System.Globalization;
using StripeSandbox.Books;
using StripeSandbox.Objects;
using StripeSandbox.Packing;

namespace PaymentApp.Tests.Sandbox;

public sealed class IdIndexTests
{
    private const int Threads = 4;
    private const int IdsEach = 20_000;

    [Fact]
    public async Task What_was_added_is_found_while_others_add()
    {
        var shelf = new Shelf(0, Store);
        var index = new IdIndex([shelf]);

        var missed = await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(() =>
        {
            var missing = 0;
            for (var number = 0; number < IdsEach; number++)
            {
                index.Add(IdOf(thread, number), SlotOf(shelf, thread, number));
                missing += index.Find(IdOf(thread, number)) is null ? 1 : 0;
                missing += index.Find(IdOf(thread, number / 2)) is null ? 1 : 0;
            }

            return missing;
        }, TaskCreationOptions.LongRunning)));

        Assert.All(missed, missing => Assert.Equal(0, missing));
        for (var thread = 0; thread < Threads; thread++)
            for (var number = 0; number < IdsEach; number++)
                Assert.Equal(IdOf(thread, number), index.Find(IdOf(thread, number))?.Value.Id);
        Assert.Null(index.Find("nobody"));
    }

    [Fact]
    public void After_it_was_cleared_nothing_is_found()
    {
        var shelf = new Shelf(0, Store);
        var index = new IdIndex([shelf]);
        index.Add(IdOf(0, 0), SlotOf(shelf, 0, 0));
        Assert.NotNull(index.Find(IdOf(0, 0)));

        index.Clear();

        Assert.Null(index.Find(IdOf(0, 0)));
    }

    private static readonly VersionStore Store = new();

    private static Slot SlotOf(Shelf shelf, int thread, int number)
    {
        var value = new ClockSetting { Id = IdOf(thread, number), Created = 0, AheadTicks = 0 };
        Store.Write([value]);
        return shelf.Append(value);
    }

    private static string IdOf(int thread, int number) => string.Create(CultureInfo.InvariantCulture, $"pi_{thread}_{number}");
}
