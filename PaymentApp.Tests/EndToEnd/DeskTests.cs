using Microsoft.Playwright;
using PaymentApp.Desk;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>The desk in a browser: signing in, acting, watching, on a phone and in both themes.</summary>
public sealed class DeskTests(DeskStory story) : IClassFixture<DeskStory>
{
    public static TheoryData<ColorScheme, int> Looks { get; } = TestSize.Pairs([ColorScheme.Light, ColorScheme.Dark], [1280, 390, 280]);

    private ManualShop Shop => story.Shop;

    [Fact]
    public Task An_operator_signs_in_and_a_double_click_gives_money_back_once() => BrowserSession.RunAsync(async session =>
    {
        var page = session.Page;
        var order = await Shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var number = (await Shop.FindAsync(order)).Order.Number;
        await SignInAsync(page);
        await page.GetByRole(AriaRole.Searchbox).FillAsync(number);
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Refund" }).ClickAsync();
        await page.GetByLabel("Amount in USD").FillAsync("10");

        await page.GetByRole(AriaRole.Button, new() { Name = "Refund now" }).DblClickAsync();

        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Refund: done.");
        var charge = Assert.Single((await Shop.Shop.BooksOfAsync(order)).Taken);
        Assert.Equal((1000, 1), (charge.AmountRefunded, charge.Refunds.Count));
    });

    [Fact]
    public Task A_page_that_is_looked_at_shows_what_happens_and_keeps_the_form_that_is_being_filled_in() => BrowserSession.RunAsync(async session =>
    {
        var page = session.Page;
        var order = await Shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var payment = await Shop.FindAsync(order);
        await SignInAsync(page);
        await page.GotoAsync(Address($"desk/payments/{payment.Order.Number}?ask=Note"));
        var note = page.GetByLabel("Note");
        var operation = await page.Locator("input[name=operation]").InputValueAsync();
        await note.FillAsync("Half a sentence");
        await note.EvaluateAsync("field => field.selectionStart = field.selectionEnd = 4");

        await ChangeUntilAsync(order, page.GetByText("Succeeded, $1.00").First);

        await Expect(note).ToHaveValueAsync("Half a sentence");
        await Expect(note).ToBeFocusedAsync();
        await note.PressSequentiallyAsync("-");
        await Expect(note).ToHaveValueAsync("Half- a sentence");
        // Another id would let an impatient second click act a second time.
        Assert.Equal(operation, await page.Locator("input[name=operation]").InputValueAsync());
    });

    [FullTheory]
    [MemberData(nameof(Looks))]
    public Task Every_page_of_the_desk_is_accessible_and_fits_the_screen(ColorScheme scheme, int width) => BrowserSession.RunAsync(
        async session =>
        {
            var page = session.Page;
            await page.GotoAsync(Address("desk"));
            await CheckAsync(page, "sign-in", scheme, width);
            await SignInAsync(page);
            await CheckAsync(page, "payments", scheme, width);
            foreach (var (path, name) in new[]
            {
                ($"desk/payments/{story.Recovered}?ask=Refund#act", "payment"), ($"desk/payments/{story.Held}?ask=Capture#act", "hold"),
                ($"desk/payments/{story.Disputed}", "disputed"), ($"desk/payments/{story.Warned}", "warned"),
                ("desk/attention", "attention"), ("desk/insights", "insights"), ("desk?q=nothing", "not-found"), ("desk?no=address", "no-address"),
            })
            {
                await page.GotoAsync(Address(path));
                await CheckAsync(page, name, scheme, width);
            }

            await page.GetByRole(AriaRole.Searchbox).FillAsync(DeskStory.Email.ToUpperInvariant());
            await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync([story.Disputed]);
            await CheckAsync(page, "email", scheme, width);
        },
        options =>
        {
            options.ColorScheme = scheme;
            options.ReducedMotion = ReducedMotion.Reduce;
            options.ViewportSize = new() { Width = width, Height = 844 };
        });

    [FullFact]
    public Task The_desks_pictures_in_the_README_can_be_taken() => BrowserSession.RunAsync(
        async session =>
        {
            await SignInAsync(session.Page);
            await session.Page.GotoAsync(Address($"desk/payments/{story.Recovered}?ask=Refund"));
            await ScreenshotTests.TakeAsync(session.Page, "desk");
            await session.Page.GotoAsync(Address("desk/insights?from=2026-08-30&to=2026-09-12"));
            await ScreenshotTests.TakeAsync(session.Page, "insights");
        },
        options =>
        {
            options.ViewportSize = new() { Width = 1120, Height = 900 };
            options.ReducedMotion = ReducedMotion.Reduce;
        });

    private async Task SignInAsync(IPage page)
    {
        await page.GotoAsync(Address("desk"));
        await page.GetByLabel("Name").FillAsync(DeskAccess.DemoName);
        await page.GetByLabel("Password").FillAsync(DeskAccess.DemoPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Payments", Exact = true, Level = 1 })).ToBeVisibleAsync();
    }

    /// <summary>Refunds a dollar at a time: what changed before the page listened was told to nobody.</summary>
    private async Task ChangeUntilAsync(OrderId order, ILocator shown)
    {
        await Eventually.TrueAsync(async () =>
        {
            await Shop.OperateAsync(operations => operations.RefundAsync(order, Money.OfMajor(1, Currency.Usd), RefundReason.Duplicate, PaymentActor.Operator));
            Shop.Clock.Advance(TimeSpan.FromSeconds(2));
            return await shown.IsVisibleAsync();
        });
    }

    private static async Task CheckAsync(IPage page, string name, ColorScheme scheme, int width)
    {
        var file = Path.Combine(BrowserSession.ArtifactsFolder(), "screenshots", $"desk-{name}-{scheme}-{width}.png".ToLowerInvariant());
        await page.ScreenshotAsync(new() { Path = file, FullPage = true, Animations = ScreenshotAnimations.Disabled });
        await Accessibility.CheckAsync(page, name);
    }

    private string Address(string path) => new Uri(Shop.Shop.Address, path).ToString();
}
