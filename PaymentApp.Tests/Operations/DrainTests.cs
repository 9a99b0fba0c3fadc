using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PaymentApp.Desk.Actions;
using PaymentApp.Desk.Queries;
using PaymentApp.Operations;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Operations;

/// <summary>A shop that is told to end while it waits for Stripe.</summary>
public sealed class DrainTests
{
    private readonly CallsUnderWay _calls = new();

    [Fact]
    public async Task The_process_waits_for_what_is_under_way()
    {
        var (first, second) = (new TaskCompletionSource<int>(), new TaskCompletionSource<int>());
        var watched = new[] { _calls.WatchAsync(() => first.Task), _calls.WatchAsync(() => second.Task) };

        var stopping = Drain().StoppedAsync(CancellationToken.None);
        first.SetResult(1);
        Assert.Equal(1, await watched[0]);
        Assert.False(stopping.IsCompleted);
        second.SetException(new IOException("The disk is full."));

        await Assert.ThrowsAsync<IOException>(() => watched[1]);
        await stopping;
    }

    /// <summary>Its request may be sent before the one who makes it gets round to anything else.</summary>
    [Fact]
    public async Task A_call_counts_before_its_first_request()
    {
        var (stopping, answer) = (Task.CompletedTask, new TaskCompletionSource<int>());
        var call = _calls.WatchAsync(() =>
        {
            stopping = Drain().StoppedAsync(CancellationToken.None);
            return answer.Task;
        });

        Assert.False(stopping.IsCompleted);
        answer.SetResult(1);
        await call;

        await stopping;
    }

    [Fact]
    public async Task A_call_that_begins_meanwhile_is_waited_for_as_well()
    {
        var current = new TaskCompletionSource<int>();
        _ = _calls.WatchAsync(() => current.Task);

        var stopping = Drain().StoppedAsync(CancellationToken.None);
        for (var step = 0; step < 1000; step++)
        {
            var next = new TaskCompletionSource<int>();
            _ = _calls.WatchAsync(() => next.Task);
            current.SetResult(step);
            current = next;
            await Task.Yield();
        }

        Assert.False(stopping.IsCompleted);
        current.SetResult(1000);
        await stopping;
    }

    [Fact]
    public async Task It_waits_no_longer_than_the_host_lets_it()
    {
        using var patience = new CancellationTokenSource();
        _ = _calls.WatchAsync(() => new TaskCompletionSource<int>().Task);

        var stopping = Drain().StoppedAsync(patience.Token);
        Assert.False(stopping.IsCompleted);
        await patience.CancelAsync();

        await stopping;
    }

    [Fact]
    public async Task It_does_not_wait_for_what_has_ended()
    {
        await _calls.WatchAsync(() => Task.FromResult(1));

        Assert.True(Drain().StoppedAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    /// <summary>The page that asked is gone by then; the step that leads on may not even have begun.</summary>
    [Theory]
    [InlineData(nameof(IPaymentGateway.CreateAsync))]
    [InlineData(nameof(IPaymentGateway.ConfirmAsync))]
    [InlineData(nameof(IPaymentGateway.RetrieveAsync))]
    public async Task A_payment_that_Stripe_answers_while_the_shop_ends_is_in_the_ledger(string request)
    {
        var stripe = new HeldStripe();
        await using var shop = await ManualShop.OpenAsync(stripe.Hold);
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        await shop.EndChallengeAsync((await shop.IntentOfAsync(order)).Id, passes: true);
        if (request is nameof(IPaymentGateway.CreateAsync))
            order = await shop.OrderAsync();
        var ended = new TaskCompletionSource<PaymentState>();
        var lifetime = shop.Services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStopped.Register(() => ended.SetResult(shop.FindAsync(order).GetAwaiter().GetResult().State));
        stripe.Holds = request;
        var paying = request is nameof(IPaymentGateway.CreateAsync) ? shop.PayAsync(order, ManualShop.GoodCard) : shop.ConfirmAsync(order);
        await stripe.Asked;

        lifetime.StopApplication();
        await Eventually.TrueAsync(() => IsAwayAsync(shop.Shop.Address));
        stripe.Answer();

        Assert.IsType<PaymentOutcome.Succeeded>(await shop.WhileTimePassesAsync(paying));
        Assert.Equal(PaymentState.Paid, await ended.Task);
    }

    /// <summary>
    /// SignalR closes each page's connection when the host begins to stop, and the page comes back at once. The server
    /// waits for it until the host's patience has ended, with which nothing is left for those who wait for Stripe.
    /// </summary>
    [Fact]
    public async Task A_page_that_is_open_holds_nothing_up()
    {
        var end = new PatienceAtTheEnd();
        await using var shop = await ManualShop.OpenAsync(
            services =>
            {
                services.AddHostedService(_ => end);
                // Together with the drain sooner over than SignalR misses a page that says nothing.
                services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(15));
            },
            ("Health:DrainFor", "00:00:10"));

        shop.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        using var page = await OpenCircuitAsync(shop.Shop.Address);

        Assert.False(await shop.WhileTimePassesAsync(end.IsOver));
    }

    [Fact]
    public async Task What_an_operator_did_while_the_shop_ends_says_how_it_came_out()
    {
        var stripe = new HeldStripe();
        await using var shop = await ManualShop.OpenAsync(stripe.Hold);
        var order = await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var ended = new TaskCompletionSource<OperatorActionResult?>();
        var lifetime = shop.Services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStopped.Register(() => ended.SetResult(
            shop.ReadAsync(context => context.OperatorActions.Select(action => action.Result).SingleAsync()).GetAwaiter().GetResult()));
        stripe.Holds = nameof(IPaymentGateway.RefundAsync);
        await using var scope = shop.Services.CreateAsyncScope();
        var acting = scope.ServiceProvider.GetRequiredService<OperatorActions>().ActAsync(
            new OperatorAsk(Guid.NewGuid(), order, "ann", OperatorActionKind.Refund, Amount: null, Text: null));
        await stripe.Asked;

        lifetime.StopApplication();
        await Eventually.TrueAsync(() => IsAwayAsync(shop.Shop.Address));
        stripe.Answer();

        await acting;
        Assert.Equal(OperatorActionResult.Done, await ended.Task);
    }

    /// <summary>As a page comes back: https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md.</summary>
    private static async Task<ClientWebSocket> OpenCircuitAsync(Uri shop)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", shop.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(new Uri(shop, "/_blazor")) { Scheme = Uri.UriSchemeWs }.Uri, CancellationToken.None);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var welcome = await socket.ReceiveAsync(new byte[100], CancellationToken.None);
        Assert.True(welcome.Count > 0);
        return socket;
    }

    private static async Task<bool> IsAwayAsync(Uri shop)
    {
        using var http = new HttpClient();
        try
        {
            using var answer = await http.GetAsync(new Uri(shop, "/healthz"));
            return false;
        }
        catch (Exception refused) when (refused is HttpRequestException or SocketException)
        {
            return true;
        }
    }

    private Health.Drain Drain() => new(Options.Create(new HealthOptions()), new OpenCircuits(), _calls, TimeProvider.System);

    /// <summary>Whether the host's patience is over when all have stopped.</summary>
    private sealed class PatienceAtTheEnd : IHostedLifecycleService
    {
        private readonly TaskCompletionSource<bool> _isOver = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> IsOver => _isOver.Task;

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken)
        {
            _isOver.TrySetResult(cancellationToken.IsCancellationRequested);
            return Task.CompletedTask;
        }
    }
}
