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
        await using var shop = await Shop.OpenAsync(configure: services => services.AddSingleton<IStartupFilter>(new NoWebSockets()));
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

    private sealed class NoWebSockets : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, proceed) =>
            {
                if (!context.Request.Headers.ContainsKey("Sec-WebSocket-Key"))
                    return proceed(context);
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            });
            next(app);
        };
    }
}
