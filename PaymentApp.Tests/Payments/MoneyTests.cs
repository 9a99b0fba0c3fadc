using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Payments;

public sealed class MoneyTests(ITestOutputHelper output)
{
    private static readonly string[] Cultures = ["en-US", "en-GB", "de-DE", "fr-FR", "ja-JP", "nl-NL", "de-CH", "sv-SE", "tr-TR", "pt-BR"];

    private static readonly Arbitrary<Money> AnyMoney = (
        from code in Gen.Elements("usd", "eur", "gbp", "jpy", "krw", "isk", "ugx", "kwd", "tnd", "chf", "pln")
        from minor in Gen.OneOf(Gen.Choose(-200_000, 200_000).Select(units => (long)units), Gen.Choose(1, 99_999_999).Select(units => (long)units))
        select new Money(minor, Currency.Of(code))).ToArbitrary();

    [Theory]
    [InlineData("49.00", "usd", 4900)]
    [InlineData("12.5", "eur", 1250)]
    [InlineData("0.01", "usd", 1)]
    [InlineData("1800", "jpy", 1800)]
    [InlineData("1800.00", "jpy", 1800)]
    [InlineData("1.234", "kwd", 1234)]
    [InlineData("5", "isk", 500)]
    [InlineData("-3.10", "usd", -310)]
    public void A_price_is_counted_in_the_currencys_minor_units(string major, string code, long minor) =>
        Assert.Equal(new Money(minor, Currency.Of(code)), Money.OfMajor(Decimal(major), Currency.Of(code)));

    [Theory]
    [InlineData("0.005", "usd")]
    [InlineData("0.5", "jpy")]
    [InlineData("1.2345", "kwd")]
    public void A_price_finer_than_the_currency_is_refused(string major, string code) =>
        Assert.Throws<ArgumentException>(() => Money.OfMajor(Decimal(major), Currency.Of(code)));

    [Fact]
    public void A_price_beyond_counting_is_refused_instead_of_wrapped() =>
        Assert.Throws<OverflowException>(() => Money.OfMajor(1e20m, Currency.Usd));

    [Theory]
    [InlineData("usd", 49, false)]
    [InlineData("usd", 50, true)]
    [InlineData("eur", 49, false)]
    [InlineData("eur", 50, true)]
    [InlineData("gbp", 29, false)]
    [InlineData("gbp", 30, true)]
    [InlineData("jpy", 49, false)]
    [InlineData("jpy", 50, true)]
    [InlineData("usd", 99_999_999, true)]
    [InlineData("usd", 100_000_000, false)]
    [InlineData("usd", 0, false)]
    [InlineData("usd", -50, false)]
    [InlineData("chf", 0, false)]
    [InlineData("kwd", 1_230, true)]
    [InlineData("kwd", 1_234, false)]
    [InlineData("isk", 500, true)]
    [InlineData("isk", 550, false)]
    [InlineData("ugx", 99_999_900, true)]
    [InlineData("ugx", 99_999_999, false)]
    public void What_Stripe_would_refuse_as_a_charge_is_known_beforehand(string code, long minor, bool chargeable) =>
        Assert.Equal(chargeable, new Money(minor, Currency.Of(code)).IsChargeable);

    [Theory]
    [InlineData("en-US", "usd", 123456, "$1,234.56")]
    [InlineData("en-US", "eur", 1250, "€12.50")]
    [InlineData("en-US", "jpy", 1800, "¥1,800")]
    [InlineData("en-US", "kwd", 1234560, "KWD 1,234.560")]
    [InlineData("en-US", "isk", 50000, "ISK 500.00")]
    [InlineData("en-US", "usd", -310, "-$3.10")]
    [InlineData("en-US", "kwd", -3100, "-KWD 3.100")]
    [InlineData("en-GB", "gbp", 30, "£0.30")]
    [InlineData("de-DE", "eur", 123456, "1.234,56 €")]
    [InlineData("de-DE", "usd", 5, "0,05 $")]
    [InlineData("de", "usd", 12_900, "129,00 $")]
    [InlineData("de", "jpy", 1_800, "1.800 ¥")]
    [InlineData("de", "kwd", 5_000, "5,000 KWD")]
    [InlineData("de-AT", "eur", 123_456, "€ 1.234,56")]
    [InlineData("de-CH", "chf", 123_456, "CHF 1’234.56")]
    [InlineData("fr", "jpy", 1_800, "1 800 ¥")]
    [InlineData("fr-CA", "usd", 12_900, "129,00 $")]
    [InlineData("es", "usd", 12_900, "129,00 $")]
    [InlineData("es-MX", "usd", 12_900, "$129.00")]
    [InlineData("es", "kwd", 1_234_560, "1.234,560 KWD")]
    [InlineData("ja", "jpy", 1_800, "¥1,800")]
    [InlineData("ja", "usd", 12_900, "$129.00")]
    [InlineData("ja", "eur", 1_250, "€12.50")]
    [InlineData("ja", "kwd", 5_000, "KWD 5.000")]
    [InlineData("de-DE", "chf", 1990, "19,90 CHF")]
    [InlineData("de-DE", "chf", -1990, "-19,90 CHF")]
    [InlineData("fr-FR", "eur", 123456, "1 234,56 €")]
    [InlineData("nl-NL", "eur", 1250, "€ 12,50")]
    [InlineData("nl-NL", "kwd", 1250, "KWD 1,250")]
    [InlineData("ja-JP", "jpy", 1800, "¥1,800")]
    [InlineData("ja-JP", "usd", 4900, "$49.00")]
    public void An_amount_reads_as_in_the_readers_country(string culture, string code, long minor, string expected)
    {
        var shown = new Money(minor, Currency.Of(code)).Format(CultureInfo.GetCultureInfo(culture));

        // Which of the spaces ICU puts in differs from version to version.
        Assert.Equal(expected, shown.Replace('\u00a0', ' ').Replace('\u202f', ' '));
    }

    [Fact]
    public void Formatting_leaves_the_culture_as_it_was()
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo("en-US").Clone();

        Money.OfMajor(1.234m, Currency.Of("kwd")).Format(culture);

        Assert.Equal("$1.50", 1.5m.ToString("C", culture));
    }

    [Fact]
    public void Major_units_and_back_loses_nothing() =>
        Randomly.Check(output, AnyMoney, money => Assert.Equal(money, Money.OfMajor(money.Major, money.Currency)));

    [Fact]
    public void What_is_shown_reads_back_as_the_same_amount() => Randomly.Check(
        output,
        (from money in AnyMoney.Generator from culture in Gen.Elements(Cultures) select (money, culture)).ToArbitrary(),
        given =>
        {
            var (money, name) = given;
            var culture = CultureInfo.GetCultureInfo(name);
            var format = (NumberFormatInfo)culture.NumberFormat.Clone();
            format.CurrencySymbol = "XXX";

            var shown = money.Format(culture);
            var anonymous = Symbol(shown, money.Currency) is { } symbol ? shown.Replace(symbol, "XXX", StringComparison.Ordinal) : shown;

            Assert.Equal(money.Major, decimal.Parse(anonymous.Replace('\u00a0', ' '), NumberStyles.Currency, format));
            Assert.Equal(shown.Trim(), shown);
        });

    [Fact]
    public void Money_of_different_currencies_is_never_equal() =>
        Assert.NotEqual(new Money(1800, Currency.Jpy), new Money(1800, Currency.Usd));

    private static string? Symbol(string shown, Currency currency) =>
        new[] { "$", "€", "£", "¥", currency.Code.ToUpperInvariant() }.FirstOrDefault(shown.Contains);

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
