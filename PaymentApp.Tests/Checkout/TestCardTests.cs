using PaymentApp.Checkout;

namespace PaymentApp.Tests.Checkout;

public sealed class TestCardTests
{
    public static TheoryData<string> Numbers { get; } = new(TestCards.All.Select(card => card.Number));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_test_card_has_a_valid_number(string number)
    {
        var digits = number.Where(char.IsAsciiDigit).Select(digit => digit - '0').Reverse().ToArray();

        var sum = digits.Select((digit, place) => place % 2 == 0 ? digit : digit * 2 > 9 ? (digit * 2) - 9 : digit * 2).Sum();

        Assert.Equal(0, sum % 10);
        Assert.InRange(digits.Length, 13, 19);
    }

    [Theory]
    [InlineData("4242 4242 4242 4242")]
    [InlineData("4000 0025 0000 3155")]
    [InlineData("4000 0000 0000 9995")]
    public void The_guides_cards_are_offered(string number) => Assert.Contains(number, TestCards.All.Select(card => card.Number));

    [Fact]
    public void No_card_is_offered_twice_or_without_a_word_on_what_it_does()
    {
        Assert.Distinct(TestCards.All.Select(card => card.Number));
        Assert.Distinct(TestCards.All.Select(card => card.Behaviour));
    }
}
