using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Infrastructure;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Moq;
using PaymentApp.Checkout;
using PaymentApp.Languages;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

public sealed class FirstRenderTests : CheckoutFormContext
{
    [Fact]
    public async Task Prerendering_runs_no_script_and_asks_only_the_ledger()
    {
        _ = Payments.WillFindWhenTold(Order).AnswerAsync(OrderIn(PaymentState.AwaitingPayment));

        var html = await PrerenderAsync();

        Assert.Contains($"Pay {AmountText}", html.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, Payments.VersionLookups);
    }

    [Fact]
    public async Task A_browser_without_scripts_is_told_that_it_needs_them()
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment));

        var html = await PrerenderAsync();

        Assert.Contains("Paying needs JavaScript", html.QuerySelector("form noscript")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PaymentState.Paid, "Payment complete")]
    [InlineData(PaymentState.Authorized, "Payment authorized")]
    [InlineData(PaymentState.Canceled, "canceled")]
    public async Task What_is_over_is_said_before_there_is_a_circuit_and_asks_for_no_card(PaymentState state, string said)
    {
        _ = Payments.WillFindWhenTold(Order).AnswerAsync(OrderIn(state));

        var form = (await PrerenderAsync()).QuerySelector("form")!;

        Assert.Contains(said, form.TextContent, StringComparison.Ordinal);
        Assert.Null(form.QuerySelector("button, noscript, .checkout-stalled, .field:not([hidden])"));
        Assert.Equal("", form.QuerySelector(".checkout-status")!.TextContent.Trim());
    }

    [Theory]
    [InlineData(PaymentState.Paid)]
    [InlineData(PaymentState.Canceled)]
    public async Task What_is_over_stays_in_sight_while_the_circuit_asks_whether_it_still_is(PaymentState state)
    {
        Payments.Hold(OrderIn(state));
        var prerendered = await PrerenderAsync();
        _ = Payments.WillFindVersionWhenTold(Order);

        var screen = OpenForm();

        screen.Form.MarkupMatches(prerendered.QuerySelector("form")!.OuterHtml);
        Assert.False(screen.ShowsCard);
    }

    [Fact]
    public async Task The_prerendered_form_is_the_first_interactive_form_to_the_letter()
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        var prerendered = await PrerenderAsync();
        _ = Payments.WillFindVersionWhenTold(Order);

        var screen = OpenForm();

        screen.Form.MarkupMatches(prerendered.QuerySelector("form")!.OuterHtml);
    }

    [Fact]
    public async Task The_card_is_mounted_into_the_very_element_that_was_prerendered()
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        var prerendered = (await PrerenderAsync()).QuerySelector(".card-field")!;

        var screen = OpenForm();

        Assert.Equal(Place(prerendered), Place(screen.CardContainer));
        Assert.Equal(Container, Browser.ContainerOf());
    }

    [Fact]
    public void No_script_runs_before_it_is_known_how_the_order_stands()
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        _ = Payments.WillFindVersionWhenTold(Order);

        OpenForm();

        Assert.Empty(Browser.Calls);
    }

    [Fact]
    public void While_the_card_field_loads_the_form_says_so_and_nothing_can_be_pressed()
    {
        _ = Browser.InitWaits();

        var screen = Open();

        Assert.Equal("Loading the card form…", screen.Status);
        Assert.True(screen.ShowsCard);
        Assert.False(screen.CanPay);
    }

    [Fact]
    public async Task Once_the_card_field_is_there_the_shopper_can_pay()
    {
        var init = Browser.InitWaits();
        var screen = Open();

        await init.AnswerAsync(Card.Reference);

        Assert.True(screen.CanPay);
        Assert.Equal("", screen.Status);
        Assert.Equal("", screen.Alert);
    }

    [Fact]
    public void Stripe_js_comes_from_the_configured_address_with_the_shops_publishable_key()
    {
        var container = Open().CardContainer;

        Assert.Equal(StripeJs.ScriptUrl.ToString(), container.GetAttribute("data-script"));
        Assert.Equal(StripeJs.PublishableKey, container.GetAttribute("data-key"));
    }

    [Fact]
    public void The_script_is_imported_by_its_fingerprinted_name()
    {
        AddAsset("Checkout/CheckoutForm.abc123.razor.js", "Checkout/CheckoutForm.razor.js");

        Open();

        Assert.Equal(
            "\"./Checkout/CheckoutForm.abc123.razor.js\"", JsonSerializer.Serialize(Assert.Single(JSInterop.Invocations["import"]).Arguments[0]));
    }

    [Fact]
    public void No_circuit_has_to_learn_how_a_text_is_sent_before_somebody_pays()
    {
        var screen = Open();

        Assert.True(screen.CanPay);
        Assert.Equal(["import", "module.init"], JSInterop.Invocations.Select(call => call.Identifier).Take(2));
        Assert.DoesNotContain(JSInterop.Invocations.SelectMany(call => call.Arguments), argument => argument is string);
    }

    [Theory]
    [InlineData("en-US", "Pay $49.00")]
    [InlineData("de-DE", "49,00 $ bezahlen")]
    public void The_amount_is_written_as_the_shopper_writes_amounts(string culture, string label)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        var screen = Open();

        Assert.Equal(label, screen.PayLabel!.Replace('\u00a0', ' '));
    }

    [Fact]
    public void Two_forms_on_one_page_keep_their_cards_and_containers_apart()
    {
        var secondCard = Browser.AddCard();
        Browser.Init.Answers(Card.Reference);
        Browser.Init.Answers(secondCard.Reference);
        secondCard.WillMakePaymentMethod("pm_of_the_second");
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var first = Open();
        var second = OpenForm();

        second.Pay();

        Assert.NotEqual(Browser.ContainerOf(0), Browser.ContainerOf(1));
        Assert.Equal("pm_of_the_second", Assert.Single(Payments.Paid).PaymentMethod);
        Assert.Equal(0, Card.TimesAsked);
        Assert.True(first.CanPay);
        Assert.Equal("Payment complete", second.Heading!.TextContent);
    }

    [Fact]
    public async Task What_is_typed_in_one_form_is_not_said_in_the_other()
    {
        var secondCard = Browser.AddCard();
        Browser.Init.Answers(Card.Reference);
        Browser.Init.Answers(secondCard.Reference);
        var first = Open();
        var second = OpenForm();

        await Browser.TypeAsync("Your card number is invalid.", mount: 1);

        Assert.Equal("", first.Alert);
        Assert.Equal("Your card number is invalid.", second.Alert);
    }

    /// <summary>What the server sends before there is a circuit, with a browser that nobody may talk to.</summary>
    private async Task<IDocument> PrerenderAsync()
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddLanguages()
            .AddScoped<CheckoutText>()
            .AddSingleton(StripeJs)
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Changes)
            .AddSingleton(Connection)
            .AddSingleton(Shopper)
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(new ShopOptions()))
            .AddScoped<ComponentStatePersistenceManager>()
            .AddScoped(provider => provider.GetRequiredService<ComponentStatePersistenceManager>().State)
            .AddSingleton(Payments.Service)
            .AddSingleton(new Mock<IJSRuntime>(MockBehavior.Strict).Object)
            .BuildServiceProvider();
        await using var _ = services;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<CheckoutForm>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(CheckoutForm.Order)] = Order,
            }));
            return root.ToHtmlString();
        });
        return new HtmlParser().ParseDocument(html);
    }

    /// <summary>Where an element stands: itself and what it is in, up to the form.</summary>
    private static string Place(IElement element)
    {
        var self = $"{element.LocalName}[{element.Index()}].{element.ClassName}";
        return element.LocalName == "form" ? self : $"{Place(element.ParentElement!)} > {self}";
    }
}
