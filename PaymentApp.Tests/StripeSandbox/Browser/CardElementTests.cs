using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>What the shop sees of a card element: events, classes, looks.</summary>
public sealed class CardElementTests
{
    [Fact]
    public Task The_frame_is_named_and_titled_as_Stripes() => BrowserSession.RunAsync(async browser =>
    {
        var (host, card) = await HostPage.OpenWithCardAsync(browser);
        Assert.StartsWith("__privateStripeFrame", await card.Frame.GetAttributeAsync("name"), StringComparison.Ordinal);
        Assert.StartsWith(host.Sandbox.ToString(), await card.Frame.GetAttributeAsync("src"), StringComparison.Ordinal);
    });

    [Fact]
    public Task A_change_is_told_once_with_everything_that_the_shop_may_know() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.FillAsync("4242424242424242");
        await browser.Page.EventAsync("event.complete");

        var changes = await browser.Page.EvaluateAsync<string[]>("shop.events.filter(event => event.name === 'change').map(event => JSON.stringify(event))");
        Assert.Equal(
            [
                """{"name":"change","elementType":"card","empty":false,"complete":false,"value":{"postalCode":""},"brand":"visa"}""",
                """{"name":"change","elementType":"card","empty":false,"complete":false,"value":{"postalCode":"9"},"brand":"visa"}""",
                """{"name":"change","elementType":"card","empty":false,"complete":false,"value":{"postalCode":"94"},"brand":"visa"}""",
                """{"name":"change","elementType":"card","empty":false,"complete":false,"value":{"postalCode":"941"},"brand":"visa"}""",
                """{"name":"change","elementType":"card","empty":false,"complete":false,"value":{"postalCode":"9410"},"brand":"visa"}""",
                """{"name":"change","elementType":"card","empty":false,"complete":true,"value":{"postalCode":"94107"},"brand":"visa"}""",
            ],
            changes);
        Assert.True(await browser.Page.EvaluateAsync<bool>("'error' in shop.events.at(-1)"));
    });

    [Theory]
    [InlineData("4", "visa")]
    [InlineData("51", "mastercard")]
    [FullData("2720", "mastercard")]
    [FullData("37", "amex")]
    [FullData("6011", "discover")]
    [FullData("305", "diners")]
    [FullData("3566", "jcb")]
    [FullData("62", "unionpay")]
    [FullData("9", "unknown")]
    public Task The_brand_is_recognised_from_the_first_digits(string typed, string brand) => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Number.PressSequentiallyAsync(typed);
        await browser.Page.EventAsync($"event.name === 'change' && !event.empty && event.brand === '{brand}'");
    });

    [Fact]
    public Task Ready_focus_escape_and_blur_are_told_in_order() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Number.ClickAsync();
        await card.Cvc.ClickAsync();
        await browser.Page.Keyboard.PressAsync("Escape");
        await browser.Page.Locator("#name").ClickAsync();
        await browser.Page.EventAsync("event.name === 'blur' && event.elementType === 'card'");
        Assert.Equal(["ready", "focus", "escape", "blur"], await browser.Page.EventNamesAsync());
    });

    [FullFact]
    public Task The_container_carries_the_state_in_its_classes() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        var container = browser.Page.Locator("#card");
        await ExpectClassesAsync(container, "StripeElement StripeElement--empty");
        await card.Number.PressSequentiallyAsync("4242424242424241");
        await ExpectClassesAsync(container, "StripeElement StripeElement--invalid StripeElement--focus");
        await card.FillAsync("4242424242424242");
        await ExpectClassesAsync(container, "StripeElement StripeElement--focus StripeElement--complete");
        await browser.Page.Locator("#name").FocusAsync();
        await ExpectClassesAsync(container, "StripeElement StripeElement--complete");
        await browser.Page.EvaluateAsync("card.clear()");
        await ExpectClassesAsync(container, "StripeElement StripeElement--empty");
    });

    [FullFact]
    public Task The_shops_own_class_names_take_the_place_of_Stripes() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser, "{ classes: { base: 'field wide', empty: 'blank', focus: 'lit' } }");
        var container = browser.Page.Locator("#card");
        await ExpectClassesAsync(container, "field wide blank");
        await card.Number.FocusAsync();
        await ExpectClassesAsync(container, "field wide blank lit");
        await browser.Page.EvaluateAsync("card.update({ classes: { focus: 'bright' } })");
        await ExpectClassesAsync(container, "field wide blank bright");
    });

    [FullFact]
    public Task Styles_reach_the_fields_in_every_state_and_updates_merge() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser, """
            {
              style: {
                base: { color: 'rgb(1, 2, 3)', fontSize: '20px', fontFamily: 'monospace', '::placeholder': { color: 'rgb(4, 5, 6)' } },
                complete: { color: 'rgb(7, 8, 9)' },
                invalid: { color: 'rgb(10, 11, 12)', iconColor: 'rgb(13, 14, 15)' },
              },
            }
            """);
        await Expect(card.Number).ToHaveCSSAsync("color", "rgb(1, 2, 3)");
        await Expect(card.Number).ToHaveCSSAsync("font-family", "monospace");
        Assert.Equal("rgb(4, 5, 6)", await card.Number.EvaluateAsync<string>("input => getComputedStyle(input, '::placeholder').color"));
        await Expect(card.Frame).ToHaveCSSAsync("height", "24px");

        await card.Number.FillAsync("4242424242424242");
        await Expect(card.Number).ToHaveCSSAsync("color", "rgb(7, 8, 9)");
        await card.Number.FillAsync("4242424242424241");
        await Expect(card.Number).ToHaveCSSAsync("color", "rgb(10, 11, 12)");
        await Expect(card.Number.Locator("xpath=ancestor::form").Locator(".Icon")).ToHaveCSSAsync("color", "rgb(13, 14, 15)");

        await browser.Page.EvaluateAsync("card.update({ style: { base: { fontSize: '30px' } } })");
        await Expect(card.Frame).ToHaveCSSAsync("height", "36px");
        await Expect(card.Expiry).ToHaveCSSAsync("color", "rgb(1, 2, 3)");
    });

    [Fact]
    public Task A_style_cannot_smuggle_in_a_rule_or_load_anything() => BrowserSession.RunAsync(async browser =>
    {
        var asked = new List<string>();
        browser.Context.Request += (_, request) => asked.Add(request.Url);
        var (_, card) = await HostPage.OpenWithCardAsync(browser, """
            { style: { base: { color: 'red } input { background: url(/leak-rule)', backgroundImage: 'url(/leak-image)', fontFamily: 'x; background: url(/leak-font)' } } }
            """);
        await card.FillAsync("4242424242424242");
        await browser.Page.EventAsync("event.complete");
        Assert.DoesNotContain(asked, url => url.Contains("leak", StringComparison.Ordinal));
        await Expect(card.Number).ToHaveCSSAsync("background-image", "none");
    });

    [FullFact]
    public Task Options_hide_the_postal_code_and_the_icon_and_disable_the_fields() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser, "{ hidePostalCode: true, hideIcon: true }");
        await Expect(card.Postal).ToBeHiddenAsync();
        var icon = card.Number.Locator("xpath=ancestor::form").Locator(".Icon");
        await Expect(icon).ToBeHiddenAsync();
        await card.FillAsync("4242424242424242");
        await browser.Page.EventAsync("event.complete");

        await browser.Page.EvaluateAsync("card.update({ hidePostalCode: false, hideIcon: false, disabled: true, value: { postalCode: '94107' } })");
        await Expect(card.Postal).ToHaveValueAsync("94107");
        await Expect(icon).ToBeVisibleAsync();
        await Expect(card.Number).ToBeDisabledAsync();
    });

    [FullFact]
    public Task On_a_narrow_screen_the_number_makes_room_for_the_rest() => BrowserSession.RunAsync(
        async browser =>
        {
            var (_, card) = await HostPage.OpenWithCardAsync(browser);
            var whole = (await card.Number.BoundingBoxAsync())!.Width;
            await card.Number.PressSequentiallyAsync("4242424242424242");
            await Expect(card.Postal).ToBeInViewportAsync(new() { Ratio = .9f });
            await Expect(card.Number.Locator("xpath=..").GetByText("4242", new() { Exact = true })).ToBeVisibleAsync();
            Assert.True((await card.Number.BoundingBoxAsync())!.Width < whole / 2);

            await browser.Page.Keyboard.PressAsync("Shift+Tab");
            await Expect(card.Number).ToBeFocusedAsync();
            await Expect(card.Number).ToHaveCSSAsync("opacity", "1");
        },
        options => options.ViewportSize = new() { Width = 360, Height = 700 });

    [FullFact]
    public Task A_label_of_the_container_and_the_element_itself_give_focus() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await browser.Page.Locator("label[for=card]").ClickAsync();
        await Expect(card.Number).ToBeFocusedAsync();
        await browser.Page.EvaluateAsync("card.blur()");
        await Expect(card.Number).Not.ToBeFocusedAsync();
        await browser.Page.EvaluateAsync("card.focus()");
        await Expect(card.Number).ToBeFocusedAsync();
    });

    [Fact]
    public Task Enter_submits_the_form_unless_its_button_is_disabled() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Cvc.PressAsync("Enter");
        await browser.Page.BecomesTrueAsync("shop.submits === 1");

        await browser.Page.EvaluateAsync("document.getElementById('pay').disabled = true");
        await card.Cvc.PressAsync("Enter");
        await card.Cvc.PressAsync("Escape");
        await browser.Page.EventAsync("event.name === 'escape'");
        Assert.Equal(1, await browser.Page.EvaluateAsync<int>("shop.submits"));
    });

    private static async Task ExpectClassesAsync(ILocator node, string classes)
    {
        var sorted = string.Join(' ', classes.Split(' ').Order(StringComparer.Ordinal));
        await Expect(node).ToBeAttachedAsync();
        await Eventually.TrueAsync(
            async () => await node.EvaluateAsync<string>("node => node.className.split(' ').sort().join(' ')") == sorted);
    }
}
