using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

public sealed class PaymentIntentIdTests
{
    [Theory]
    [InlineData("pi_1")]
    [InlineData("pi_3PxYzABCdef0123456789")]
    public void What_Stripe_names_a_PaymentIntent_is_taken(string id) => Assert.Equal(id, PaymentIntentId.Parse(id).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pi_")]
    [InlineData("pm_1")]
    [InlineData("pi_1_secret 2")]
    [InlineData("pi_1/../../refunds?x=1")]
    public void Anything_else_cannot_come_into_the_path_of_a_request(string? id)
    {
        Assert.False(PaymentIntentId.TryParse(id, out _));
        if (id is not null)
            Assert.Throws<FormatException>(() => PaymentIntentId.Parse(id));
    }
}
