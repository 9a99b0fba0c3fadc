using System.Globalization;
using Microsoft.Playwright;
using PaymentApp.Checkout;
using PaymentApp.Components;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>A shopper whose browser speaks another language, from the shop to the receipt.</summary>
public sealed class LanguageTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    /// <summary>Each language in both themes; by default one in one.</summary>
    public static TheoryData<string, ColorScheme> Readers => TestSize.IsFull
        ? TestSize.Pairs(Texts.Languages, [ColorScheme.Light, ColorScheme.Dark])
        : new() { { "de", ColorScheme.Dark } };

    private Shop Shop => fixture.Shop;

    [Theory]
    [MemberData(nameof(Readers))]
    public Task A_shopper_pays_with_a_challenge_in_their_language(string language, ColorScheme scheme) => BrowserSession.RunAsync(
        async session =>
        {
            var (page, text, culture) = (session.Page, Texts.CheckoutIn(language), CultureInfo.GetCultureInfo(language));
            var sandbox = new Func<string, string, string>((group, key) => BrowserTexts.Text(language, group, key));
            await page.GotoAsync(Shop.Address.ToString());
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
            await Accessibility.CheckAsync(page);
            await page.Locator("article button").Last.ClickAsync();

            var form = page.Locator("form.payment-form");
            var pay = form.Locator("button[type=submit]");
            await Expect(pay).ToHaveTextAsync(text["Pay", new Catalogue().Products[^1].Price.Format(culture)]);
            await Expect(pay).ToBeEnabledAsync();
            var card = new CardElement(page, title: sandbox("frames", "card"));
            await Expect(card.Number).ToHaveAttributeAsync("placeholder", sandbox("fields", "number"));
            await Accessibility.CheckAsync(page);

            await card.FillAsync("4000000000009995");
            await pay.ClickAsync();
            await Expect(form.GetByRole(AriaRole.Alert)).ToHaveTextAsync(text.Failure(FailureReason.InsufficientFunds));
            await Expect(pay).ToBeEnabledAsync();
            await Accessibility.CheckAsync(page);

            await card.FillAsync("4000002500003155");
            await pay.ClickAsync();
            var challenge = new Challenge(page);
            await challenge.ShownAsync();
            await Expect(form.GetByRole(AriaRole.Status)).ToHaveTextAsync(text.Status(new CheckoutState.Working(CheckoutActivity.WaitingForBank, WithCardShown: true))!);
            await Expect(challenge.CompleteButton).ToHaveTextAsync(sandbox("bank", "complete"));
            await Accessibility.CheckAsync(page);
            await challenge.CompleteButton.ClickAsync();

            var paid = Texts.For<OrderText>(language)["Heading_Paid"].Value;
            await Expect(page.Locator("h1")).ToHaveTextAsync(paid);
            await Expect(page).ToHaveTitleAsync($"{paid} – Small Hours");
            await Expect(page.Locator(".checkout-receipt")).ToContainTextAsync(text.Card(new CardSummary("visa", "3155"))!);
            await Accessibility.CheckAsync(page);
            var order = OrderId.Parse(page.Url.Split('/')[^1]);
            await Shop.AssertPaidOnceAsync(order);

            await page.GotoAsync(new Uri(Shop.Address, $"orders/{order}").ToString());
            await Expect(page.Locator("dl time").First).ToContainTextAsync(DateTime.Now.Year.ToString(CultureInfo.InvariantCulture));
            await Accessibility.CheckAsync(page);
            await ScreenshotTests.TakeAsync(page, $"order-{language}", isForReadme: false);
        },
        options =>
        {
            options.Locale = LocaleOf(language);
            options.ColorScheme = scheme;
            if (language != "en")
                options.ViewportSize = new() { Width = 320, Height = 700 };
        });

    [Fact]
    public Task Without_JavaScript_the_switch_changes_the_language_of_the_page_it_is_on() => BrowserSession.RunAsync(
        async session =>
        {
            var page = session.Page;
            var address = new Uri(Shop.Address, "find-order").ToString();
            await page.GotoAsync(address);

            await page.GetByLabel("Language").SelectOptionAsync(new SelectOptionValue { Label = "Français" });
            await page.GetByRole(AriaRole.Button, new() { Name = "Choose" }).ClickAsync();

            await Expect(page.Locator("h1")).ToHaveTextAsync("Retrouver ma commande");
            await Expect(page).ToHaveURLAsync(address);
            await Expect(page.GetByLabel("Langue")).ToHaveValueAsync("fr");
        },
        options => options.JavaScriptEnabled = false);

    [Fact]
    public Task The_switch_changes_a_checkout_and_its_card_field_and_keeps_what_was_typed() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        var page = session.Page;
        await page.Locator("input[name=email]").FillAsync(LogGuard.ShopperEmail);

        await page.GetByLabel("Language").SelectOptionAsync("ja");
        await page.GetByRole(AriaRole.Button, new() { Name = "Choose" }).ClickAsync();

        await Expect(page.Locator("form.payment-form button[type=submit]")).ToHaveTextAsync("$49.00を支払う");
        await Expect(new CardElement(page, title: BrowserTexts.Text("ja", "frames", "card")).Frame).ToBeVisibleAsync();
        await Expect(page.Locator("input[name=email]")).ToHaveValueAsync(LogGuard.ShopperEmail);
        Assert.Equal(checkout.Order, OrderId.Parse(page.Url.Split('/')[^1]));
    });

    [FullFact]
    public Task A_checkout_stays_in_its_language_when_another_tab_changes_it_and_its_circuit_is_resumed() => BrowserSession.RunAsync(
        async session =>
        {
            var page = session.Page;
            await page.GotoAsync(Shop.Address.ToString());
            await page.Locator("article button").First.ClickAsync();
            var pay = page.Locator("form.payment-form button[type=submit]");
            await Expect(pay).ToBeEnabledAsync();
            var other = await session.Context.NewPageAsync();
            await other.GotoAsync(Shop.Address.ToString());
            await other.Locator("#language").SelectOptionAsync("fr");
            await other.Locator("form.preferences button").ClickAsync();
            await Expect(other.Locator("html")).ToHaveAttributeAsync("lang", "fr");

            await page.EvaluateAsync("Blazor.pauseCircuit()");
            await Expect(page.Locator("#components-reconnect-modal")).ToContainTextAsync("Diese Seite wurde angehalten.");
            await page.GetByRole(AriaRole.Button, new() { Name = "Fortfahren" }).ClickAsync();
            await Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();

            await Expect(pay).ToBeEnabledAsync();
            var card = new CardElement(page, title: BrowserTexts.Text("de", "frames", "card"));
            await card.FillAsync("4000000000000069");
            await pay.ClickAsync();
            await Expect(page.Locator("form.payment-form").GetByRole(AriaRole.Alert)).ToHaveTextAsync(Texts.CheckoutIn("de").Failure(FailureReason.ExpiredCard));
        },
        options => options.Locale = "de-DE");

    [FullTheory]
    [InlineData(320)]
    [FullData(1280)]
    public async Task A_language_that_runs_from_right_to_left_mirrors_the_pages(int width)
    {
        await using var shop = await Shop.OpenAsync(settings: ("Languages:Additional:0", "ar"));
        await BrowserSession.RunAsync(
            async session =>
            {
                var page = session.Page;
                await page.GotoAsync(shop.Address.ToString());
                await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
                await Accessibility.CheckAsync(page);
                if (width > 1000)
                {
                    await AssertRightOfAsync(page.Locator(".brand"), page.Locator("form.preferences"));
                    await AssertRightOfAsync(page.GetByRole(AriaRole.Article).First, page.GetByRole(AriaRole.Article).Nth(1));
                }

                await page.Locator("article button").First.ClickAsync();
                await Expect(page.Locator("form.payment-form button[type=submit]")).ToBeEnabledAsync();
                await AssertRightOfAsync(page.Locator(".checkout-steps li").First, page.Locator(".checkout-steps li").Nth(1));
                await AssertRightOfAsync(page.Locator(".summary-total dt"), page.Locator(".summary-total dd"));
                if (width > 1000)
                    await AssertRightOfAsync(page.Locator("form.payment-form"), page.Locator(".checkout-summary"));
                await Accessibility.CheckAsync(page);

                await page.GotoAsync(page.Url.Replace("/checkout/", "/orders/", StringComparison.Ordinal));
                await AssertRightOfAsync(page.Locator(".summary dt").First, page.Locator(".summary dd").First);
                await Accessibility.CheckAsync(page);
                await ScreenshotTests.TakeAsync(page, $"right-to-left-{width}", isForReadme: false);
            },
            options =>
            {
                options.Locale = "ar";
                options.ViewportSize = new() { Width = width, Height = 800 };
            });
    }

    private static string LocaleOf(string language) => language switch { "en" => "en-US", "ja" => "ja-JP", _ => $"{language}-{language.ToUpperInvariant()}" };

    private static async Task AssertRightOfAsync(ILocator right, ILocator left)
    {
        var (rightBox, leftBox) = (await right.BoundingBoxAsync(), await left.BoundingBoxAsync());
        Assert.True(rightBox!.X + 1 >= leftBox!.X + leftBox.Width, $"{right} is at {rightBox.X}, {left} ends at {leftBox.X + leftBox.Width}.");
    }
}
