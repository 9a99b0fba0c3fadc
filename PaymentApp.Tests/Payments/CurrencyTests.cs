using System.Globalization;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("bif")]
    [InlineData("clp")]
    [InlineData("djf")]
    [InlineData("gnf")]
    [InlineData("jpy")]
    [InlineData("kmf")]
    [InlineData("krw")]
    [InlineData("mga")]
    [InlineData("pyg")]
    [InlineData("rwf")]
    [InlineData("vnd")]
    [InlineData("vuv")]
    [InlineData("xaf")]
    [InlineData("xof")]
    [InlineData("xpf")]
    public void A_zero_decimal_currency_is_counted_in_whole_units(string code)
    {
        var currency = Currency.Of(code);

        Assert.Equal((0, 1L, 1L), (currency.Decimals, currency.MinorPerMajor, currency.ChargeStep));
    }

    [Theory]
    [InlineData("usd")]
    [InlineData("eur")]
    [InlineData("gbp")]
    [InlineData("chf")]
    public void Most_currencies_are_counted_in_hundredths(string code)
    {
        var currency = Currency.Of(code);

        Assert.Equal((2, 100L, 1L), (currency.Decimals, currency.MinorPerMajor, currency.ChargeStep));
    }

    [Theory]
    [InlineData("isk")]
    [InlineData("ugx")]
    public void A_currency_without_minor_unit_that_Stripe_counts_in_hundredths_is_charged_in_whole_units(string code)
    {
        var currency = Currency.Of(code);

        Assert.Equal((2, 100L, 100L), (currency.Decimals, currency.MinorPerMajor, currency.ChargeStep));
    }

    [Theory]
    [InlineData("bhd")]
    [InlineData("jod")]
    [InlineData("kwd")]
    [InlineData("omr")]
    [InlineData("tnd")]
    public void A_three_decimal_currency_is_charged_with_a_last_digit_of_zero(string code)
    {
        var currency = Currency.Of(code);

        Assert.Equal((3, 1000L, 10L), (currency.Decimals, currency.MinorPerMajor, currency.ChargeStep));
    }

    [Fact]
    public void A_code_in_any_case_names_the_same_currency()
    {
        Assert.Equal(Currency.Usd, Currency.Of("USD"));
        Assert.Equal("usd", Currency.Of("Usd").ToString());
    }

    [Fact]
    public void The_Turkish_dotless_i_does_not_get_into_a_code()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            Assert.Equal("isk", Currency.Of("ISK").Code);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("us")]
    [InlineData("usdd")]
    [InlineData("us1")]
    [InlineData("us ")]
    [InlineData("üsd")]
    public void What_is_not_three_letters_is_no_currency(string code) =>
        Assert.Throws<ArgumentException>(() => Currency.Of(code));
}
