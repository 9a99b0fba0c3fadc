using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PaymentApp.Desk.Queries;
using PaymentApp.Ledger.Postgres;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Infrastructure.Postgres;

namespace PaymentApp.Tests.Ledger.Postgres;

/// <summary>Pages that are open on one node follow what another node does.</summary>
public sealed class ChangeRelayTests
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>The clock of the node with the page stands still: nothing but a notification can reach it.</summary>
    [PostgresFact]
    public async Task A_payment_on_one_node_reaches_the_pages_of_the_other_at_once()
    {
        await using var nodes = await OpenListeningAsync();
        var (order, another) = (await nodes.First.OrderAsync(), await nodes.First.OrderAsync());
        using var page = new OpenPage(nodes.Second, order);
        using var otherPage = new OpenPage(nodes.Second, another);
        using var list = new OpenPage(nodes.Second);

        await nodes.First.PayAsync(order, ManualShop.GoodCard);

        await Eventually.TrueAsync(() => page.Latest is PaymentState.Paid && list.Latest is PaymentState.Paid);
        Assert.Null(otherPage.Latest);
    }

    [PostgresFact]
    public async Task A_node_does_not_hear_of_its_own_changes_twice()
    {
        await using var nodes = await OpenListeningAsync();
        var order = await nodes.First.OrderAsync();
        using var here = new OpenPage(nodes.First, order);
        using var there = new OpenPage(nodes.Second, order);

        await nodes.First.PayAsync(order, ManualShop.PoorCard);
        await nodes.Second.PayAsync(order, ManualShop.GoodCard);
        await Eventually.TrueAsync(() => here.Latest is PaymentState.Paid && there.Latest is PaymentState.Paid);

        // What the other node did may come together; what it did itself comes once, though a notification and it may meet.
        Assert.Equal(there.Versions.Distinct(), there.Versions);
        Assert.Equal(here.Versions.Distinct(), here.Versions);
    }

    [PostgresFact]
    public async Task A_notification_that_is_lost_costs_one_beat()
    {
        await using var nodes = await OpenListeningAsync();
        var order = await nodes.First.OrderAsync();
        using var page = new OpenPage(nodes.Second, order);

        // Nobody is notified of what is written by other means.
        await nodes.First.ReadAsync(context => context.Database.ExecuteSqlAsync(
            $"""UPDATE "Payments" SET "State" = 'Processing', "Version" = "Version" + 1 WHERE "OrderId" = {order.Value}"""));

        await Eventually.TrueAsync(() =>
        {
            nodes.Second.Clock.Advance(Beat);
            return page.Latest is PaymentState.Processing;
        });
    }

    /// <summary>The node's own note comes at the version of what it has not heard of yet, and is told to the desk alone.</summary>
    [PostgresFact]
    public async Task A_note_does_not_hide_from_shoppers_what_another_node_did_before_it()
    {
        await using var nodes = await OpenListeningAsync();
        var order = await nodes.First.OrderAsync();
        using var page = new OpenPage(nodes.Second, order, await VersionAsync(nodes, order));

        await nodes.First.ReadAsync(context => context.Database.ExecuteSqlAsync(
            $"""UPDATE "Payments" SET "State" = 'Processing', "Version" = "Version" + 1 WHERE "OrderId" = {order.Value}"""));
        await NoteAsync(nodes.Second, order);

        await Eventually.TrueAsync(() =>
        {
            nodes.Second.Clock.Advance(Beat);
            return page.Latest is PaymentState.Processing;
        });
    }

    [PostgresFact]
    public async Task A_page_that_was_told_once_is_not_told_again_at_each_beat()
    {
        await using var nodes = await OpenListeningAsync();
        var order = await nodes.First.OrderAsync();
        using var page = OpenPage.OfDesk(nodes.Second, order, version: -1);
        var reads = new OpenPage(nodes.Second, await nodes.First.OrderTriedWithAsync(ManualShop.PoorCard));
        await Eventually.TrueAsync(() =>
        {
            nodes.Second.Clock.Advance(Beat);
            return reads.Versions.Count > 0 && page.Versions.Count > 0;
        });
        reads.Dispose();

        // Each of these beats has certainly passed when the change that follows it is seen.
        for (var beats = 0; beats < 3; beats++)
        {
            var other = await nodes.First.OrderAsync();
            using var otherPage = new OpenPage(nodes.Second, other);
            await Eventually.TrueAsync(() =>
            {
                nodes.Second.Clock.Advance(Beat);
                return otherPage.Versions.Count > 0;
            });
        }

        Assert.Single(page.Versions);
    }

    [PostgresFact]
    public async Task A_page_that_shows_how_its_order_stands_is_told_of_nothing_but_what_comes_later()
    {
        await using var nodes = await OpenListeningAsync();
        var order = await nodes.First.OrderAsync();
        var version = await VersionAsync(nodes, order);
        using var page = OpenPage.OfDesk(nodes.Second, order, version);

        // A beat has ended for certain when the next one has told a page that is behind.
        for (var beats = 0; beats < 2; beats++)
        {
            var other = await nodes.First.OrderTriedWithAsync(ManualShop.PoorCard);
            var latest = await VersionAsync(nodes, other);
            using var behind = new OpenPage(nodes.Second, other, latest - 1);
            await Eventually.TrueAsync(() =>
            {
                nodes.Second.Clock.Advance(Beat);
                return behind.Versions.Count > 0;
            });
            Assert.Equal([latest], behind.Versions);
        }

        Assert.Empty(page.Versions);
        await nodes.First.PayAsync(order, ManualShop.GoodCard);
        await Eventually.TrueAsync(() => page.Latest is PaymentState.Paid);
        Assert.All(page.Versions, told => Assert.True(told > version));
    }

    /// <summary>A note, and an action that ended in nothing, stand on the desk's pages and move no payment.</summary>
    [PostgresFact]
    public async Task What_an_operator_does_on_one_node_reaches_the_desk_of_the_other_though_the_payment_stays_as_it_was()
    {
        await using var nodes = await OpenListeningAsync();
        var order = await nodes.First.OrderAsync();
        var version = await VersionAsync(nodes, order);
        using var page = OpenPage.OfDesk(nodes.Second, order, version);
        using var shoppers = new OpenPage(nodes.Second, order, version);
        var actions = nodes.First.Services.GetRequiredService<IOperatorActionLog>();

        var note = await NoteAsync(nodes.First, order);
        await Eventually.TrueAsync(() => page.Versions.Count == 1);
        await actions.EndAsync(note, OperatorActionResult.Done, detail: null);
        await Eventually.TrueAsync(() => page.Versions.Count == 2);

        Assert.All(page.Versions, told => Assert.Equal(version, told));
        Assert.Empty(shoppers.Versions);
    }

    [PostgresFact]
    public async Task A_node_whose_listening_connection_is_ended_listens_again_and_has_missed_nothing()
    {
        await using var nodes = await OpenListeningAsync(("Ledger:RecheckEvery", "01:00:00"));
        var order = await nodes.First.OrderAsync();
        using var page = new OpenPage(nodes.Second, order);
        using var list = new OpenPage(nodes.Second);
        var noted = await nodes.First.OrderAsync();
        using var desk = OpenPage.OfDesk(nodes.Second, noted, await VersionAsync(nodes, noted));

        nodes.Database.EndConnections(ChangeRelay.ListenerName);
        await Eventually.TrueAsync(() => !Relay(nodes.First).IsListening && !Relay(nodes.Second).IsListening);
        await nodes.First.PayAsync(order, ManualShop.GoodCard);
        await NoteAsync(nodes.First, noted);
        Assert.Null(page.Latest);
        await ListenAsync(nodes);

        await Eventually.TrueAsync(() => page.Latest is PaymentState.Paid && list.Latest is not null && desk.Latest is not null);
        var next = await nodes.First.OrderAsync();
        using var nextPage = new OpenPage(nodes.Second, next);
        await nodes.First.PayAsync(next, ManualShop.GoodCard);
        await Eventually.TrueAsync(() => nextPage.Latest is PaymentState.Paid);
    }

    /// <summary>As where the connection is lost after the change is committed: what was taken to be told is told later.</summary>
    [PostgresFact]
    public async Task What_a_node_failed_to_tell_the_others_it_tells_them_later()
    {
        await using var nodes = await OpenListeningAsync(("Ledger:RecheckEvery", "01:00:00"));
        var order = await nodes.First.OrderAsync();
        using var page = new OpenPage(nodes.Second, order);
        using var desk = OpenPage.OfDesk(nodes.Second, order, await VersionAsync(nodes, order));
        await nodes.First.ReadAsync(context => context.Database.ExecuteSqlRawAsync(
            """
            CREATE SCHEMA broken;
            CREATE SEQUENCE broken.tries;
            CREATE FUNCTION broken.pg_notify(text, text) RETURNS void LANGUAGE plpgsql
                AS 'BEGIN PERFORM nextval(''broken.tries''); RAISE EXCEPTION ''Nobody is told.''; END';
            DO 'BEGIN EXECUTE format(''ALTER DATABASE %I SET search_path = broken, pg_catalog, public'', current_database()); END';
            """));
        nodes.Database.EndConnections();
        await Eventually.TrueAsync(() => !Relay(nodes.First).IsListening && !Relay(nodes.Second).IsListening);
        await ListenAsync(nodes);
        // What was missed meanwhile is told before anything happens that must not be.
        await Eventually.TrueAsync(() => desk.Versions.Count > 0);

        await nodes.First.PayAsync(order, ManualShop.GoodCard);
        await Eventually.TrueAsync(() => nodes.First.ReadAsync(context =>
            context.Database.SqlQuery<bool>($"""SELECT is_called AS "Value" FROM broken.tries""").SingleAsync()));
        Assert.NotEqual(PaymentState.Paid, page.Latest);
        await nodes.First.ReadAsync(context => context.Database.ExecuteSqlRawAsync("DROP FUNCTION broken.pg_notify"));

        await Eventually.TrueAsync(() =>
        {
            nodes.First.Clock.Advance(TimeSpan.FromSeconds(1));
            return page.Latest is PaymentState.Paid;
        });
    }

    /// <summary>The answer comes when all that stops has stopped, and only what waits for such answers is left.</summary>
    [PostgresFact]
    public async Task What_a_node_keeps_while_it_ends_reaches_the_pages_of_the_other()
    {
        var (stripe, last) = (new HeldStripe { Holds = nameof(IPaymentGateway.CreateAsync) }, new StopsLast());
        await using var nodes = await TwoNodes.OpenAsync(
            services =>
            {
                stripe.Hold(services);
                services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(last));
            },
            ("Ledger:RecheckEvery", "01:00:00"));
        await ListenAsync(nodes);
        var order = await nodes.First.OrderAsync();
        using var page = new OpenPage(nodes.Second, order);
        var paying = nodes.First.PayAsync(order, ManualShop.GoodCard);
        await stripe.Asked;

        nodes.First.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await last.HasStopped;
        Assert.NotEqual(PaymentState.Paid, page.Latest);
        stripe.Answer();

        Assert.IsType<PaymentOutcome.Succeeded>(await nodes.First.WhileTimePassesAsync(paying));
        await Eventually.TrueAsync(() => page.Latest is PaymentState.Paid);
    }

    /// <summary>As for a list whose circuit was given up: nobody is told, and the next circuit sees that it is old.</summary>
    [PostgresFact]
    public async Task A_payment_on_one_node_moves_the_mark_of_the_other_though_no_page_is_open()
    {
        await using var nodes = await OpenListeningAsync();
        var order = await nodes.First.OrderAsync();
        using (var page = new OpenPage(nodes.Second, order))
        {
            await nodes.First.PayAsync(order, ManualShop.GoodCard);
            await Eventually.TrueAsync(() => page.Latest is PaymentState.Paid);
        }

        var changes = nodes.Second.Services.GetRequiredService<OrderChanges>();
        var mark = changes.Mark;
        await nodes.First.PayAsync(await nodes.First.OrderAsync(), ManualShop.GoodCard);

        await Eventually.TrueAsync(() => changes.Mark != mark);
    }

    [PostgresFact]
    public async Task A_server_that_ends_every_connection_is_found_again()
    {
        await using var nodes = await OpenListeningAsync();
        var order = await nodes.First.OrderAsync();
        using var page = new OpenPage(nodes.Second, order);

        nodes.Database.EndConnections();

        Assert.IsType<PaymentOutcome.Succeeded>(await nodes.First.PayAsync(order, ManualShop.GoodCard));
        await nodes.First.Shop.AssertPaidOnceAsync(order);
        await Eventually.TrueAsync(() =>
        {
            nodes.Second.Clock.Advance(Beat);
            return page.Latest is PaymentState.Paid;
        });
    }

    private static async Task<TwoNodes> OpenListeningAsync(params (string, string)[] settings)
    {
        var nodes = await TwoNodes.OpenAsync(settings);
        await ListenAsync(nodes);
        return nodes;
    }

    private static Task ListenAsync(TwoNodes nodes) => Eventually.TrueAsync(() =>
    {
        foreach (var node in new[] { nodes.First, nodes.Second }.Where(node => !Relay(node).IsListening))
            node.Clock.Advance(TimeSpan.FromSeconds(1));
        return Relay(nodes.First).IsListening && Relay(nodes.Second).IsListening;
    });

    private static async Task<Guid> NoteAsync(ManualShop node, OrderId order)
    {
        var note = new OperatorAction(
            Guid.NewGuid(), order, "ann", OperatorActionKind.Note, Amount: null, "The shopper called.", node.Clock.GetUtcNow().UtcDateTime);
        Assert.True(await node.Services.GetRequiredService<IOperatorActionLog>().TryBeginAsync(note));
        return note.Id;
    }

    private static Task<int> VersionAsync(TwoNodes nodes, OrderId order) => nodes.First.ReadAsync(context =>
        context.Payments.Where(payment => payment.OrderId == order).Select(payment => payment.Version).SingleAsync());

    private static ChangeRelay Relay(ManualShop node) => node.Services.GetServices<IHostedService>().OfType<ChangeRelay>().Single();

    /// <summary>What starts first is the last that is told to stop.</summary>
    private sealed class StopsLast : IHostedService
    {
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HasStopped => _stopped.Task;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _stopped.TrySetResult();
            return Task.CompletedTask;
        }
    }

    /// <summary>What a page of one order, or a list of all, is told.</summary>
    private sealed class OpenPage : IDisposable
    {
        private readonly ConcurrentQueue<PaymentChange> _told = new();
        private readonly IDisposable _subscription;

        public OpenPage(ManualShop node, OrderId? order = null, int? version = null)
        {
            var changes = node.Services.GetRequiredService<OrderChanges>();
            _subscription = order is { } one ? changes.Subscribe(one, version, _told.Enqueue) : changes.SubscribeToAll(_told.Enqueue);
        }

        private OpenPage(Func<Action<PaymentChange>, IDisposable> subscribe) => _subscription = subscribe(_told.Enqueue);

        public static OpenPage OfDesk(ManualShop node, OrderId order, int version) =>
            new(told => node.Services.GetRequiredService<OrderChanges>().SubscribeToDetails(order, version, told));

        public IReadOnlyList<int> Versions => [.. _told.Select(change => change.Version)];

        public PaymentState? Latest => _told.MaxBy(change => change.Version)?.View.State;

        public void Dispose() => _subscription.Dispose();
    }
}
