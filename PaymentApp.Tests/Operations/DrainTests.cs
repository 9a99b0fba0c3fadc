using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PaymentApp.Operations;
using PaymentApp.Payments;
using PaymentApp.Stripe;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Operations;

/// <summary>A shop that is told to end while it waits for Stripe.</summary>
public sealed class DrainTests
{
    private readonly StepsUnderWay _steps = new();

    [Fact]
    public async Task The_process_waits_for_what_is_under_way()
    {
        var (first, second) = (new TaskCompletionSource<int>(), new TaskCompletionSource<int>());
        var watched = new[] { _steps.WatchAsync(() => first.Task), _steps.WatchAsync(() => second.Task) };

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
    public async Task A_step_counts_before_its_first_request()
    {
        var (stopping, answer) = (Task.CompletedTask, new TaskCompletionSource<int>());
        var step = _steps.WatchAsync(() =>
        {
            stopping = Drain().StoppedAsync(CancellationToken.None);
            return answer.Task;
        });

        Assert.False(stopping.IsCompleted);
        answer.SetResult(1);
        await step;

        await stopping;
    }

    [Fact]
    public async Task A_step_that_begins_meanwhile_is_waited_for_as_well()
    {
        var current = new TaskCompletionSource<int>();
        _ = _steps.WatchAsync(() => current.Task);

        var stopping = Drain().StoppedAsync(CancellationToken.None);
        for (var step = 0; step < 1000; step++)
        {
            var next = new TaskCompletionSource<int>();
            _ = _steps.WatchAsync(() => next.Task);
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
        _ = _steps.WatchAsync(() => new TaskCompletionSource<int>().Task);

        var stopping = Drain().StoppedAsync(patience.Token);
        Assert.False(stopping.IsCompleted);
        await patience.CancelAsync();

        await stopping;
    }

    [Fact]
    public async Task It_does_not_wait_for_what_has_ended()
    {
        await _steps.WatchAsync(() => Task.FromResult(1));

        Assert.True(Drain().StoppedAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    /// <summary>The page that asked is gone by then.</summary>
    [Fact]
    public async Task A_payment_that_Stripe_answers_while_the_shop_ends_is_in_the_ledger()
    {
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var shop = await ManualShop.OpenAsync(services =>
        {
            services.AddSingleton<StripeGateway>();
            services.AddSingleton(provider => Intercepted<IPaymentGateway>.Around(provider.GetRequiredService<StripeGateway>(), (method, _) =>
            {
                if (method != nameof(IPaymentGateway.CreateAsync))
                    return Task.CompletedTask;
                asked.TrySetResult();
                return answer.Task;
            }));
        });
        var lifetime = shop.Services.GetRequiredService<IHostApplicationLifetime>();
        var ended = new TaskCompletionSource<bool>();
        var order = await shop.OrderAsync();
        var paying = shop.PayAsync(order, ManualShop.GoodCard);
        var steps = shop.Services.GetRequiredService<StepsUnderWay>();
        lifetime.ApplicationStopped.Register(() => ended.SetResult(steps.WhenEndedAsync().IsCompleted));
        await asked.Task;

        lifetime.StopApplication();
        await Eventually.TrueAsync(() => IsAwayAsync(shop.Shop.Address));
        answer.SetResult();

        Assert.IsType<PaymentOutcome.Succeeded>(await shop.WhileTimePassesAsync(paying));
        Assert.True(await ended.Task);
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

    private Health.Drain Drain() => new(Options.Create(new HealthOptions()), _steps, TimeProvider.System);
}
