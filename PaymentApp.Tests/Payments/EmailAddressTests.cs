using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@mail.example")]
    [InlineData("  ada@mail.example ")]
    [InlineData("a.d+a_1@sub.mail-host.example")]
    public void What_mail_can_be_sent_to_is_taken_without_spaces(string typed) => Assert.Equal(typed.Trim(), EmailAddress.Parse(typed).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@mail")]
    [InlineData("@mail.example")]
    [InlineData("ada@mail.example.")]
    [InlineData("ada@.example")]
    [InlineData(".ada@mail.example")]
    [InlineData("a..da@mail.example")]
    [InlineData("ada@-mail.example")]
    [InlineData("ada@mail.1")]
    [InlineData("ada lovelace@mail.example")]
    [InlineData("ada@mail.example\r\nBcc: eve@mail.example")]
    [InlineData("<ada@mail.example>")]
    [InlineData("ada@mail.example,eve@mail.example")]
    public void Anything_else_is_not(string? typed) => Assert.False(EmailAddress.TryParse(typed, out _));

    [Fact]
    public void It_is_as_long_as_mail_allows()
    {
        Assert.True(EmailAddress.TryParse(new string('a', 64) + "@mail.example", out _));
        Assert.False(EmailAddress.TryParse(new string('a', 65) + "@mail.example", out _));
        Assert.False(EmailAddress.TryParse("a@" + string.Concat(Enumerable.Repeat("mail.", 60)) + "example", out _));
    }

    [Fact]
    public void Printed_it_shows_nothing() =>
        Assert.DoesNotContain("ada", $"{EmailAddress.Parse("ada@mail.example")} {new PayableOrder(OrderId.New(), "1042", Money.OfMajor(1, Currency.Usd)) { Email = EmailAddress.Parse("ada@mail.example") }}", StringComparison.Ordinal);
}
