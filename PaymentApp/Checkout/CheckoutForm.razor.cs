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

    private readonly CancellationTokenSource disposal = new();
    private readonly CancellationToken left;
    private CheckoutState state = new CheckoutState.Loading();
    private OrderId? payable;
    private ElementReference cardContainer;
    private CheckoutReceipt? receiptView;
    private StripeCard? card;
    private string? typingProblem;
    private string? amount;
    private bool receiptWantsFocus;
    private bool orderMoved;
    private bool isPaidReported;
    private CheckoutHandover? handover;
    private IDisposable? subscription;
    private IDisposable? leaving;

    // The token outlives its source: the server may answer long after the shopper left.
    public CheckoutForm() => left = disposal.Token;

    [Inject]
    private IPaymentService Payments { get; set; } = null!;

    [Inject]
    private IJSRuntime Runtime { get; set; } = null!;

    [Inject]
    private StripeJsSettings StripeJs { get; set; } = null!;

    [Inject]
    private OrderChanges Changes { get; set; } = null!;

    [Inject]
    private BrowserConnection Browser { get; set; } = null!;

    [Inject]
    private PersistentComponentState Persisted { get; set; } = null!;

    /// <summary>
    /// The order to pay. What it costs is the server's knowledge. A form is one order's for life: where a page can change
    /// orders, give the form a <c>@key</c> of it.
    /// </summary>
    [Parameter, EditorRequired]
    public OrderId Order { get; set; }

    /// <summary>Which of the guide's two integrations to use; null for the one that is configured.</summary>
    [Parameter]
    public AuthenticationMode? Authentication { get; set; }

    /// <summary>Called once, when the form shows that the order is paid or its amount held for a later capture; also where it was so before.</summary>
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

    /// <exception cref="InvalidOperationException">The form was given another order.</exception>
    protected override void OnParametersSet()
    {
        payable ??= Order;
        if (payable != Order)
            throw new InvalidOperationException("A checkout form pays one order. Give it a @key of the order to make a new one for another.");
    }

    protected override async Task OnInitializedAsync()
    {
        handover = CheckoutHandover.Take(Persisted, Order);
        amount = (await Payments.FindAsync(Order, left))?.Order.Amount.Format(CultureInfo.CurrentCulture);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            leaving = CheckoutHandover.Leave(Persisted, Order, () => CheckoutHandover.Of(state));
            subscription = Changes.Subscribe(Order, () => _ = InvokeAsync(FollowOrderAsync));
            await LoadAsync();
        }

        if (receiptWantsFocus && receiptView is { } receipt)
        {
            receiptWantsFocus = false;
            await UntilLeftAsync(() => Browser.RepeatAsync(_ => receipt.FocusAsync(), left));
        }
    }

    public async ValueTask DisposeAsync()
    {
        subscription?.Dispose();
        leaving?.Dispose();
        await disposal.CancelAsync();
        if (card is not null)
            await card.DisposeAsync();
        disposal.Dispose();
    }

    private Task LoadAsync()
    {
        Show(new CheckoutState.Loading());
        return UntilLeftAsync(async () =>
        {
            var order = await Payments.RefreshAsync(Order, PaymentActor.Shopper, left);
            var standing = Standing(order);
            var before = handover;
            handover = null;

            // What was under way when the circuit was given up goes on: the bank's page may stand open in the browser.
            if (before is { WasBusy: true } && standing is CheckoutState.Resumable)
            {
                await ConfirmAsync();
                return;
            }

            if (before is not null && standing is CheckoutState.Ready)
                standing = new CheckoutState.Ready(before.AlertFor(order!));

            // The bank's page comes from Stripe.js too: whether it can be had is better known before the click.
            if (standing is not CheckoutState.Resumable { AtBank: true } || await MountCardAsync())
                await ShowAsync(standing);
        });
    }

    /// <summary>A webhook, the sweeper or another tab moved the order: what the form says must be true without asking.</summary>
    private Task FollowOrderAsync()
    {
        orderMoved = true;
        return UntilLeftAsync(() => Task.CompletedTask);
    }

    /// <summary>Reads an order that moved, once the form has heard the answer that it waits for.</summary>
    private async Task CatchUpAsync()
    {
        while (orderMoved && !IsBusy && state is not (CheckoutState.Paid or CheckoutState.Closed))
        {
            orderMoved = false;
            var shown = state;
            var order = await Payments.FindAsync(Order, left);
            var standing = Standing(order);
            if (standing is CheckoutState.Ready && order?.LastFailure is { } failure)
                standing = new CheckoutState.Ready(CheckoutText.Failure(failure));

            // A card that is being typed is not taken away for less than the end of the order.
            if (!ReferenceEquals(shown, state))
                orderMoved = true;
            else if (!SaysTheSame(standing, shown) && (shown is not CheckoutState.Ready || IsSettled(standing)))
                await ShowAsync(standing);
        }
    }

    private static bool SaysTheSame(CheckoutState one, CheckoutState other) =>
        one is CheckoutState.Resumable { AtBank: var atBank } && other is CheckoutState.Resumable { AtBank: var otherAtBank }
            ? atBank == otherAtBank
            : one.GetType() == other.GetType();

    private static bool IsSettled(CheckoutState state) =>
        state is CheckoutState.Paid or CheckoutState.Authorized or CheckoutState.Processing or CheckoutState.Closed;

    private Task TryAgainAsync() => state is CheckoutState.StripeUnavailable ? LoadAsync() : Task.CompletedTask;

    /// <summary>False when there is no card field to go on with, which the state then says.</summary>
    /// <exception cref="OperationCanceledException">The shopper left.</exception>
    private async Task<bool> MountCardAsync()
    {
        left.ThrowIfCancellationRequested();
        if (card is not null)
            return true;

        Show(new CheckoutState.Loading());
        var mounted = await StripeCard.MountAsync(Browser, Runtime, "./" + Assets[ScriptPath], cardContainer, StripeJs, CardChanged, left);
        if (left.IsCancellationRequested && mounted is not null)
            await mounted.DisposeAsync();
        left.ThrowIfCancellationRequested();
        card = mounted;
        if (card is null)
            Show(new CheckoutState.StripeUnavailable());
        return card is not null;
    }

    private async Task PayAsync()
    {
        // The page's button is disabled by the time that a second click arrives; the click may be on its way already.
        if (state is not CheckoutState.Ready || card is not { } typed)
            return;

        Show(new CheckoutState.Working(CheckoutActivity.CheckingCard, WithCardShown: true));
        await UntilLeftAsync(async () =>
        {
            var made = await typed.CreatePaymentMethodAsync(left);
            if (made.PaymentMethodId is { } paymentMethod)
                await FollowAsync(await Payments.PayAsync(Order, paymentMethod, Authentication, left), withCardShown: true);
            else
                await ShowAsync(new CheckoutState.Ready(CheckoutText.CardError(made.Error)));
        });
    }

    private Task ResumeAsync() => state is CheckoutState.Resumable or CheckoutState.OutcomeUnknown or CheckoutState.Processing
        ? UntilLeftAsync(ConfirmAsync)
        : Task.CompletedTask;

    private async Task ConfirmAsync()
    {
        Show(new CheckoutState.Working(CheckoutActivity.Confirming, WithCardShown: false));
        await FollowAsync(await Payments.ConfirmAsync(Order, PaymentActor.Shopper, left), withCardShown: false);
    }

    private Task UseAnotherCardAsync() => state is CheckoutState.Resumable
        ? UntilLeftAsync(() => ShowAsync(new CheckoutState.Ready()))
        : Task.CompletedTask;

    /// <summary>The loop of the guide: as long as the bank asks, show its challenge and confirm again.</summary>
    private async Task FollowAsync(PaymentOutcome outcome, bool withCardShown)
    {
        while (outcome is PaymentOutcome.ActionRequired { ClientSecret: var secret })
        {
            if (!await MountCardAsync())
                return;

            Show(new CheckoutState.Working(CheckoutActivity.WaitingForBank, withCardShown));
            var challenge = await card!.HandleCardActionAsync(secret, left);

            // Whatever the browser said, and if it could not, only the server's question to Stripe counts.
            Show(new CheckoutState.Working(CheckoutActivity.Confirming, withCardShown));
            outcome = await Payments.ConfirmAsync(Order, PaymentActor.Shopper, left);
            if (outcome is PaymentOutcome.ActionRequired && challenge?.Error is { } error)
            {
                await ShowAsync(new CheckoutState.Resumable(AtBank: true, CheckoutText.ChallengeError(error)));
                return;
            }
        }

        await ShowAsync(Result(outcome), (outcome as PaymentOutcome.Declined)?.Failure);
    }

    /// <summary>The shopper may leave at every await. What was asked of the server goes on without the page (invariant 5).</summary>
    private async Task UntilLeftAsync(Func<Task> work)
    {
        try
        {
            await work();
            await CatchUpAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone for good, and this form with its circuit in a moment.
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // The form is gone: nobody is there to be told.
        }
    }

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
        refused => refused.Reason is RefusalReason.MalformedPaymentMethod or RefusalReason.NothingToConfirm or RefusalReason.TooManyAttempts
            ? new CheckoutState.Ready(CheckoutText.Refusal(refused.Reason))
            : new CheckoutState.Closed(CheckoutText.Refusal(refused.Reason)));

    private static CheckoutState Standing(Payment? payment) => payment switch
    {
        null => new CheckoutState.Closed(CheckoutText.UnknownOrder),
        { State: PaymentState.Paid } => new CheckoutState.Paid(payment.Receipt),
        { State: PaymentState.Canceled } => new CheckoutState.Closed(CheckoutText.Canceled),
        { OpenStep: not null } => new CheckoutState.OutcomeUnknown(),
        { State: PaymentState.AwaitingAuthentication } => new CheckoutState.Resumable(AtBank: true),
        { State: PaymentState.AwaitingConfirmation } => new CheckoutState.Resumable(AtBank: false),
        { State: PaymentState.Processing } => new CheckoutState.Processing(),
        { State: PaymentState.Authorized } => new CheckoutState.Authorized(payment.Receipt),
        _ => new CheckoutState.Ready(),
    };

    /// <summary>Shows a state, tells the host what it must know, and only then sees to the browser, which may be away.</summary>
    /// <param name="failure">Why the attempt failed that led here, if one did.</param>
    /// <exception cref="OperationCanceledException">The shopper left.</exception>
    private async Task ShowAsync(CheckoutState next, PaymentFailure? failure = null)
    {
        left.ThrowIfCancellationRequested();
        if (next is CheckoutState.Ready && card is null)
        {
            await ReportAsync(next, failure);
            failure = null;
            if (!await MountCardAsync())
                return;
        }

        receiptWantsFocus = next is CheckoutState.Paid or CheckoutState.Authorized;
        Show(next);
        await ReportAsync(next, failure);

        if (next is CheckoutState.Ready { Alert: var alert } && card is { } field)
        {
            await field.EnableAsync(left);
            if (alert is not null && ReferenceEquals(state, next))
                await field.FocusAsync(left);
        }
    }

    private async Task ReportAsync(CheckoutState shown, PaymentFailure? failure)
    {
        if (failure is not null)
            await OnFailed.InvokeAsync(failure);

        var receipt = shown switch
        {
            CheckoutState.Paid { Receipt: var paid } => paid,
            CheckoutState.Authorized { Receipt: var held } => held,
            _ => null,
        };
        if (receipt is null || isPaidReported)
            return;

        isPaidReported = true;
        await OnPaid.InvokeAsync(receipt);
    }

    private void Show(CheckoutState next)
    {
        state = next;
        typingProblem = null;
        StateHasChanged();
    }

    private void CardChanged(string? problem)
    {
        if (problem == typingProblem && state is not CheckoutState.Ready { Alert: not null })
            return;

        // Typing answers the last alert.
        typingProblem = problem;
        if (state is CheckoutState.Ready)
            state = new CheckoutState.Ready();
        _ = InvokeAsync(StateHasChanged);
    }
}
