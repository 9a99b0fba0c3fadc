using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaymentApp.Checkout;
using PaymentApp.Languages;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Checkout;

/// <summary>The form speaks the language of the page that it stands on, whoever calls its circuit.</summary>
public sealed class FormLanguageTests : CheckoutFormContext
{
    public static TheoryData<string> Languages => [.. Texts.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Each_step_of_a_payment_is_told_in_the_pages_language(string language)
    {
        var text = Texts.CheckoutIn(language);
        Services.GetRequiredService<ReaderCulture>().Use(language);
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Declined(new PaymentFailure(FailureReason.InsufficientFunds)));
        Card.WillMakePaymentMethod("pm_2");
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));

        var screen = Open();
        Assert.Equal(text["Form_Label"], screen.Form.GetAttribute("aria-label"));
        Assert.Equal(Spaced(text["Pay", Amount.Format(CultureInfo.GetCultureInfo(language))]), screen.PayLabel);
        screen.Pay();
        Assert.Equal(text.Failure(FailureReason.InsufficientFunds), screen.Alert);
        screen.Pay();

        Assert.Equal(text["Paid_Heading"], screen.Heading!.TextContent);
        Assert.Equal(text.Card(Receipt.Card), screen.Receipt[text["Card"]]);
    }

    [Fact]
    public void What_a_thread_of_another_culture_tells_is_said_in_the_shoppers_language()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-DE");
        var screen = Open(withOpenStep: true);

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        Changes.Publish(PaymentChange.To(OrderIn(PaymentState.AwaitingPayment) with
        {
            Version = 2,
            LastFailure = new PaymentFailure(FailureReason.ExpiredCard),
        }));

        Assert.Equal("Ihre Karte ist abgelaufen. Verwenden Sie eine andere Karte.", screen.Alert);
        Assert.Equal("49,00 $ bezahlen", screen.PayLabel!.Replace('\u00a0', ' '));
    }

    /// <summary>A circuit that is resumed has the cookie of now, and a page from before.</summary>
    [Fact]
    public void A_circuit_speaks_the_language_of_its_page_and_not_of_its_own_request()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        Services.AddSingleton(Options.Create(new PaymentsOptions()));
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        _ = Browser;

        var island = Render<CheckoutIsland>(parameters => parameters
            .Add(component => component.Page, new CheckoutContext(Order.Value) { Culture = "ja" }));

        Assert.Equal("$49.00を支払う", new CheckoutScreen(island).PayLabel);
    }

    [Theory]
    [InlineData("en-US", "en")]
    [InlineData("de-AT", "de")]
    [InlineData("ja", "ja")]
    public void Stripe_is_given_the_pages_language(string culture, string locale)
    {
        Services.GetRequiredService<ReaderCulture>().Use(culture);

        Assert.Equal(locale, Open().CardContainer.GetAttribute("data-locale"));
    }

    private static string Spaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
