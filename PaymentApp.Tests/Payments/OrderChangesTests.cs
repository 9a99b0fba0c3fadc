using System.Collections.Concurrent;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

/// <summary>What is told to the pages of an order.</summary>
public sealed class OrderChangesTests
{
    private readonly OrderChanges _changes = new();
    private readonly OrderId _order = OrderId.New();
    private readonly List<int> _told = [];

    /// <summary>As where another node's notification is read at the moment at which this node's own change is committed.</summary>
    [Fact]
    public void A_page_is_told_of_a_version_once_though_two_tell_of_it()
    {
        using var page = Page(version: null);

        _changes.Tell(Change(3));
        _changes.Publish(Change(3));
        _changes.Publish(Change(4));

        Assert.Equal([3, 4], _told);
    }

    [Fact]
    public void A_page_is_not_told_of_what_a_later_change_has_overtaken()
    {
        using var page = Page(version: null);

        _changes.Publish(Change(4));
        _changes.Tell(Change(3));

        Assert.Equal([4], _told);
    }

    [Fact]
    public void A_page_is_not_told_of_what_it_shows()
    {
        using var page = Page(version: 3);

        _changes.Tell(Change(3));
        _changes.Tell(Change(4));

        Assert.Equal([4], _told);
    }

    [Fact]
    public void Each_page_is_told_for_itself()
    {
        using var page = Page(version: null);
        _changes.Publish(Change(3));

        using var next = Page(version: null);
        _changes.Tell(Change(3));

        Assert.Equal([3, 3], _told);
    }

    [Fact]
    public void A_detail_hides_no_change_that_two_tell_of()
    {
        using var page = Page(version: 3);

        _changes.Publish(Change(4), isDetail: true);
        _changes.Tell(Change(4));

        Assert.Equal([4], _told);
    }

    [Fact]
    public async Task Of_many_that_tell_at_once_a_page_hears_each_version_at_most_once()
    {
        var told = new ConcurrentQueue<int>();
        using var page = _changes.Subscribe(_order, version: 0, change => told.Enqueue(change.Version));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var version = 1; version <= 10_000; version++)
                _changes.Tell(Change(version));
        })));

        Assert.Equal(told.Distinct().Count(), told.Count);
        Assert.Contains(10_000, told);
    }

    private IDisposable Page(int? version) => _changes.Subscribe(_order, version, change => _told.Add(change.Version));

    private PaymentChange Change(int version) => PaymentChange.To(new Payment(
        new PayableOrder(_order, "ORDER", Money.OfMajor(49, Currency.Usd)), PaymentState.Processing, null, 0, null, null, null, version));
}
