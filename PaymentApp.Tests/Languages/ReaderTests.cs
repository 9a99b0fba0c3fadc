using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using PaymentApp.Checkout;
using PaymentApp.Languages;
using PaymentApp.Orders;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Languages;

/// <summary>Whose language a text is in.</summary>
public sealed class ReaderTests
{
    [Fact]
    public void A_text_is_the_readers_whatever_the_threads_culture_is_which_stays_as_it_was()
    {
        var reader = Texts.Reader("de-CH");
        var (culture, language) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

        Assert.Equal("Gesamtbetrag", Texts.For<OrderText>("de-CH")["Line_Total"].Value);
        Assert.Equal("de-CH", reader.Culture.Name);
        Assert.Equal((culture, language), (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture));
    }

    [Fact]
    public void A_language_without_a_translation_reads_English() =>
        Assert.Equal("Total", Texts.For<OrderText>("ar")["Line_Total"].Value);

    [Theory]
    [InlineData("en-US", "ltr")]
    [InlineData("ja", "ltr")]
    [InlineData("ar", "rtl")]
    public void Text_runs_the_way_of_its_language(string culture, string direction) => Assert.Equal(direction, Texts.Reader(culture).Direction);

    [Theory]
    [InlineData("en-US", "en")]
    [InlineData("en-GB", "en-GB")]
    [InlineData("de-CH", "de")]
    [InlineData("fr-CA", "fr-CA")]
    [InlineData("es-MX", "es")]
    [InlineData("es-419", "es-419")]
    [InlineData("ja", "ja")]
    public void Stripe_gets_a_locale_that_it_knows(string culture, string locale) => Assert.Equal(locale, StripeLocale.Of(CultureInfo.GetCultureInfo(culture)));

    [Theory]
    [InlineData("de", "de")]
    [InlineData("de-AT", "de")]
    [InlineData("en-GB", "en")]
    [InlineData("it", "en")]
    [InlineData("ar-EG", "ar")]
    public void A_culture_belongs_to_its_language(string culture, string language) =>
        Assert.Equal(language, Texts.Shop("ar").LanguageOf(CultureInfo.GetCultureInfo(culture)).Name);

    [Theory]
    [InlineData("pt-BR", true)]
    [InlineData("ar", true)]
    [InlineData("", false)]
    [InlineData("klingon", false)]
    [InlineData("not a language", false)]
    public void An_additional_language_is_one(string code, bool isOne)
    {
        var options = new LanguagesOptions();
        options.Additional.Add(code);

        var problems = options.Validate(new ValidationContext(options)).ToList();

        Assert.Equal(isOne, problems.Count == 0);
        Assert.All(problems, problem => Assert.Contains("Languages:Additional", problem.ErrorMessage, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shop_that_is_told_of_a_language_that_is_none_does_not_start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Languages:Additional:0"] = "klingon";
        builder.AddLanguages();
        await using var app = builder.Build();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Contains("Languages:Additional names 'klingon'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_that_was_renamed_is_called_what_it_was_bought_as()
    {
        var products = new ProductText(Texts.For<Catalogue>("de"), new Catalogue());
        Order Bought(string name) => new()
        {
            Id = PaymentApp.Payments.OrderId.New(),
            Number = "1",
            ProductId = "desk-lamp",
            ProductName = name,
            Amount = new Catalogue().Find("desk-lamp")!.Price,
            PlacedAt = DateTime.UnixEpoch,
        };

        Assert.Equal("Schreibtischlampe", products.NameOf(Bought("Desk lamp")));
        Assert.Equal("Reading lamp", products.NameOf(Bought("Reading lamp")));
    }
}
