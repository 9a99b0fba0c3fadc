using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Objects;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>The guide's three cards, in both of its integrations.</summary>
public sealed class GuideTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private const string Handle = "Show the bank's page";
    private const string Decline = "Decline the card";

    private Shop Shop => fixture.Shop;

    [Theory]
    [InlineData(Handle)]
    [InlineData(Decline)]
    public Task A_card_that_needs_nothing_pays_at_once(string mode) => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        await checkout.ChooseModeAsync(mode);

        await checkout.PayWithAsync("4242424242424242");

        await checkout.PaidAsync();
        await Expect(session.Page.Locator(".checkout-receipt")).ToContainTextAsync("$49.00");
        await Expect(session.Page.Locator(".checkout-receipt")).ToContainTextAsync("Visa ending in 4242");
        await Shop.AssertPaidOnceAsync(checkout.Order);
    });

    [Theory]
    [InlineData(Handle)]
    [InlineData(Decline)]
    public Task A_declined_card_says_why_and_keeps_what_was_typed(string mode) => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        await checkout.ChooseModeAsync(mode);

        await checkout.PayWithAsync("4000000000009995");

        await checkout.FailedAsync("enough funds");
        await Expect(checkout.Card.Number).ToHaveValueAsync("4000 0000 0000 9995");
        await Shop.AssertNotChargedAsync(checkout.Order);
    });

    [Fact]
    public Task A_card_that_needs_authentication_pays_after_the_challenge() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);

        await checkout.PayWithAsync("4000002500003155");
        await checkout.Challenge.ShownAsync();
        await Expect(checkout.Status).ToContainTextAsync("Waiting for your bank…");
        await Shop.AssertNotChargedAsync(checkout.Order);
        await checkout.Challenge.CompleteAsync();

        await checkout.PaidAsync();
        await Shop.AssertPaidOnceAsync(checkout.Order);
    });

    [Fact]
    public Task A_card_that_needs_authentication_fails_in_the_basic_integration() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        await checkout.ChooseModeAsync(Decline);

        await checkout.PayWithAsync("4000002500003155");

        await checkout.FailedAsync("Your bank wants to confirm this payment with you");
        await Shop.AssertNotChargedAsync(checkout.Order);
        var error = Assert.Single((await Shop.BooksOfAsync(checkout.Order)).Intents).LastPaymentError;
        Assert.Equal(("authentication_required", "authentication_not_handled"), (error!.Code, error.DeclineCode));
    });

    [Theory]
    [InlineData("Fail")]
    [FullData("Close")]
    [FullData("Escape")]
    public Task A_challenge_that_is_not_completed_charges_nothing_and_lets_the_shopper_try_again(string ending) =>
        BrowserSession.RunAsync(async session =>
        {
            var checkout = await CheckoutScreen.BuyAsync(session, Shop);

            await checkout.PayWithAsync("4000002500003155");
            await (ending switch
            {
                "Fail" => checkout.Challenge.FailAsync(),
                "Close" => checkout.Challenge.CloseAsync(),
                _ => checkout.Challenge.EscapeAsync(),
            });

            await checkout.FailedAsync("could not confirm that it's you");
            await Shop.AssertNotChargedAsync(checkout.Order);

            await checkout.PayButton.ClickAsync();
            await checkout.Challenge.CompleteAsync();
            await checkout.PaidAsync();
            await Shop.AssertPaidOnceAsync(checkout.Order);
        });

    [Fact]
    public Task A_challenge_followed_by_a_decline_says_so() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);

        await checkout.PayWithAsync("4000008260003178");
        await checkout.Challenge.CompleteAsync();

        await checkout.FailedAsync("enough funds");
        await Shop.AssertNotChargedAsync(checkout.Order);
    });

    [Fact]
    public Task After_a_decline_another_card_pays_the_same_order_with_the_same_intent() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        await checkout.PayWithAsync("4000000000009995");
        await checkout.FailedAsync("enough funds");
        var intent = Assert.Single((await Shop.BooksOfAsync(checkout.Order)).Intents).Id;

        await checkout.PayWithAsync("5555555555554444");

        await checkout.PaidAsync();
        await Shop.AssertPaidOnceAsync(checkout.Order);
        var books = await Shop.BooksOfAsync(checkout.Order);
        Assert.Equal(intent, Assert.Single(books.Intents).Id);
        Assert.Equal(2, books.Attempts);
    });

    [Theory]
    [InlineData("Tenugui towel", "¥1,800", 1800, "jpy")]
    [InlineData("Field notebook", "€12.50", 1250, "eur")]
    public Task An_amount_is_charged_in_the_minor_units_of_its_currency(string product, string shown, long charged, string currency) =>
        BrowserSession.RunAsync(async session =>
        {
            var checkout = await CheckoutScreen.BuyAsync(session, Shop, product);
            await Expect(checkout.PayButton).ToHaveTextAsync($"Pay {shown}");

            await checkout.PayWithAsync("4242424242424242");

            await checkout.PaidAsync();
            var charge = Assert.Single((await Shop.BooksOfAsync(checkout.Order)).Taken);
            Assert.Equal((charged, currency), (charge.Amount, charge.Currency));
        });

    [Theory]
    [InlineData("4000000000009987")]
    [FullData("4000000000009979")]
    [FullData("4100000000000019")]
    public Task A_lost_stolen_or_blocked_card_reads_as_any_declined_card(string number) => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);

        await checkout.PayWithAsync(number);

        await checkout.FailedAsync("Your card was declined. Use another card, or ask your bank.");
    });
}
