using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

/// <summary>As a page does whose circuit is given up: the shopper is gone, and what the bank let pass is finished (invariant 5).</summary>
public sealed class LeavingWhileConfirmingTests : IDisposable
{
    private readonly PaymentTestBench _till = new();

    public void Dispose() => _till.Dispose();

    [Fact]
    public async Task A_confirmation_that_has_asked_Stripe_goes_on_without_its_shopper()
    {
        var order = await _till.OrderAtBankAsync();
        _till.Stripe.EndChallenge(order, authenticated: true);
        using var page = new CancellationTokenSource();
        _till.Stripe.Before = _ => page.CancelAsync();

        Assert.IsType<PaymentOutcome.Succeeded>(await _till.Service().ConfirmAsync(order, PaymentActor.Shopper, page.Token));

        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_shopper_who_left_before_anything_was_asked_is_waited_for()
    {
        var order = await _till.OrderAtBankAsync();
        _till.Stripe.EndChallenge(order, authenticated: true);
        using var page = new CancellationTokenSource();
        await page.CancelAsync();
        var asked = _till.Stripe.Calls.Count;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _till.Service().ConfirmAsync(order, PaymentActor.Shopper, page.Token));

        Assert.Equal(asked, _till.Stripe.Calls.Count);
        await _till.MustNotBeChargedAsync(order);
    }
}
