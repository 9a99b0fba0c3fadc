using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Payments;

/// <summary><em>Use another card</em>: the server notes that an authentication is given up, so that nobody confirms it.</summary>
public sealed class GivenUpAuthenticationTests : IDisposable
{
    private readonly PaymentTestBench _till = new();

    public void Dispose() => _till.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_confirms_it_whether_it_was_passed_before_or_after(bool passedBefore)
    {
        var order = await _till.OrderAtBankAsync();
        if (passedBefore)
            _till.Stripe.IntentOf(order).EndChallenge(authenticated: true);

        var given = await _till.Service().GiveUpAuthenticationAsync(order);
        if (!passedBefore)
            _till.Stripe.IntentOf(order).EndChallenge(authenticated: true);

        Assert.True(given!.IsGivenUp);
        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.AuthenticationGivenUp), await _till.ConfirmAsync(order));
        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.AuthenticationGivenUp), await _till.Service().ConfirmAsync(order, PaymentActor.Sweeper));
        await _till.MustNotBeChargedAsync(order);
    }

    [Fact]
    public async Task The_next_card_pays_by_the_same_intent()
    {
        var order = await _till.OrderAtBankAsync();
        var intent = _till.Stripe.IntentOf(order).Id;
        _till.Stripe.IntentOf(order).EndChallenge(authenticated: true);
        await _till.Service().GiveUpAuthenticationAsync(order);

        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order));

        await _till.MustBeChargedOnceAsync(order);
        Assert.Equal(intent, (await _till.FindAsync(order)).Intent);
        Assert.False((await _till.FindAsync(order)).IsGivenUp);
    }

    [Fact]
    public async Task It_can_be_given_up_twice_and_says_so_in_the_timeline_once()
    {
        var order = await _till.OrderAtBankAsync();

        await _till.Service().GiveUpAuthenticationAsync(order);
        await _till.Service().GiveUpAuthenticationAsync(order);

        Assert.Single(await _till.Ledger.Payments.TimelineAsync(order), line => line.Event is TimelineEvent.AuthenticationGivenUp);
    }

    [Fact]
    public async Task A_payment_that_waits_for_no_authentication_is_left_as_it_is()
    {
        var untried = await _till.OrderAsync();
        var paid = await _till.OrderAsync();
        await _till.PayAsync(paid);

        Assert.False((await _till.Service().GiveUpAuthenticationAsync(untried))!.IsGivenUp);
        Assert.Equal(PaymentState.Paid, (await _till.Service().GiveUpAuthenticationAsync(paid))!.State);
        Assert.Null(await _till.Service().GiveUpAuthenticationAsync(OrderId.New()));
    }

    /// <summary>The tab of the bank and the tab of another card at once: at every point where one may overtake the other.</summary>
    [Fact]
    public async Task Who_is_told_to_use_another_card_is_never_charged_for_the_first_one()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            using var race = new PaymentTestBench();
            var order = await race.OrderAtBankAsync();
            race.Stripe.IntentOf(order).EndChallenge(authenticated: true);
            var interleaving = new Interleaving(seed);
            var ledger = new InterleavedLedger(race.Ledger.Payments, interleaving);
            race.Stripe.Before = _ => interleaving.PassAsync();

            var ends = await interleaving.RunAsync<object?>(
            [
                async () => await race.Service(ledger).GiveUpAuthenticationAsync(order),
                async () => await race.Service(ledger).ConfirmAsync(order, PaymentActor.Sweeper),
            ]);

            var charges = race.Stripe.IntentOf(order).Charges;
            Assert.True(((Payment)ends[0]!).IsGivenUp ? charges == 0 : charges == 1, $"Seed {seed}: {ends[0]}, {ends[1]}, {charges} charges.");
        }
    }
}
