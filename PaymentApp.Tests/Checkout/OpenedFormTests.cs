using Microsoft.Extensions.DependencyInjection;
using Moq;
using PaymentApp.Checkout;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>What a form that opens reads, and whom it asks.</summary>
public sealed class OpenedFormTests : CheckoutFormContext
{
    [Fact]
    public async Task A_circuit_takes_over_what_was_prerendered_and_reads_one_number()
    {
        await PrerenderAsync(Payments.Hold(OrderIn(PaymentState.AwaitingPayment)));
        var lookups = Payments.Lookups;

        var screen = OpenForm();

        Assert.Equal($"Pay {AmountText}", screen.PayLabel);
        Assert.True(screen.CanPay);
        Assert.Equal((lookups, 1), (Payments.Lookups, Payments.VersionLookups));
    }

    [Theory]
    [InlineData(PaymentState.AwaitingPayment)]
    [InlineData(PaymentState.AwaitingAuthentication)]
    [InlineData(PaymentState.Paid)]
    public async Task What_is_handed_over_is_what_was_read(PaymentState state)
    {
        await PrerenderAsync(Payments.Hold(OrderIn(state)));

        var screen = OpenForm();

        Assert.Equal(state is PaymentState.Paid, screen.Heading is not null);
        if (state is PaymentState.Paid)
            Assert.Equal(Receipt, Assert.Single(PaidReports));
        Assert.Equal(state is PaymentState.AwaitingAuthentication, screen.Buttons.Contains("Use another card"));
    }

    [Fact]
    public async Task An_order_that_moved_since_it_was_prerendered_is_read_again()
    {
        await PrerenderAsync(Payments.Hold(OrderIn(PaymentState.AwaitingPayment)));
        Payments.Hold(OrderIn(PaymentState.Paid));

        var screen = OpenForm();

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Single(PaidReports);
    }

    [Fact]
    public void A_page_that_has_just_read_the_payment_spares_its_form_from_reading_it()
    {
        var payment = Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        Services.GetRequiredService<PrerenderedPayment>().Keep(payment);

        var screen = OpenForm();

        Assert.True(screen.CanPay);
        Assert.Equal(0, Payments.Lookups);
    }

    [Fact]
    public void A_payment_of_another_order_is_not_taken_over()
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        Services.GetRequiredService<PrerenderedPayment>().Keep(OrderIn(PaymentState.Paid) with { Order = new(OrderId.New(), "OTHER", Amount) });

        Assert.True(OpenForm().CanPay);
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

    /// <summary>The page is rendered without a circuit, leaves what it leaves, and is gone.</summary>
    private async Task PrerenderAsync(Payment shown)
    {
        Services.GetRequiredService<PrerenderedPayment>().Keep(shown);
        _ = Browser;
        var held = Payments.WillFindVersionWhenTold(Order);
        OpenForm();
        Persisted.TriggerOnPersisting();
        await LeaveAsync();
        _ = held;
        Payments.HoldAgain(shown);
        PaidReports.Clear();
    }
}
