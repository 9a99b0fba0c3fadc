using Microsoft.JSInterop;
using PaymentApp.Checkout;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>A call into the browser that reaches nobody, or whose answer reaches nobody: it ends, and the form goes on.</summary>
public sealed class LostCallTests : CheckoutFormContext
{
    private static readonly PaymentFailure Poor = new(FailureReason.InsufficientFunds);

    [Fact]
    public async Task A_decline_while_the_browser_is_away_is_reported_at_once_and_shown_when_it_is_back()
    {
        Card.WillMakePaymentMethod("pm_1");
        var answer = Payments.WillAnswerWhenTold();
        var screen = Open();
        screen.Pay();
        await LoseAsync();
        Card.WillNotAnswerToEnabling();

        await answer.AnswerAsync(new PaymentOutcome.Declined(Poor));
        Assert.Equal(Poor, Assert.Single(FailureReports));
        await PassAsync(TimeSpan.FromHours(1));
        Assert.False(Card.WasFocused);

        await RegainAsync();

        await screen.UntilAsync(_ => Assert.True(Card.WasFocused));
        Assert.False(Card.IsDisabled);
        Assert.True(screen.CanPay);
    }

    [Fact]
    public async Task A_script_that_never_enables_the_card_field_keeps_neither_the_host_nor_the_shopper_waiting()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Declined(Poor));
        var screen = Open();
        Card.WillNotAnswerToEnabling();

        screen.Pay();
        Assert.Equal(Poor, Assert.Single(FailureReports));
        await PassAsync(BrowserConnection.ScriptTime);

        await screen.UntilAsync(_ => Assert.True(Card.WasFocused));
        Assert.True(screen.CanPay);
    }

    [Fact]
    public async Task A_card_field_whose_mounting_was_lost_is_mounted_again()
    {
        _ = Browser.InitWaits();
        var screen = Open();

        await LoseAsync();
        await RegainAsync();

        await screen.UntilAsync(now => Assert.True(now.CanPay));
        Assert.Equal(2, Browser.TimesMounted);
    }

    [Fact]
    public async Task A_receipt_whose_focus_was_lost_is_focused_again()
    {
        var focus = Browser.FocusWaits();
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open();
        screen.Pay();
        Assert.Single(PaidReports);

        await LoseAsync();
        await RegainAsync();

        await screen.UntilAsync(_ => Assert.Equal(2, focus.Invocations.Count));
        AssertNothingWasThrown();
    }

    [Fact]
    public async Task A_call_without_an_answer_ends_with_its_circuit()
    {
        var never = Connection.AskAsync(Never, BrowserConnection.ScriptTime);
        await LoseAsync();
        await PassAsync(TimeSpan.FromHours(1));
        Assert.False(never.IsCompleted);

        await Renderer.Dispatcher.InvokeAsync(() => Connection.OnCircuitClosedAsync(null!, default));

        await Assert.ThrowsAsync<JSDisconnectedException>(() => never);
        await Assert.ThrowsAsync<JSDisconnectedException>(() => Connection.AskAsync(Never, BrowserConnection.ScriptTime));
    }

    [Fact]
    public void An_answer_that_says_neither_card_nor_error_is_trouble_with_the_connection_and_not_asked_for_again()
    {
        Card.WillAnswerNothing();
        var screen = Open();

        screen.Pay();

        Assert.StartsWith("The card could not be sent.", screen.Alert, StringComparison.Ordinal);
        Assert.True(screen.CanPay);
        Assert.Equal(1, Card.TimesAsked);
    }

    [Fact]
    public async Task A_lost_answer_is_not_taken_for_a_challenge_that_was_passed()
    {
        var connection = Connection;
        var passed = await connection.AskAsync(_ => ValueTask.FromResult(new CardResult(null, null)), BrowserConnection.ScriptTime);
        var never = connection.AskAsync(Never, BrowserConnection.ScriptTime);
        await LoseAsync();
        await RegainAsync();

        Assert.IsType<BrowserAnswer<CardResult>.Answered>(passed);
        Assert.IsType<BrowserAnswer<CardResult>.Lost>(await never);
    }

    private static async ValueTask<CardResult> Never(CancellationToken stop)
    {
        await new TaskCompletionSource().Task.WaitAsync(stop);
        throw new InvalidOperationException("This never ends.");
    }

    private Task LoseAsync() => Renderer.Dispatcher.InvokeAsync(() => Connection.OnConnectionDownAsync(null!, default));

    private Task RegainAsync() => Renderer.Dispatcher.InvokeAsync(() => Connection.OnConnectionUpAsync(null!, default));
}
