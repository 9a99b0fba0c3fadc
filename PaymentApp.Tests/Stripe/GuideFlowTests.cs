using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Stripe;

/// <summary>Every flow of the guide, and what operators do after it, through the official client in one dialect.</summary>
public abstract class GuideFlowTests(DialectShop fixture)
{
    private const string OnSetupCard = "4000002500003155";

    private ManualShop Shop => fixture.Shop;

    [Fact]
    public async Task A_card_that_needs_nothing_pays_at_once()
    {
        var order = await OrderAsync();

        Assert.IsType<PaymentOutcome.Succeeded>(await Shop.PayAsync(order, ManualShop.GoodCard));

        await Shop.Shop.AssertPaidOnceAsync(order);
        Assert.Equal(new CardSummary("visa", "4242"), (await Shop.FindAsync(order)).Card);
        MustHaveSpokenTheDialect();
    }

    [Fact]
    public async Task A_declined_card_says_why_and_the_next_one_pays_the_same_intent()
    {
        var order = await OrderAsync();

        var declined = Assert.IsType<PaymentOutcome.Declined>(await Shop.PayAsync(order, ManualShop.PoorCard));
        Assert.Equal(FailureReason.InsufficientFunds, declined.Failure.Reason);
        await Shop.Shop.AssertNotChargedAsync(order);
        Assert.IsType<PaymentOutcome.Succeeded>(await Shop.PayAsync(order, ManualShop.GoodCard));

        await Shop.Shop.AssertPaidOnceAsync(order);
        MustHaveSpokenTheDialect();
    }

    [Fact]
    public async Task A_completed_challenge_pays()
    {
        var order = await OrderAsync();

        Assert.IsType<PaymentOutcome.ActionRequired>(await Shop.PayAsync(order, OnSetupCard));
        await Shop.EndChallengeAsync((await Shop.IntentOfAsync(order)).Id, passes: true);
        Assert.IsType<PaymentOutcome.Succeeded>(await Shop.ConfirmAsync(order));

        await Shop.Shop.AssertPaidOnceAsync(order);
        MustHaveSpokenTheDialect();
    }

    [Fact]
    public async Task A_failed_challenge_charges_nothing_and_the_next_card_pays()
    {
        var order = await OrderAsync();

        await Shop.PayAsync(order, OnSetupCard);
        await Shop.EndChallengeAsync((await Shop.IntentOfAsync(order)).Id, passes: false);
        var declined = Assert.IsType<PaymentOutcome.Declined>(await Shop.ConfirmAsync(order));

        Assert.Equal(FailureReason.AuthenticationFailed, declined.Failure.Reason);
        await Shop.Shop.AssertNotChargedAsync(order);
        Assert.IsType<PaymentOutcome.Succeeded>(await Shop.PayAsync(order, ManualShop.GoodCard));
        MustHaveSpokenTheDialect();
    }

    [Fact]
    public async Task In_the_basic_integration_a_card_that_needs_authentication_fails()
    {
        var order = await OrderAsync(authentication: AuthenticationMode.Decline);

        var declined = Assert.IsType<PaymentOutcome.Declined>(await Shop.PayAsync(order, OnSetupCard));

        Assert.Equal(
            new PaymentFailure(FailureReason.AuthenticationNotHandled, "authentication_required", "authentication_not_handled"), declined.Failure);
        await Shop.Shop.AssertNotChargedAsync(order);
        MustHaveSpokenTheDialect();
    }

    [Fact]
    public async Task In_the_basic_integration_a_card_that_needs_nothing_pays()
    {
        var order = await OrderAsync(authentication: AuthenticationMode.Decline);

        Assert.IsType<PaymentOutcome.Succeeded>(await Shop.PayAsync(order, ManualShop.GoodCard));

        await Shop.Shop.AssertPaidOnceAsync(order);
        MustHaveSpokenTheDialect();
    }

    [Fact]
    public async Task A_held_amount_is_captured_and_a_part_of_it_given_back()
    {
        var order = await OrderAsync(CaptureMode.Manual);

        Assert.IsType<PaymentOutcome.RequiresCapture>(await Shop.PayAsync(order, ManualShop.GoodCard));
        Assert.IsType<OperationOutcome.Done>(await Shop.OperateAsync(operations => operations.CaptureAsync(order, new Money(3000, Currency.Usd), PaymentActor.Operator)));
        Assert.IsType<OperationOutcome.Done>(await Shop.OperateAsync(operations =>
            operations.RefundAsync(order, new Money(1000, Currency.Usd), RefundReason.RequestedByCustomer, PaymentActor.Operator)));

        var paid = await Shop.FindAsync(order);
        Assert.Equal((PaymentState.Paid, 3000, 1000), (paid.State, paid.Captured.MinorUnits, paid.Refunded.MinorUnits));
        MustHaveSpokenTheDialect();
    }

    [Fact]
    public async Task A_held_amount_is_released_by_a_cancel()
    {
        var order = await OrderAsync(CaptureMode.Manual);
        await Shop.PayAsync(order, ManualShop.GoodCard);

        Assert.IsType<OperationOutcome.Done>(await Shop.OperateAsync(operations => operations.CancelAsync(order, CancelReason.RequestedByCustomer, PaymentActor.Operator)));

        Assert.Equal(PaymentState.Canceled, (await Shop.FindAsync(order)).State);
        await Shop.Shop.AssertNotChargedAsync(order);
        MustHaveSpokenTheDialect();
    }

    private Task<OrderId> OrderAsync(
        CaptureMode capture = CaptureMode.Automatic, AuthenticationMode authentication = AuthenticationMode.Handle)
    {
        var options = Shop.Services.GetRequiredService<IOptions<PaymentsOptions>>().Value;
        (options.Capture, options.Authentication) = (capture, authentication);
        return Shop.OrderAsync();
    }

    private void MustHaveSpokenTheDialect()
    {
        Assert.All(fixture.Sent, request => Assert.Equal(fixture.Version, request.Version));
        var creates = fixture.Sent.Where(request => request is { Method: "POST", Path: "/v1/payment_intents" }).ToList();
        Assert.NotEmpty(creates);
        Assert.All(creates, create => Assert.Equal(
            [fixture.CardParameter], create.Form.Split('&').Where(pair => pair.Contains("payment_method_types", StringComparison.Ordinal))));
    }
}

public sealed class EndiveGuideFlowTests(EndiveShop shop) : GuideFlowTests(shop), IClassFixture<EndiveShop>;

public sealed class DahliaGuideFlowTests(DahliaShop shop) : GuideFlowTests(shop), IClassFixture<DahliaShop>;
