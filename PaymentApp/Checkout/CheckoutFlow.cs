using System.Text;
using PaymentApp.Payments;

namespace PaymentApp.Checkout;

/// <summary>
/// The payment of one order as its shopper goes through it. Holds what the page shows and decides what comes next; knows
/// neither markup nor Stripe's secrets. Every call ends with its work or with the token that says that the shopper left.
/// </summary>
internal sealed class CheckoutFlow(
    IPaymentService payments, ShopperConnection shopper, ICheckoutPage page, CheckoutText text, OrderId order, CancellationToken left)
{
    // A bank may ask again. A browser that says more often than that, at once, that it has answered is no shopper's.
    private const int MostChallenges = 5;

    private StripeCard? _card;
    private PaymentChange? _known;
    private bool _hasMoved;
    private bool _isPaidReported;

    // Whether the card that was entered last was refused untried: how the order's card failed is then another page's news.
    private bool _isCardUntried;

    public CheckoutState State { get; private set; } = new CheckoutState.Loading();

    /// <summary>What is wrong with what is being typed, in Stripe's words.</summary>
    public string? TypingProblem { get; private set; }

    /// <summary>What the next form is left.</summary>
    /// <param name="opened">How the order stood at first, for as long as nothing is known beyond it.</param>
    public CheckoutHandover HandoverWith(PaymentChange? opened) => new(
        State is CheckoutState.Working,
        State is CheckoutState.Ready { Alert: var alert } ? alert : null,
        (_known ?? opened) is { } known ? KnownPayment.Of(known) : null);

    /// <summary>Makes a PaymentMethod of what was typed and pays with it.</summary>
    public async Task PayAsync(AuthenticationMode? authentication)
    {
        // The page's button is disabled by the time that a second click arrives; the click may be on its way already.
        if (State is not CheckoutState.Ready || _card is not { } typed)
            return;

        using var activity = PaymentTracing.StartSubmit();
        Show(new CheckoutState.Working(CheckoutActivity.CheckingCard, WithCardShown: true));
        var made = await typed.CreatePaymentMethodAsync(left);
        if (made.PaymentMethodId is { } paymentMethod)
        {
            shopper.Email = made.Email is { } address && EmailAddress.TryParse(Encoding.UTF8.GetString(address), out var email) ? email : null;
            var outcome = await payments.PayAsync(order, paymentMethod, authentication, left);
            _isCardUntried = outcome is PaymentOutcome.Refused { Reason: RefusalReason.AskedTooOften };
            await FollowAsync(outcome, withCardShown: true);
        }
        else
        {
            await ShowAsync(new CheckoutState.Ready(made.Error is { Type: CardError.Field } ? null : text.CardError(made.Error)));
        }
    }

    /// <summary>The loop of the guide: as long as the bank asks, show its challenge and confirm again.</summary>
    private async Task FollowAsync(PaymentOutcome outcome, bool withCardShown)
    {
        var challenges = 0;
        while (outcome is PaymentOutcome.ActionRequired { ClientSecret: var secret } && challenges < MostChallenges)
        {
            if (!await MountCardAsync())
                return;

            Show(new CheckoutState.Working(CheckoutActivity.WaitingForBank, withCardShown));
            var challenge = await _card!.HandleCardActionAsync(secret, left);

            // Whatever the browser said, and if it could not, only the server's question to Stripe counts.
            Show(new CheckoutState.Working(CheckoutActivity.Confirming, withCardShown));
            outcome = await payments.ConfirmAsync(order, PaymentActor.Shopper, left);
            if (outcome is PaymentOutcome.ActionRequired && challenge?.Error is { } error)
            {
                await ShowAsync(new CheckoutState.Resumable(AtBank: true, text.ChallengeError(error)));
                return;
            }

            // Of an answer that was lost nobody knows whether the challenge has ended.
            if (challenge is not null)
                challenges++;
        }

        if (outcome is PaymentOutcome.Refused { Reason: RefusalReason.AskedTooOften } refused)
            await ShowKnownAsync(text.Refusal(refused));
        else
            await ShowAsync(CheckoutState.After(outcome, text), (outcome as PaymentOutcome.Declined)?.Failure);
    }

    /// <summary>Shows what the ledger says, which may be more than this page does, and why nobody was asked for more.</summary>
    private async Task ShowKnownAsync(string why)
    {
        var before = _known;
        Learn(await payments.FindAsync(order, left));
        var isNews = _hasMoved || _known?.Version != before?.Version;
        _hasMoved = false;
        await ShowAsync(isNews && StandingOf(_known?.View) is CheckoutState.Ready { Alert: not null } failed
            ? failed
            : CheckoutState.Standing(_known?.View, text).With(why));
    }

    /// <summary>Goes on with an attempt that was interrupted, or finds out what became of a request.</summary>
    public Task ResumeAsync() =>
        State is CheckoutState.Resumable or CheckoutState.OutcomeUnknown or CheckoutState.Processing ? ConfirmAsync() : Task.CompletedTask;

    /// <summary>Gives the attempt up that waits for the bank: on the server first, so that nobody finishes it meanwhile.</summary>
    public async Task UseAnotherCardAsync()
    {
        if (State is not CheckoutState.Resumable)
            return;

        Show(new CheckoutState.Loading());
        Learn(await payments.GiveUpAuthenticationAsync(order, left));
        await ShowAsync(CheckoutState.Standing(_known?.View, text));
    }

    /// <summary>Starts with how an order ended that is over: it needs neither a circuit nor a card, and may be read before there is one.</summary>
    public void Begin(PaymentView? opened)
    {
        if (opened is { IsSettled: true })
            State = CheckoutState.Standing(opened, text);
    }

    /// <summary>Shows how the order stands, and goes on with what a form before this one was about.</summary>
    /// <param name="opened">How the order stood when the page was rendered, if it was read.</param>
    /// <param name="before">What a form before this one left.</param>
    public async Task OpenAsync(PaymentChange? opened, CheckoutHandover? before)
    {
        if (!State.IsSettled)
            Show(new CheckoutState.Loading());
        await ReadAsync(opened);
        var standing = CheckoutState.Standing(_known?.View, text);

        // What was under way when the circuit was given up goes on: the bank's page may stand open in the browser.
        if (before is { WasBusy: true } && standing is CheckoutState.Resumable)
        {
            await ConfirmAsync();
            return;
        }

        if (before is not null && standing is CheckoutState.Ready)
            standing = new CheckoutState.Ready(before.AlertFor(_known!, text));

        // The bank's page comes from Stripe.js too: whether it can be had is better known before the click.
        if (standing is not CheckoutState.Resumable { AtBank: true } || await MountCardAsync())
            await ShowAsync(standing);
    }

    /// <summary>Takes in that a webhook, a look or another tab moved the order.</summary>
    public void Take(PaymentChange change)
    {
        if (change.Version < _known?.Version)
            return;

        _known = change;
        _hasMoved = true;
    }

    /// <summary>Shows how an order stands that moved, once the form has heard the answer that it waits for.</summary>
    public async Task CatchUpAsync()
    {
        while (_hasMoved && _known is { View: var view }
            && State is not (CheckoutState.Loading or CheckoutState.Working or CheckoutState.Paid or CheckoutState.Closed))
        {
            _hasMoved = false;
            var standing = StandingOf(view);

            // A card that is being typed is not taken away for less than the end of the order.
            if (!standing.SaysTheSameAs(State) && (State is not CheckoutState.Ready || standing.IsSettled))
                await ShowAsync(standing);
        }
    }

    /// <summary>How an order stands, with why its card failed where one can be entered again.</summary>
    private CheckoutState StandingOf(PaymentView? view) =>
        CheckoutState.Standing(view, text) is CheckoutState.Ready ready && view is { Failure: { } failure, IsGivenUp: false } && !_isCardUntried
            ? ready with { Alert = text.Failure(failure) }
            : CheckoutState.Standing(view, text);

    /// <summary>Takes in what Stripe.js says of what is being typed.</summary>
    public void CardChanged(string? problem)
    {
        if (problem == TypingProblem && State is not CheckoutState.Ready { Alert: not null })
            return;

        // Typing answers the last alert.
        if (State is CheckoutState.Ready)
            State = new CheckoutState.Ready();
        TypingProblem = problem;
        page.Render();
    }

    private async Task ConfirmAsync()
    {
        using var activity = PaymentTracing.StartResume();
        Show(new CheckoutState.Working(CheckoutActivity.Confirming, WithCardShown: false));
        _isCardUntried = false;
        await FollowAsync(await payments.ConfirmAsync(order, PaymentActor.Shopper, left), withCardShown: false);
    }

    /// <summary>Reads how the order stands, unless it stands as it did when it was read for the page.</summary>
    private async Task ReadAsync(PaymentChange? opened)
    {
        if (opened is null || await payments.FindVersionAsync(order, left) != opened.Version)
            Learn(await payments.FindAsync(order, left));
        else if (_known is null)
            _known = opened;
    }

    private void Learn(Payment? payment)
    {
        if (payment is not null && !(payment.Version <= _known?.Version))
            _known = PaymentChange.To(payment);
    }

    /// <summary>False when there is no card field to go on with, which the state then says.</summary>
    /// <exception cref="OperationCanceledException">The shopper left.</exception>
    private async Task<bool> MountCardAsync()
    {
        left.ThrowIfCancellationRequested();
        if (_card is not null)
            return true;

        Show(new CheckoutState.Loading());
        _card = await page.MountCardAsync();
        left.ThrowIfCancellationRequested();
        if (_card is null)
            Show(new CheckoutState.StripeUnavailable());
        return _card is not null;
    }

    /// <summary>Shows a state, tells the host what it must know, and only then sees to the browser, which may be away.</summary>
    /// <param name="failure">Why the attempt failed that led here, if one did.</param>
    /// <exception cref="OperationCanceledException">The shopper left.</exception>
    private async Task ShowAsync(CheckoutState next, PaymentFailure? failure = null)
    {
        left.ThrowIfCancellationRequested();
        if (next is CheckoutState.Ready && _card is null)
        {
            await ReportAsync(next, failure);
            failure = null;
            if (!await MountCardAsync())
                return;
        }

        Show(next);
        await ReportAsync(next, failure);

        if (next is CheckoutState.Ready { Alert: var alert } && _card is { } field)
        {
            // The host and the browser were waited for: the shopper may be paying again.
            if (failure is { Reason: FailureReason.CardRefused } && State is CheckoutState.Ready)
                await field.ClearAsync(left);
            if (State is CheckoutState.Ready)
                await field.EnableAsync(left);
            if (alert is not null && ReferenceEquals(State, next))
                await field.FocusAsync(left);
        }
    }

    private async Task ReportAsync(CheckoutState shown, PaymentFailure? failure)
    {
        if (failure is not null)
            await page.ReportFailedAsync(failure);

        if (_isPaidReported || shown.FinalReceipt is not { } receipt)
            return;

        _isPaidReported = true;
        await page.ReportPaidAsync(receipt);
    }

    private void Show(CheckoutState next)
    {
        State = next;
        TypingProblem = null;
        page.Render();
    }
}

/// <summary>What a payment's flow needs of the page that it is shown on.</summary>
internal interface ICheckoutPage
{
    /// <summary>Shows the flow's state.</summary>
    void Render();

    /// <summary>Puts a card field on the page; null where Stripe.js or the field did not come.</summary>
    Task<StripeCard?> MountCardAsync();

    Task ReportPaidAsync(PaidReceipt receipt);

    Task ReportFailedAsync(PaymentFailure failure);
}
