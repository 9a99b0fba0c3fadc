using Microsoft.Extensions.DependencyInjection;
using Moq;
using PaymentApp.Checkout;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>What a form that opens reads, and whom it asks.</summary>
public sealed class OpenedFormTests : CheckoutFormContext
{
    [Fact]
    public void A_circuit_takes_over_what_was_prerendered_and_reads_one_number()
    {
        var screen = OpenForm(known: OnPage(Payments.Hold(OrderIn(PaymentState.AwaitingPayment))));

        Assert.Equal($"Pay {AmountText}", screen.PayLabel);
        Assert.True(screen.CanPay);
        Assert.Equal((0, 1), (Payments.Lookups, Payments.VersionLookups));
    }

    [Theory]
    [InlineData(PaymentState.AwaitingPayment)]
    [InlineData(PaymentState.AwaitingAuthentication)]
    [InlineData(PaymentState.Paid)]
    public void What_is_handed_over_is_what_was_read(PaymentState state)
    {
        var screen = OpenForm(known: OnPage(Payments.Hold(OrderIn(state))));

        Assert.Equal(state is PaymentState.Paid, screen.Heading is not null);
        if (state is PaymentState.Paid)
            Assert.Equal(Receipt, Assert.Single(PaidReports));
        Assert.Equal(state is PaymentState.AwaitingAuthentication, screen.Buttons.Contains("Use another card"));
    }

    [Fact]
    public void An_order_that_moved_since_it_was_prerendered_is_read_again()
    {
        var known = OnPage(Payments.Hold(OrderIn(PaymentState.AwaitingPayment)));
        Payments.Hold(OrderIn(PaymentState.Paid));

        var screen = OpenForm(known: known);

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Single(PaidReports);
    }

    [Fact]
    public void A_payment_of_another_order_is_not_taken_over()
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        var other = OrderIn(PaymentState.Paid) with { Order = new(OrderId.New(), "OTHER", Amount) };

        Assert.True(OpenForm(known: PaymentChange.To(other)).CanPay);
    }

    [Theory]
    [InlineData(PaymentState.AwaitingAuthentication)]
    [InlineData(PaymentState.AwaitingConfirmation)]
    public void Using_another_card_is_told_to_the_server_and_a_reload_shows_the_card_form(PaymentState state)
    {
        var screen = Open(state);

        screen.Press("Use another card");
        Assert.True(screen.CanPay);
        Assert.Equal(1, Payments.GivenUp);

        var reloaded = OpenForm();
        Assert.True(reloaded.CanPay);
        Assert.Equal("", reloaded.Alert);
    }

    [Fact]
    public void Another_tab_shows_the_card_form_once_another_card_is_wanted()
    {
        var screen = Open(PaymentState.AwaitingAuthentication);

        Changes.Publish(PaymentChange.To(Payments.Hold(OrderIn(PaymentState.AwaitingAuthentication) with { IsGivenUp = true })));

        Assert.True(screen.CanPay);
    }

    [Fact]
    public void A_payment_that_is_being_finished_cannot_be_given_up_and_that_is_said()
    {
        var screen = Open(PaymentState.AwaitingConfirmation);
        Payments.Hold(OrderIn(PaymentState.AwaitingConfirmation, withOpenStep: true));

        screen.Press("Use another card");

        Assert.Equal(["Check again"], screen.Buttons);
        Assert.StartsWith("We are checking with your bank.", screen.Announced, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_host_throws_when_a_change_is_reported_reaches_its_error_boundary()
    {
        ExpectsThrown = true;
        var screen = Open();
        HostOnPaid = _ => throw new InvalidOperationException("The host cannot thank.");

        Changes.Publish(PaymentChange.To(Payments.Hold(OrderIn(PaymentState.Paid))));

        Assert.NotNull(screen);
        Assert.Equal("The host cannot thank.", Thrown?.Message);
    }

    /// <summary>What a page that has just read a payment tells the circuit.</summary>
    private static PaymentChange OnPage(Payment shown) => CheckoutContext.Of(shown).Known!.ChangeOf(shown.Order.Id);
}
