using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>On a slow line the card field comes before the circuit, and what was typed until then is not lost.</summary>
public sealed class EarlyCardTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private Shop Shop => fixture.Shop;

    [Fact]
    public Task A_card_that_was_typed_before_the_circuit_is_paid_with() => RunAsync(async (session, circuit) =>
    {
        var frames = 0;
        session.Page.Request += (_, request) => frames += request.Url.Contains("elements-inner-card", StringComparison.Ordinal) ? 1 : 0;
        var checkout = await OpenAsync(session);
        await checkout.Card.FillAsync("4000002500003155");
        await session.Page.GetByLabel("E-mail for your receipt").FillAsync("ada@mail.example");
        await Expect(checkout.PayButton).ToBeDisabledAsync();

        circuit.SetResult();
        await checkout.ReadyAsync();
        await Expect(session.Page.GetByLabel("E-mail for your receipt")).ToHaveValueAsync("ada@mail.example");
        await checkout.PayButton.ClickAsync();
        await checkout.Challenge.CompleteAsync();

        await checkout.PaidAsync();
        await Shop.AssertPaidOnceAsync(checkout.Order);
        Assert.Equal(1, frames);
    });

    [Fact]
    public Task Who_is_typing_when_the_circuit_comes_goes_on_typing() => RunAsync(async (session, circuit) =>
    {
        var checkout = await OpenAsync(session);
        await checkout.Card.Number.PressSequentiallyAsync("42424242");

        circuit.SetResult();
        await checkout.ReadyAsync();
        await session.Page.Keyboard.TypeAsync("42424242");

        await Expect(checkout.Card.Number).ToHaveValueAsync("4242 4242 4242 4242");
        await Expect(session.Page.Locator(".card-field iframe")).ToHaveCountAsync(1);
    });

    [Fact]
    public Task What_was_wrong_with_it_is_said_once_there_is_a_circuit() => RunAsync(async (session, circuit) =>
    {
        var checkout = await OpenAsync(session);
        await checkout.Card.Number.PressSequentiallyAsync("4242424242424241");
        await session.Page.GetByLabel("Name on card").FillAsync("Ada");
        await Expect(session.Page.GetByLabel("Name on card")).ToBeFocusedAsync();

        circuit.SetResult();

        await Expect(checkout.Alert).ToContainTextAsync("number is not valid");
        await Expect(session.Page.GetByLabel("Name on card")).ToBeFocusedAsync();
    });

    [FullFact]
    public Task A_browser_that_moves_no_frames_has_its_card_field_from_the_circuit() => RunAsync(async (session, circuit) =>
    {
        await session.Page.AddInitScriptAsync("delete Element.prototype.moveBefore;");
        circuit.SetResult();
        var checkout = await OpenAsync(session);

        await checkout.ReadyAsync();
        await checkout.PayWithAsync("4242424242424242");

        await checkout.PaidAsync();
    });

    [FullFact]
    public Task Without_Stripe_js_the_circuit_comes_all_the_same_and_says_so() => RunAsync(async (session, circuit) =>
    {
        session.Problems.Expect("stripe.js|ERR_FAILED|ERR_BLOCKED");
        await session.Page.RouteAsync("**/stripe.js", route => route.AbortAsync("blockedbyclient"));
        circuit.SetResult();
        var checkout = await OpenAsync(session);
        await Expect(checkout.Alert).ToContainTextAsync("could not be loaded");

        await session.Page.UnrouteAsync("**/stripe.js");
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await checkout.ReadyAsync();
        await checkout.PayWithAsync("4242424242424242");

        await checkout.PaidAsync();
    });

    [Fact]
    public Task Who_is_typing_a_name_goes_on_in_the_middle_of_it_and_finds_it_after_a_reload() => RunAsync(async (session, circuit) =>
    {
        var checkout = await OpenAsync(session);
        var name = session.Page.GetByLabel("Name on card");
        await name.FillAsync("Ann Smith");
        await name.EvaluateAsync("input => input.setSelectionRange(3, 3)");

        circuit.SetResult();
        await checkout.ReadyAsync();
        await session.Page.Keyboard.TypeAsync("ie");
        await Expect(name).ToHaveValueAsync("Annie Smith");

        await session.Page.ReloadAsync();
        await Expect(name).ToHaveValueAsync("Annie Smith");
    });

    [Fact]
    public Task What_was_typed_before_the_circuit_is_kept_in_the_tab_and_never_in_the_address() => RunAsync(async (session, circuit) =>
    {
        var checkout = await OpenAsync(session);
        await session.Page.GetByLabel("Name on card").FillAsync("Ann Smith");
        // As a password manager or an extension does.
        await session.Page.EvaluateAsync("document.querySelector('.payment-form').requestSubmit()");
        circuit.SetResult();
        await checkout.ReadyAsync();
        Assert.DoesNotContain("Ann", session.Page.Url, StringComparison.Ordinal);

        await session.Page.ReloadAsync();
        await checkout.ReadyAsync();
        await Expect(session.Page.GetByLabel("Name on card")).ToHaveValueAsync("Ann Smith");
    });

    [Fact]
    public Task A_country_can_be_chosen_before_the_circuit_and_stays() => RunAsync(async (session, circuit) =>
    {
        var checkout = await OpenAsync(session);
        var country = session.Page.GetByLabel("Billing country");
        await country.SelectOptionAsync("Austria");

        circuit.SetResult();
        await checkout.ReadyAsync();
        await Expect(country).ToHaveValueAsync("AT");

        await session.Page.ReloadAsync();
        await Expect(country).ToHaveValueAsync("AT");
    });

    [Fact]
    public Task An_order_that_was_paid_meanwhile_shows_its_receipt_and_no_card() => RunAsync(async (session, circuit) =>
    {
        var checkout = await OpenAsync(session);
        await checkout.Card.Number.PressSequentiallyAsync("4242424242424242");
        await Shop.Services.CreateAsyncScope().ServiceProvider.GetRequiredService<IPaymentService>().PayAsync(checkout.Order, "pm_card_visa");

        circuit.SetResult();

        await checkout.PaidAsync();
        await Expect(checkout.Card.Frame).ToBeHiddenAsync();
    });

    /// <summary>As when the page's node makes way for one of another version before its circuit came: the script has another name there.</summary>
    [Fact]
    public Task Another_copy_of_the_script_finds_the_card_that_the_first_one_put_there() => RunAsync(async (session, circuit) =>
    {
        var checkout = await OpenAsync(session);
        await checkout.Card.Number.PressSequentiallyAsync("4242424242424242");

        await session.Page.EvaluateAsync(
            "() => import('/Checkout/CheckoutForm.razor.js').then(({ init }) => init(document.querySelector('.card-field'), { invokeMethodAsync: async () => {} }))");

        await Expect(session.Page.Locator(".card-field iframe")).ToHaveCountAsync(1);
        circuit.SetResult();
        await checkout.ReadyAsync();
        await Expect(session.Page.Locator(".card-field iframe")).ToHaveCountAsync(1);
        await Expect(checkout.Card.Number).ToHaveValueAsync("4242 4242 4242 4242");
    });

    [FullFact]
    public Task An_order_at_its_bank_asks_for_no_card_before_the_circuit() => RunAsync(async (session, circuit) =>
    {
        var address = await CheckoutScreen.PlaceAsync(Shop);
        var order = OrderId.Parse(address.Split('/')[^1]);
        await Shop.Services.CreateAsyncScope().ServiceProvider.GetRequiredService<IPaymentService>().PayAsync(order, "pm_card_authenticationRequired");
        circuit.SetResult();

        await session.Page.GotoAsync(address);

        await Expect(session.Page.Locator("script[src*='CheckoutForm']")).ToHaveCountAsync(0);
        await Expect(new CheckoutScreen(session.Page, Shop).ContinueButton).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData("**/blazor.web*.js")]
    [FullData("**/_blazor**")]
    public Task Who_leaves_before_the_circuit_comes_leaves_no_card_behind(string held) => RunAsync(
        async (session, circuit) =>
        {
            await OpenAsync(session);
            await Expect(session.Page.Locator(".card-field iframe")).ToHaveCountAsync(1);
            if (held.Contains("_blazor", StringComparison.Ordinal))
                await session.Page.BecomesTrueAsync("window.Blazor !== undefined");
            else
                circuit.SetResult();

            await session.Page.GetByRole(AriaRole.Link, new() { Name = "Find my order" }).ClickAsync();

            await Expect(session.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("order");
            await Expect(session.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
            await Expect(session.Page.Locator("iframe[title='Secure card payment input frame']")).ToHaveCountAsync(0);
            circuit.TrySetResult();
        },
        held);

    /// <summary>Blazor gives null for an element that it has taken away while a call was on its way.</summary>
    [Fact]
    public Task Who_leaves_while_the_circuit_asks_for_a_card_leaves_none_behind() => RunAsync(async (session, circuit) =>
    {
        circuit.SetResult();
        await OpenAsync(session);

        var refused = await session.Page.EvaluateAsync<string>(
            "() => import('/Checkout/CheckoutForm.razor.js').then(({ init }) => init(null, {})).catch(({ message }) => message)");

        Assert.Equal("The form is no longer on the page.", refused);
    });

    /// <summary>Blazor's script, or what a test names, is held back until the test lets it through.</summary>
    private static Task RunAsync(Func<BrowserSession, TaskCompletionSource, Task> story, string held = "**/blazor.web*.js") => BrowserSession.RunAsync(async session =>
    {
        var circuit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await session.Page.RouteAsync(held, async route =>
        {
            await circuit.Task;
            await route.ContinueAsync();
        });
        // A circuit's line that opens, and brings nothing.
        if (held.Contains("_blazor", StringComparison.Ordinal))
            await session.Page.RouteWebSocketAsync(held, _ => { });
        await story(session, circuit);
    });

    /// <summary>The page of a new order, as whoever follows a link to it sees it.</summary>
    private async Task<CheckoutScreen> OpenAsync(BrowserSession session)
    {
        await session.Page.GotoAsync(await CheckoutScreen.PlaceAsync(Shop), new() { WaitUntil = WaitUntilState.Commit });
        return new CheckoutScreen(session.Page, Shop);
    }
}
