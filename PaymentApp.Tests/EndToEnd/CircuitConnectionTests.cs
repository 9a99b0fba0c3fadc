using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>How a page comes to its circuit.</summary>
public sealed class CircuitConnectionTests
{
    /// <summary>A negotiation would be a round trip before every connection, and would need the node that it was made with.</summary>
    [Fact]
    public async Task A_page_opens_its_WebSocket_and_asks_nothing_before()
    {
        await using var shop = await Shop.OpenAsync();
        var checkout = await CheckoutScreen.PlaceAsync(shop);
        await BrowserSession.RunAsync(async session =>
        {
            var (asked, sockets) = (Asked(session), new ConcurrentQueue<string>());
            session.Page.WebSocket += (_, socket) => sockets.Enqueue(socket.Url);

            await session.Page.GotoAsync(checkout);
            await new CheckoutScreen(session.Page, shop).ReadyAsync();

            Assert.Empty(asked);
            Assert.EndsWith("/_blazor", Assert.Single(sockets), StringComparison.Ordinal);
        });
    }

    /// <summary>As behind a proxy that lets no WebSocket through.</summary>
    [Fact]
    public async Task Where_no_WebSocket_can_be_had_a_challenge_is_passed_and_paid_by_long_polling()
    {
        await using var shop = await Shop.OpenAsync(configure: services => services.AddSingleton<IStartupFilter>(new NoWebSockets(context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        })));
        var address = await CheckoutScreen.PlaceAsync(shop);
        await BrowserSession.RunAsync(async session =>
        {
            session.Problems.Expect("_blazor|WebSocket|[Cc]onnection|[Tt]ransport|Long Polling");
            var asked = Asked(session);
            await session.Page.GotoAsync(address);
            var checkout = new CheckoutScreen(session.Page, shop);
            await checkout.ReadyAsync();

            await checkout.PayWithAsync("4000002500003155");
            await checkout.Challenge.CompleteAsync();

            await checkout.PaidAsync();
            Assert.Contains(asked, url => url.Contains("/negotiate", StringComparison.Ordinal));
            await Expect(session.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
            await shop.AssertPaidOnceAsync(checkout.Order);
        });
    }

    /// <summary>As behind a proxy that takes the request for a WebSocket and never answers; browsers wait for minutes.</summary>
    [Fact]
    public async Task A_WebSocket_that_neither_opens_nor_fails_is_given_up_for_long_polling()
    {
        await using var shop = await Shop.OpenAsync(configure: services => services.AddSingleton<IStartupFilter>(
            new NoWebSockets(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default))));
        var address = await CheckoutScreen.PlaceAsync(shop);
        await BrowserSession.RunAsync(async session =>
        {
            session.Problems.Expect("_blazor|WebSocket|[Cc]onnection|[Tt]ransport|Long Polling");
            await session.Page.AddInitScriptAsync("""
                const wait = setTimeout;
                globalThis.due = [];
                globalThis.setTimeout = (act, time, ...more) => time === 10000 ? due.push(act) : wait(act, time, ...more);
                """);
            await session.Page.GotoAsync(address);
            var checkout = new CheckoutScreen(session.Page, shop);

            // The time that a WebSocket is given passes, as often as one is tried.
            await session.Page.BecomesTrueAsync(
                "(due.splice(0).forEach(act => act()), document.querySelector('form[aria-label=Payment] button[type=submit]:enabled'))");

            await checkout.PayWithAsync("4242424242424242");
            await checkout.PaidAsync();
            await shop.AssertPaidOnceAsync(checkout.Order);
        });
    }

    /// <summary>The requests to the circuit's address.</summary>
    private static ConcurrentQueue<string> Asked(BrowserSession session)
    {
        var asked = new ConcurrentQueue<string>();
        session.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("/_blazor", StringComparison.Ordinal))
                asked.Enqueue(request.Url);
        };
        return asked;
    }

    /// <param name="answer">What comes to a request for one.</param>
    private sealed class NoWebSockets(Func<HttpContext, Task> answer) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, proceed) => context.Request.Headers.ContainsKey("Sec-WebSocket-Key") ? answer(context) : proceed(context));
            next(app);
        };
    }
}
