using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

public sealed class PaymentMethodIdTests
{
    [Theory]
    [InlineData("pm_1")]
    [InlineData("pm_card_visa")]
    [InlineData("pm_1PxYzABCdef0123456789")]
    public void What_Stripe_names_a_PaymentMethod_is_taken(string id) => Assert.True(PaymentMethodId.TryParse(id, out _));

    [Fact]
    public void The_longest_id_of_Stripes_is_taken_and_one_more_is_not()
    {
        Assert.True(PaymentMethodId.TryParse("pm_" + new string('a', 252), out _));
        Assert.False(PaymentMethodId.TryParse("pm_" + new string('a', 253), out _));
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Anything_else_is_not(string? id) => Assert.False(PaymentMethodId.TryParse(id, out _));

    /// <summary>What a browser that is not ours might send where an id belongs.</summary>
    public static TheoryData<string?> Malformed() =>
    [
        null, "", " ", "pm_", "PM_1", "pm-1", "card_1", "pi_1", "tok_visa", "pm_1 ", " pm_1", "pm_1\n", "pm_1\0", "pm_1/confirm",
        "pm_1?expand[]=customer", "pm_1&amount=1", "pm_../../refunds", "pm_ä", "pm_١", "pm_<script>", "pm_%31", "pm_1'; drop table Orders; --",
    ];
}
