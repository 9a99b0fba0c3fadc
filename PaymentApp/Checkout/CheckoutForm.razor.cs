using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PaymentApp.Payments;

namespace PaymentApp.Checkout;

/// <summary>
/// Takes the payment of an order: the card goes into Stripe's iframe, the bank's challenge is shown where there is one,
/// and the server decides what became of it. Needs an interactive server render mode; any page can host it.
/// </summary>
public sealed partial class CheckoutForm
{
    private const string ScriptPath = "Checkout/CheckoutForm.razor.js";

    // A shopper may have to find a phone, an app and a code; the circuit's own limit for a call is one minute.
    private static readonly TimeSpan BankTime = TimeSpan.FromMinutes(20);

    private readonly CancellationTokenSource disposal = new();
    private CheckoutState state = new CheckoutState.Loading();
    private ElementReference cardContainer;
    private CheckoutReceipt? receiptView;
    private StripeCard? card;
    private string? typingProblem;
    private string? amount;
    private bool receiptWantsFocus;

    [Inject]
    private IPaymentService Payments { get; set; } = null!;

    [Inject]
    private IJSRuntime Runtime { get; set; } = null!;

    [Inject]
    private StripeJsSettings StripeJs { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <summary>The order to pay. What it costs is the server's knowledge.</summary>
    [Parameter, EditorRequired]
    public OrderId Order { get; set; }

    /// <summary>Which of the guide's two integrations to use; null for the one that is configured.</summary>
    [Parameter]
    public AuthenticationMode? Authentication { get; set; }

    /// <summary>Called when the order is paid, or its amount held for a later capture.</summary>
    [Parameter]
    public EventCallback<PaidReceipt> OnPaid { get; set; }

    /// <summary>Called when an attempt failed for good. The form shows it already and lets the shopper try again.</summary>
    [Parameter]
    public EventCallback<PaymentFailure> OnFailed { get; set; }

    private bool IsBusy => state is CheckoutState.Loading or CheckoutState.Working;

    private bool ShowsCard => state is CheckoutState.Loading or CheckoutState.Ready or CheckoutState.Working { WithCardShown: true };

    private string? Alert => state switch
    {
        CheckoutState.Ready { Alert: var alert } => typingProblem ?? alert,
        CheckoutState.Resumable { Alert: var alert } => alert,
        CheckoutState.Closed { Alert: var alert } => alert,
        CheckoutState.StripeUnavailable => CheckoutText.StripeUnavailable,
        _ => null,
    };

    protected override async Task OnInitializedAsync() =>
        amount = (await Payments.FindAsync(Order, disposal.Token))?.Amount.Format(CultureInfo.CurrentCulture);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await LoadAsync();

        if (receiptWantsFocus && receiptView is not null)
        {
            receiptWantsFocus = false;
            await receiptView.FocusAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await disposal.CancelAsync();
        if (card is not null)
            await card.DisposeAsync();
        disposal.Dispose();
    }

    private async Task LoadAsync()
    {
        Show(new CheckoutState.Loading());
        try
        {
            var standing = await Payments.RefreshAsync(Order, disposal.Token);
            if (NeedsCard(standing) && !await MountCardAsync())
                return;
            if (!disposal.IsCancellationRequested)
                await ShowAsync(Standing(standing));
        }
        catch (OperationCanceledException) when (disposal.IsCancellationRequested)
        {
            // The shopper left while the form was loading.
        }
    }

    /// <summary>False when there is no card field to go on with: the state says why, or the shopper has left.</summary>
    private async Task<bool> MountCardAsync()
    {
        if (card is not null)
            return true;

        StripeCard mounted;
        try
        {
            mounted = await StripeCard.MountAsync(Runtime, "./" + Assets[ScriptPath], cardContainer, StripeJs, CardChanged, disposal.Token);
        }
        catch (JSException)
        {
            Show(new CheckoutState.StripeUnavailable());
            return false;
        }
        catch (JSDisconnectedException)
        {
            return false;
        }

        if (disposal.IsCancellationRequested)
        {
            await mounted.DisposeAsync();
            return false;
        }

        card = mounted;
        return true;
    }

    private async Task PayAsync()
    {
        // The page's button is disabled by the time that a second click arrives; the click may be on its way already.
        if (state is not CheckoutState.Ready || card is null)
            return;

        Show(new CheckoutState.Working(CheckoutActivity.CheckingCard, WithCardShown: true));
        await WorkAsync(async () =>
        {
            await card.SetDisabledAsync(true, disposal.Token);
            var made = await card.CreatePaymentMethodAsync(disposal.Token);
            if (made.PaymentMethodId is not { } paymentMethod)
            {
                await ShowAsync(new CheckoutState.Ready(made.Error?.Message ?? CheckoutText.ConnectionTrouble));
                return;
            }

            await FollowAsync(await Payments.PayAsync(Order, paymentMethod, Authentication, disposal.Token), withCardShown: true);
        });
    }

    private async Task ResumeAsync()
    {
        if (state is not (CheckoutState.Resumable or CheckoutState.OutcomeUnknown))
            return;

        Show(new CheckoutState.Working(CheckoutActivity.Confirming, WithCardShown: false));
        await WorkAsync(async () =>
            await FollowAsync(await Payments.ConfirmAsync(Order, disposal.Token), withCardShown: false));
    }

    private async Task UseAnotherCardAsync()
    {
        if (await MountCardAsync())
            await ShowAsync(new CheckoutState.Ready());
    }

    /// <summary>The loop of the guide: as long as the bank asks, show its challenge and confirm again.</summary>
    private async Task FollowAsync(PaymentOutcome outcome, bool withCardShown)
    {
        while (outcome is PaymentOutcome.ActionRequired { ClientSecret: var secret })
        {
            if (!await MountCardAsync())
                return;

            Show(new CheckoutState.Working(CheckoutActivity.WaitingForBank, withCardShown));
            var wasShown = await ShowChallengeAsync(secret);

            // Whatever the browser said, only the server's question to Stripe counts.
            Show(new CheckoutState.Working(CheckoutActivity.Confirming, withCardShown));
            outcome = await Payments.ConfirmAsync(Order, disposal.Token);
            if (outcome is PaymentOutcome.ActionRequired && !wasShown)
            {
                await ShowAsync(new CheckoutState.Resumable(AtBank: true, CheckoutText.BankPageUnavailable));
                return;
            }
        }

        await ShowAsync(Result(outcome));
        await ReportAsync(outcome);
    }

    /// <summary>False when Stripe.js could not show the challenge, or the shopper took longer than anyone waits.</summary>
    private async Task<bool> ShowChallengeAsync(string clientSecret)
    {
        using var limit = new CancellationTokenSource(BankTime, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, disposal.Token);
        try
        {
            return (await card!.HandleCardActionAsync(clientSecret, either.Token)).Error is null;
        }
        catch (Exception failed) when (failed is JSException || (failed is OperationCanceledException && limit.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task WorkAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (JSException)
        {
            await ShowAsync(new CheckoutState.Ready(CheckoutText.ConnectionTrouble));
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException && disposal.IsCancellationRequested)
        {
            // The shopper left. What was asked of the server goes on without the page (invariant 5).
        }
    }

    private Task ReportAsync(PaymentOutcome outcome) => outcome switch
    {
        PaymentOutcome.Succeeded { Receipt: var receipt } => OnPaid.InvokeAsync(receipt),
        PaymentOutcome.RequiresCapture { Receipt: var receipt } => OnPaid.InvokeAsync(receipt),
        PaymentOutcome.Declined { Failure: var failure } => OnFailed.InvokeAsync(failure),
        _ => Task.CompletedTask,
    };

    private static CheckoutState Result(PaymentOutcome outcome) => outcome.Match<CheckoutState>(
        succeeded => new CheckoutState.Paid(succeeded.Receipt),
        actionRequired => new CheckoutState.Resumable(AtBank: true),
        declined => declined.Failure.Reason is FailureReason.PaymentLost
            ? new CheckoutState.Closed(CheckoutText.Failure(declined.Failure))
            : new CheckoutState.Ready(CheckoutText.Failure(declined.Failure)),
        processing => new CheckoutState.Processing(),
        requiresCapture => new CheckoutState.Authorized(requiresCapture.Receipt),
        canceled => new CheckoutState.Closed(CheckoutText.Canceled),
        unknown => new CheckoutState.OutcomeUnknown(),
        refused => refused.Reason is RefusalReason.MalformedPaymentMethod or RefusalReason.NothingToConfirm
            ? new CheckoutState.Ready(CheckoutText.Refusal(refused.Reason))
            : new CheckoutState.Closed(CheckoutText.Refusal(refused.Reason)));

    private static CheckoutState Standing(PayableOrder? order) => order switch
    {
        null => new CheckoutState.Closed(CheckoutText.UnknownOrder),
        { OpenStep: not null } => new CheckoutState.OutcomeUnknown(),
        { State: PaymentState.AwaitingAuthentication } => new CheckoutState.Resumable(AtBank: true),
        { State: PaymentState.AwaitingConfirmation } => new CheckoutState.Resumable(AtBank: false),
        { State: PaymentState.Processing } => new CheckoutState.Processing(),
        { State: PaymentState.Authorized } => new CheckoutState.Authorized(order.Receipt),
        { State: PaymentState.Paid } => new CheckoutState.Paid(order.Receipt),
        { State: PaymentState.Canceled } => new CheckoutState.Closed(CheckoutText.Canceled),
        _ => new CheckoutState.Ready(),
    };

    private static bool NeedsCard(PayableOrder? order) => Standing(order) is CheckoutState.Ready or CheckoutState.Resumable { AtBank: true };

    private async Task ShowAsync(CheckoutState next)
    {
        if (next is CheckoutState.Ready && card is not null)
        {
            await card.SetDisabledAsync(false, disposal.Token);
            if (next is CheckoutState.Ready { Alert: not null })
                await card.FocusAsync(disposal.Token);
        }

        receiptWantsFocus = next is CheckoutState.Paid or CheckoutState.Authorized;
        Show(next);
    }

    private void Show(CheckoutState next)
    {
        state = next;
        typingProblem = null;
        if (!disposal.IsCancellationRequested)
            StateHasChanged();
    }

    private void CardChanged(CardChange change)
    {
        if (change.Problem == typingProblem && state is not CheckoutState.Ready { Alert: not null })
            return;

        // Typing answers the last alert.
        typingProblem = change.Problem;
        if (state is CheckoutState.Ready)
            state = new CheckoutState.Ready();
        _ = InvokeAsync(StateHasChanged);
    }
}
