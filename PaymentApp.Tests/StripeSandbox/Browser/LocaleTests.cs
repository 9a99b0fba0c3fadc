using System.Text.Json;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>The language of the card fields, the errors and the bank's pages.</summary>
public sealed class LocaleTests
{
    [Theory]
    [InlineData("en", "en-US", "Card number", "MM / YY", "ZIP", "This card number is not valid. Check it for a typing error.")]
    [InlineData("de", "de-DE", "Kartennummer", "MM / JJ", "PLZ", "Diese Kartennummer ist ungültig. Prüfen Sie sie auf Tippfehler.")]
    [FullData("de-AT", "de-AT", "Kartennummer", "MM / JJ", "PLZ", "Diese Kartennummer ist ungültig. Prüfen Sie sie auf Tippfehler.")]
    [FullData("fr", "fr-FR", "Numéro de carte", "MM / AA", "Code postal",
        "Ce numéro de carte n’est pas valide. Vérifiez qu’il ne contient pas de faute de frappe.")]
    [InlineData("es-419", "es-419", "Número de tarjeta", "MM / AA", "C. P.", "Este número de tarjeta no es válido. Comprueba que esté bien escrito.")]
    [InlineData("ja", "ja-JP", "カード番号", "月 / 年", "郵便番号", "このカード番号は無効です。入力に誤りがないかご確認ください。")]
    [FullData("sv", "en-SE", "Card number", "MM / YY", "Postal code", "This card number is not valid. Check it for a typing error.")]
    [FullData("no_tag", "en-US", "Card number", "MM / YY", "ZIP", "This card number is not valid. Check it for a typing error.")]
    public Task The_card_element_speaks_the_locale_that_Stripe_was_given(
        string locale, string declared, string number, string expiry, string postal, string invalid) => BrowserSession.RunAsync(async browser =>
    {
        var fields = await OpenAsync(browser, $"{{ locale: '{locale}' }}");
        await Expect(fields.Locator("html")).ToHaveAttributeAsync("lang", declared);
        await Expect(fields.Locator("[name=cardnumber]")).ToHaveAttributeAsync("placeholder", number);
        await Expect(fields.Locator("[name=exp-date]")).ToHaveAttributeAsync("placeholder", expiry);
        await Expect(fields.Locator("[name=postal]")).ToHaveAttributeAsync("placeholder", postal);
        var words = BrowserTexts.Languages[declared.Split('-')[0]];
        await Expect(fields.Locator("[name=cvc]")).ToHaveAttributeAsync("aria-label", words["fields"]!["cvc_label"]!.GetValue<string>());
        await Expect(browser.Page.Locator("#card iframe")).ToHaveAttributeAsync("title", words["frames"]!["card"]!.GetValue<string>());

        await fields.Locator("[name=cardnumber]").FillAsync("4242424242424241");
        var change = JsonDocument.Parse(await browser.Page.EventAsync("event.error")).RootElement;
        Assert.Equal(invalid, change.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("invalid_number", change.GetProperty("error").GetProperty("code").GetString());
    });

    [FullTheory]
    [InlineData("ja-JP", "カード番号")]
    [InlineData("pt-BR", "Card number")]
    public Task Auto_is_the_language_of_the_browser(string browserLocale, string number) => BrowserSession.RunAsync(
        async browser =>
        {
            var fields = await OpenAsync(browser, "{ locale: 'auto' }");
            await Expect(fields.Locator("[name=cardnumber]")).ToHaveAttributeAsync("placeholder", number);
        },
        options => options.Locale = browserLocale);

    [FullFact]
    public Task Elements_may_have_a_locale_of_their_own() => BrowserSession.RunAsync(async browser =>
    {
        var fields = await OpenAsync(browser, "{ locale: 'de' }", "{ locale: 'fr' }");
        await Expect(fields.Locator("[name=cardnumber]")).ToHaveAttributeAsync("placeholder", "Numéro de carte");
        await browser.Page.EvaluateAsync("() => { card.unmount(); elements.update({ locale: 'es' }); card.mount('#card'); }");
        await Expect(fields.Locator("[name=cardnumber]")).ToHaveAttributeAsync("placeholder", "Número de tarjeta");
    });

    [FullTheory]
    [InlineData("cardNumber", "1234 1234 1234 1234", "クレジットカードまたはデビットカードの番号", "カード番号用の安全な入力フレーム")]
    [InlineData("cardExpiry", "月 / 年", "クレジットカードまたはデビットカードの有効期限", "有効期限用の安全な入力フレーム")]
    [FullData("cardCvc", "CVC", "クレジットカードまたはデビットカードのセキュリティコード（CVC/CVV）", "セキュリティコード用の安全な入力フレーム")]
    public Task Split_fields_speak_it_too(string type, string placeholder, string label, string title) => BrowserSession.RunAsync(async browser =>
    {
        var fields = await OpenAsync(browser, "{ locale: 'ja' }", type: type);
        await Expect(fields.Locator("input")).ToHaveAttributeAsync("placeholder", placeholder);
        await Expect(fields.Locator("input")).ToHaveAttributeAsync("aria-label", label);
        await Expect(browser.Page.Locator("#card iframe")).ToHaveAttributeAsync("title", title);
    });

    [FullTheory]
    [InlineData("de", "Your card was declined.", "Ihre Karte wurde abgelehnt.")]
    [InlineData("es", "Your card has insufficient funds.", "Tu tarjeta no tiene fondos suficientes.")]
    [FullData("en", "Your card has expired.", "Your card has expired.")]
    [FullData("ja", "Only a developer understands this.", "Only a developer understands this.")]
    public Task What_the_API_says_to_the_shopper_is_said_in_the_locale(string locale, string said, string shown) => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("402");
        await browser.Page.RouteAsync("**/v1/payment_methods", route => route.FulfillAsync(new()
        {
            Status = 402,
            Json = new { error = new { type = "card_error", code = "card_declined", message = said } },
        }));
        await HostPage.OpenAsync(browser);
        var outcome = await browser.Page.OutcomeAsync(
            $"Stripe('pk_test_sandbox', {{ locale: '{locale}' }}).createPaymentMethod({{ type: 'card', card: {{ token: 'tok_visa' }} }})");
        var error = outcome.GetProperty("value").GetProperty("error");
        Assert.Equal(shown, error.GetProperty("message").GetString());
        Assert.Equal("card_declined", error.GetProperty("code").GetString());
    });

    [FullTheory]
    [InlineData("de", "Bestätigung bei der Bank", "Ist das Ihre Zahlung?", "19,99", "Ihre Zahlungsmethode konnte nicht bestätigt werden.")]
    [InlineData("ja", "銀行での認証", "このお支払いはご本人によるものですか？", "19.99", "お支払い方法を認証できませんでした。")]
    public Task The_modal_and_its_outcome_are_in_the_locale(string locale, string title, string question, string amount, string failure) =>
        BrowserSession.RunAsync(async browser =>
        {
            var host = await HostPage.OpenAsync(browser);
            var intent = await host.Api.CreateIntentAsync();
            await browser.Page.EvaluateAsync(
                "([secret, locale]) => { window.pending = shop.outcome(Stripe('pk_test_sandbox', { locale }).handleCardAction(secret)); }",
                new[] { intent.GetProperty("client_secret").GetString(), locale });
            var challenge = new Challenge(browser.Page);
            await Expect(browser.Page.GetByRole(AriaRole.Dialog, new() { Name = title })).ToBeVisibleAsync();
            await Expect(challenge.Bank.GetByRole(AriaRole.Heading)).ToHaveTextAsync(question);
            await Expect(challenge.Bank.Locator("#amount")).ToContainTextAsync(amount);
            await Expect(challenge.Bank.Locator("#test-source-authorize-3ds")).ToHaveTextAsync(BrowserTexts.Text(locale, "bank", "complete"));
            await Expect(challenge.Frame.Locator("#close")).ToHaveAttributeAsync("aria-label", BrowserTexts.Text(locale, "challenge", "close"));
            await challenge.FailButton.ClickAsync();
            var error = (await browser.Page.EvaluateAsync<JsonElement>("pending")).GetProperty("value").GetProperty("error");
            Assert.StartsWith(failure, error.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Equal("payment_intent_authentication_failure", error.GetProperty("code").GetString());
        });

    [Theory]
    [InlineData("fr-CH, de;q=0.7", "fr", "Êtes-vous à l’origine de ce paiement")]
    [InlineData("sv, en;q=0.5, de;q=0.8", "de", "Ist das Ihre Zahlung?")]
    [FullData("sv", "en", "Is this payment yours?")]
    [FullData("", "en", "Is this payment yours?")]
    public async Task The_bank_that_is_redirected_to_speaks_the_language_of_the_browser(string accepted, string language, string question)
    {
        using var client = new HttpClient();
        var host = await HostPage.StartedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Sandbox, "/three-ds/src_1?client_secret=pi_1_secret_1"));
        request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        using var response = await client.SendAsync(request);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains(question, System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    private static async Task<IFrameLocator> OpenAsync(BrowserSession browser, string stripeOptions, string elementsOptions = "{}", string type = "card")
    {
        await HostPage.OpenAsync(browser);
        await browser.Page.EvaluateAsync(
            $"() => {{ window.stripe = Stripe('pk_test_sandbox', {stripeOptions}); window.elements = stripe.elements({elementsOptions}); }}");
        await browser.Page.EvaluateAsync($"shop.mount('{type}', '#card', {{}})");
        return browser.Page.FrameLocator("#card iframe");
    }
}
