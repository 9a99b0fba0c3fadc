using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MimeKit;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>E-mail and name beside the card, and the receipt that comes of them.</summary>
public sealed class CheckoutFieldsTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private Shop Shop => fixture.Shop;

    [Fact]
    public Task What_was_typed_is_checked_survives_a_decline_and_a_reload_and_ends_in_a_receipt() => BrowserSession.RunAsync(
        async session =>
        {
            var page = session.Page;
            var checkout = await CheckoutScreen.BuyAsync(session, Shop, "Field notebook");

            await Email(page).FillAsync("ada.shopper@mail");
            await Name(page).FocusAsync();
            await Expect(Email(page)).ToHaveAttributeAsync("aria-invalid", "true");
            await Name(page).FillAsync("Ada Shopper");
            await checkout.PayWithAsync("4000000000009995");
            await Expect(Email(page)).ToBeFocusedAsync();
            await ScreenshotTests.TakeAsync(page, "field-problem", isForReadme: false);
            await Shop.AssertNotChargedAsync(checkout.Order);

            await Email(page).FillAsync(LogGuard.ShopperEmail);
            await Expect(page.Locator(".field-problem")).ToHaveCountAsync(0);
            await checkout.ReadyAsync();
            await checkout.PayButton.ClickAsync();
            await checkout.FailedAsync("enough funds");
            await Expect(Email(page)).ToHaveValueAsync(LogGuard.ShopperEmail);

            await page.ReloadAsync();
            await checkout.ReadyAsync();
            await Expect(Email(page)).ToHaveValueAsync(LogGuard.ShopperEmail);
            await Expect(Name(page)).ToHaveValueAsync("Ada Shopper");

            await checkout.PayWithAsync("4242424242424242");
            await checkout.PaidAsync();
            await ScreenshotTests.TakeAsync(page, "paid-wide", isForReadme: false);
            var intent = (await Shop.BooksOfAsync(checkout.Order)).Intents.Single();
            Assert.Equal(LogGuard.ShopperEmail, intent.ReceiptEmail);

            await Eventually.TrueAsync(() => Directory.Exists(Shop.Mails) && Directory.EnumerateFiles(Shop.Mails, "receipt.*.eml").Any(IsToShopper));
            await page.GotoAsync(new Uri(Shop.Address, $"orders/{checkout.Order}").ToString());
            await Expect(page.Locator("main")).ToContainTextAsync("Includes 23\u00a0% VAT");
            await Expect(page.Locator("main")).ToContainTextAsync("Sold by Small Hours");
            // Tokyo knows no summer time, and its clocks never show UTC.
            await Expect(page.Locator("time").Last).ToContainTextAsync("GMT+9");
            await ScreenshotTests.TakeAsync(page, "receipt", isForReadme: false);
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            await Expect(page.GetByRole(AriaRole.Banner)).ToBeHiddenAsync();
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Back to the shop" })).ToBeHiddenAsync();
            await Expect(page.Locator(".summary-total")).ToBeVisibleAsync();
            await ScreenshotTests.TakeAsync(page, "receipt-print", isForReadme: false);
        },
        options => options.TimezoneId = "Asia/Tokyo");

    [FullFact]
    public Task The_country_is_guessed_kept_through_a_decline_and_a_reload_and_goes_to_Stripe_alone() => BrowserSession.RunAsync(
        async session =>
        {
            var page = session.Page;
            await page.GotoAsync(Shop.Address.ToString());
            await page.Locator("article button").Last.ClickAsync();
            var pay = page.Locator("form.payment-form button[type=submit]");
            await Expect(pay).ToBeEnabledAsync();
            var country = page.GetByLabel("Land der Rechnungsadresse");
            await Expect(country).ToHaveValueAsync("AT");
            Assert.Equal(250, await country.Locator("option").CountAsync());

            await country.SelectOptionAsync(new SelectOptionValue { Label = "Schweiz" });
            var card = new CardElement(page, title: BrowserTexts.Text("de", "frames", "card"));
            await card.FillAsync("4000000000009995");
            await pay.ClickAsync();
            await Expect(page.Locator("form.payment-form").GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
            await Expect(country).ToHaveValueAsync("CH");
            await page.ReloadAsync();
            await Expect(pay).ToBeEnabledAsync();
            await Expect(country).ToHaveValueAsync("CH");

            var asked = page.WaitForRequestAsync(new Regex("/v1/payment_methods$"));
            await card.FillAsync("4242424242424242");
            await pay.ClickAsync();

            var sent = Uri.UnescapeDataString((await asked).PostData!);
            Assert.Contains("billing_details[address][country]=CH", sent, StringComparison.Ordinal);
            Assert.Contains("billing_details[address][postal_code]=94107", sent, StringComparison.Ordinal);
            await Expect(page.Locator("h1")).ToHaveTextAsync("Zahlung abgeschlossen");
        },
        options => options.Locale = "de-AT");

    [FullFact]
    public Task A_language_without_a_region_names_no_country() => BrowserSession.RunAsync(
        async session =>
        {
            await CheckoutScreen.BuyAsync(session, Shop);

            await Expect(session.Page.GetByLabel("Billing country")).ToHaveValueAsync("");
        },
        options => options.Locale = "en");

    [Fact]
    public Task A_card_number_in_the_field_for_the_name_goes_nowhere() => BrowserSession.RunAsync(async session =>
    {
        var sent = new List<string>();
        session.Page.Request += (_, request) => sent.Add(request.Url + request.PostData);
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        await Name(session.Page).FillAsync("4242 4242 4242 4242");

        await checkout.PayWithAsync("5555555555554444");

        await Expect(Name(session.Page)).ToBeFocusedAsync();
        await Expect(Name(session.Page)).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.DoesNotContain(sent, text => text.Contains("4242", StringComparison.Ordinal));
        Assert.DoesNotContain("4242", await session.Page.EvaluateAsync<string>("JSON.stringify(sessionStorage)"), StringComparison.Ordinal);
        await Shop.AssertNotChargedAsync(checkout.Order);
    });

    [FullFact]
    public Task Leaving_in_mid_payment_is_asked_about() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        await checkout.PayWithAsync("4000002500003155");
        await checkout.Challenge.ShownAsync();
        var asked = new List<string>();
        session.Page.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Type);
            await (asked.Count == 1 ? dialog.DismissAsync() : dialog.AcceptAsync());
        };

        await session.Page.Locator("a.brand").DispatchEventAsync("click");
        Assert.Equal(["confirm"], asked);
        await Expect(session.Page).ToHaveURLAsync(new Uri(Shop.Address, $"checkout/{checkout.Order}").ToString());

        await checkout.Challenge.CompleteAsync();
        await checkout.PaidAsync();
        await session.Page.Locator("a.brand").ClickAsync();
        await Expect(session.Page).ToHaveURLAsync(Shop.Address.ToString());
        Assert.Equal(["confirm"], asked);
    });

    private static ILocator Email(IPage page) => page.GetByLabel("E-mail for your receipt");

    private static ILocator Name(IPage page) => page.GetByLabel("Name on card");

    private static bool IsToShopper(string file) => MimeMessage.Load(file).To.Mailboxes.Single().Address == LogGuard.ShopperEmail;
}
