using PaymentApp.Checkout;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>A form that showed one order's amount and charged another's would be the worst of all mix-ups.</summary>
public sealed class OneOrderTests : CheckoutFormContext
{
    [Fact]
    public void A_form_that_is_given_another_order_refuses_it()
    {
        Open();

        var refused = Assert.Throws<InvalidOperationException>(() => Page!.Render(form => form.Add(parameters => parameters.Order, OrderId.New())));

        Assert.Contains("@key", refused.Message, StringComparison.Ordinal);
        ExpectsThrown = true;
    }

    [Fact]
    public void A_form_that_is_given_its_own_order_again_goes_on()
    {
        var screen = Open();

        Page!.Render(form => form.Add(parameters => parameters.Order, Order));

        Assert.True(screen.CanPay);
        Assert.Equal(1, Browser.TimesMounted);
    }
}
