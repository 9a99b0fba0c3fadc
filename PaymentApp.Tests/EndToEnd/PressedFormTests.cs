using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>What follows a press does not wait for the line longer than it must.</summary>
public sealed class PressedFormTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    [Fact]
    public Task The_card_is_at_Stripe_before_the_server_has_heard_of_the_press() => RunAsync(async (checkout, line) =>
    {
        await checkout.Card.FillAsync("4242424242424242");
        line.Hold();
        await checkout.PayButton.ClickAsync();
        await Eventually.TrueAsync(() => line.PaymentMethods == 1);

        line.Release();

        await checkout.PaidAsync();
        Assert.Equal(1, line.PaymentMethods);
    });

    [Fact]
    public Task The_card_that_was_pressed_cannot_change_before_the_server_asks_for_it() => RunAsync(async (checkout, line) =>
    {
        await checkout.Card.FillAsync("4242424242424242");
        line.Hold();
        await checkout.PayButton.ClickAsync();

        await Expect(checkout.Card.Number).ToBeDisabledAsync();

        line.Release();
        await checkout.PaidAsync();
        Assert.Equal(1, line.PaymentMethods);
    });

    [Fact]
    public Task A_name_that_changes_after_the_press_is_the_one_that_Stripe_is_told() => RunAsync(async (checkout, line) =>
    {
        await checkout.Card.FillAsync("4242424242424242");
        line.Hold();
        await checkout.PayButton.ClickAsync();
        await Eventually.TrueAsync(() => line.PaymentMethods == 1);
        await checkout.Page.GetByLabel("Name on card").FillAsync("Ada Lovelace");

        line.Release();

        await checkout.PaidAsync();
        Assert.Contains("Ada Lovelace", Uri.UnescapeDataString(line.Latest.Replace('+', ' ')), StringComparison.Ordinal);
    });

    [Fact]
    public Task What_failed_before_the_server_asked_is_tried_again() => RunAsync(async (checkout, line) =>
    {
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        checkout.Page.RequestFailed += (_, _) => failed.TrySetResult();
        await checkout.Page.RouteAsync("**/v1/payment_methods", route => route.AbortAsync("internetdisconnected"));
        await checkout.Card.FillAsync("4242424242424242");
        line.Hold();
        await checkout.PayButton.ClickAsync();
        await failed.Task;
        await checkout.Page.UnrouteAsync("**/v1/payment_methods");

        line.Release();

        await checkout.PaidAsync();
    });

    [Fact]
    public Task A_card_that_was_declined_is_made_anew_when_it_is_pressed_again() => RunAsync(async (checkout, line) =>
    {
        await checkout.Card.FillAsync("4000000000009995");
        await checkout.PayButton.ClickAsync();
        await Expect(checkout.Alert).ToContainTextAsync("enough funds");
        await checkout.ReadyAsync();
        await checkout.Card.FillAsync("4242424242424242");
        await checkout.PayButton.ClickAsync();

        await checkout.PaidAsync();
        Assert.Equal(2, line.PaymentMethods);
    });

    [Fact]
    public Task What_is_wrong_beside_the_card_goes_nowhere() => RunAsync(async (checkout, line) =>
    {
        await checkout.Card.FillAsync("4242424242424242");
        var email = checkout.Page.GetByLabel("E-mail for your receipt");
        await email.FillAsync("ada@");
        await email.PressAsync("Enter");
        await Expect(checkout.Page.Locator(".field-problem")).ToBeVisibleAsync();

        await email.FillAsync("ada@mail.example");
        await checkout.PayButton.ClickAsync();

        await checkout.PaidAsync();
        Assert.Equal(1, line.PaymentMethods);
    });

    [Fact]
    public Task The_page_says_that_it_is_paid_before_it_is_loaded_again() => RunAsync(async (checkout, line) =>
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await checkout.Page.RouteAsync("**/checkout/*", async route =>
        {
            await loaded.Task;
            await route.ContinueAsync();
        });
        await checkout.Page.SetViewportSizeAsync(390, 500);
        await checkout.PayWithAsync("4242424242424242");

        await Expect(checkout.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Payment complete");
        await Expect(checkout.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        Assert.Equal(0, await checkout.Page.EvaluateAsync<int>("Math.round(scrollY)"));
        await checkout.Page.EvaluateAsync("scrollTo({ top: 100, behavior: 'instant' })");
        await Expect(checkout.Page).ToHaveTitleAsync("Checkout – Small Hours");

        loaded.SetResult();
        await Expect(checkout.Page).ToHaveTitleAsync("Payment complete – Small Hours");
        await Expect(checkout.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        Assert.Equal(100, await checkout.Page.EvaluateAsync<int>("Math.round(scrollY)"));
    });

    private Task RunAsync(Func<CheckoutScreen, HeldLine, Task> story) => BrowserSession.RunAsync(async session =>
    {
        session.Problems.Expect("payment_methods|ERR_INTERNET_DISCONNECTED");
        var line = new HeldLine();
        await line.LayAsync(session.Page);
        var checkout = new CheckoutScreen(session.Page, fixture.Shop);
        await session.Page.GotoAsync(await CheckoutScreen.PlaceAsync(fixture.Shop));
        await checkout.ReadyAsync();
        await story(checkout, line);
    });

    /// <summary>A line whose browser can be kept from reaching the shop, and not Stripe.</summary>
    private sealed class HeldLine
    {
        private readonly Queue<Action> _held = new();
        private bool _holds;
        private int _paymentMethods;

        public int PaymentMethods => Volatile.Read(ref _paymentMethods);

        public string Latest { get; private set; } = "";

        public async Task LayAsync(IPage page)
        {
            page.Request += (_, request) =>
            {
                if (!request.Url.EndsWith("/v1/payment_methods", StringComparison.Ordinal))
                    return;
                Latest = request.PostData ?? "";
                Interlocked.Increment(ref _paymentMethods);
            };
            await page.RouteWebSocketAsync(url => url.Contains("/_blazor", StringComparison.Ordinal), browser =>
            {
                var server = browser.ConnectToServer();
                browser.OnMessage(frame => Pass(() => server.Send(frame)));
            });
        }

        public void Hold()
        {
            lock (_held)
                _holds = true;
        }

        public void Release()
        {
            lock (_held)
            {
                _holds = false;
                while (_held.TryDequeue(out var send))
                    send();
            }
        }

        private void Pass(Action send)
        {
            lock (_held)
            {
                if (_holds)
                    _held.Enqueue(send);
                else
                    send();
            }
        }
    }
}
