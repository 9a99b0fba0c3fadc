using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using PaymentApp.Languages;
using PaymentApp.Payments;

namespace PaymentApp.Checkout;

/// <summary>
/// Takes the payment of an order: the card goes into Stripe's iframe, the bank's challenge is shown where there is one,
/// and the server decides what became of it. Needs an interactive server render mode; any page can host it.
/// <see cref="CheckoutFlow"/> says what comes after what.
/// </summary>
public sealed partial class CheckoutForm : ICheckoutPage
{
    internal const string ScriptPath = "Checkout/CheckoutForm.razor.js";

    private const string EmailField = "email";
    private const string NameField = "cardholder";

    private static readonly TimeSpan BankHintAfter = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _disposal = new();
    private readonly CancellationToken _left;
    private CheckoutFlow? _flow;
    private CardField _cardField = null!;
    private CheckoutReceipt? _receiptView;
    private StripeCard? _card;
    private PaymentChange? _opened;
    private CheckoutHandover? _before;
    private string? _amount;
    private bool _receiptWantsFocus;
    private IDisposable? _subscription;
    private IDisposable? _leaving;
    private OrderId? _payable;
    private IReadOnlyList<string> _wrongFields = [];
    private ITimer? _bankTimer;
    private bool _isBankSlow;

    // The token outlives its source: the server may answer long after the shopper left.
    public CheckoutForm() => _left = _disposal.Token;

    [Inject]
    private IPaymentService Payments { get; set; } = null!;

    [Inject]
    private IJSRuntime Runtime { get; set; } = null!;

    [Inject]
    private ShopperConnection Shopper { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private OrderChanges Changes { get; set; } = null!;

    [Inject]
    private BrowserConnection Browser { get; set; } = null!;

    [Inject]
    private PersistentComponentState Persisted { get; set; } = null!;

    [Inject]
    private IOptions<ShopOptions> Shop { get; set; } = null!;

    [Inject]
    private CheckoutText Text { get; set; } = null!;

    [Inject]
    private ReaderCulture Reader { get; set; } = null!;

    /// <summary>
    /// The order to pay. What it costs is the server's knowledge. A form is one order's for life: where a page can change
    /// orders, give the form a <c>@key</c> of it.
    /// </summary>
    [Parameter, EditorRequired]
    public OrderId Order { get; set; }

    /// <summary>How the order stood when the page was rendered, for a page that has read it; the form then need not. Null to have it read.</summary>
    [Parameter]
    public PaymentChange? Known { get; set; }

    /// <summary>Which of the guide's two integrations to use; null for the one that is configured.</summary>
    [Parameter]
    public AuthenticationMode? Authentication { get; set; }

    /// <summary>Called once, when the form shows that the order is paid or its amount held for a later capture; also where it was so before.</summary>
    [Parameter]
    public EventCallback<PaidReceipt> OnPaid { get; set; }

    /// <summary>Called when an attempt failed for good. The form shows it already and lets the shopper try again.</summary>
    [Parameter]
    public EventCallback<PaymentFailure> OnFailed { get; set; }

    /// <summary>What stands above the receipt, for a page whose own heading says that the order is paid; null to say it here.</summary>
    [Parameter]
    public string? ReceiptHeading { get; set; }

    private CheckoutFlow Flow => _flow ??= new CheckoutFlow(Payments, Shopper, this, Text, Order, _left);

    private CheckoutState State => Flow.State;

    private bool IsBusy => State is CheckoutState.Loading or CheckoutState.Working;

    private bool ShowsCard => State is CheckoutState.Loading or CheckoutState.Ready or CheckoutState.Working { WithCardShown: true };

    private string? Alert => Flow.TypingProblem is { } problem && State is CheckoutState.Ready ? problem : Text.Alert(State);

    /// <exception cref="InvalidOperationException">The form was given another order.</exception>
    protected override void OnParametersSet()
    {
        _payable ??= Order;
        if (_payable != Order)
            throw new InvalidOperationException("A checkout form pays one order. Give it a @key of the order to make a new one for another.");
    }

    protected override async Task OnInitializedAsync()
    {
        _before = CheckoutHandover.Take(Persisted, Order);
        _opened = _before?.Known?.ChangeOf(Order) ?? (Known?.Order == Order ? Known : null);
        if (_opened is null && await Payments.FindAsync(Order, _left) is { } payment)
            _opened = PaymentChange.To(payment);
        _amount = _opened?.View.Amount.Format(Reader.Culture);
        Flow.Begin(_opened?.View);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            // Not while it is prerendered, when nothing has happened that the page would not say again.
            _leaving = CheckoutHandover.Leave(Persisted, Order, () => Flow.HandoverWith(_opened));
            _subscription = Changes.Subscribe(Order, _opened?.Version, change => Dispatch(() => UntilLeftAsync(() =>
            {
                Flow.Take(change);
                return Task.CompletedTask;
            })));
            await UntilLeftAsync(() => Flow.OpenAsync(_opened, _before));
        }

        if (_receiptWantsFocus && _receiptView is { } receipt)
        {
            _receiptWantsFocus = false;
            await UntilLeftAsync(() => Browser.RepeatAsync(_ => receipt.FocusAsync(), _left));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        if (_bankTimer is not null)
            await _bankTimer.DisposeAsync();
        _leaving?.Dispose();
        await _disposal.CancelAsync();
        if (_card is not null)
            await _card.DisposeAsync();
        _disposal.Dispose();
    }

    private Task PayAsync() => UntilLeftAsync(() => Flow.PayAsync(Authentication));

    private Task ResumeAsync() => UntilLeftAsync(Flow.ResumeAsync);

    private Task UseAnotherCardAsync() => UntilLeftAsync(Flow.UseAnotherCardAsync);

    private Task TryAgainAsync() => State is CheckoutState.StripeUnavailable
        ? UntilLeftAsync(() => Flow.OpenAsync(opened: null, before: null))
        : Task.CompletedTask;

    void ICheckoutPage.Render()
    {
        // A page that says by its own heading that the order is paid takes the focus there.
        _receiptWantsFocus = State.FinalReceipt is not null && ReceiptHeading is null;
        TimeBank();
        StateHasChanged();
    }

    /// <summary>Has a hint appear when the bank's page takes its time.</summary>
    private void TimeBank()
    {
        var isAtBank = State is CheckoutState.Working { Activity: CheckoutActivity.WaitingForBank };
        if (isAtBank == _bankTimer is not null)
            return;

        _isBankSlow = false;
        _bankTimer?.Dispose();
        _bankTimer = isAtBank ? Clock.CreateTimer(_ => Dispatch(ShowBankHint), state: null, BankHintAfter, Timeout.InfiniteTimeSpan) : null;
    }

    private Task ShowBankHint()
    {
        _isBankSlow = _bankTimer is not null;
        StateHasChanged();
        return Task.CompletedTask;
    }

    private bool IsWrong(string field) => _wrongFields.Contains(field);

    private string IdOf(string part) => $"checkout-{part}-{Order}";

    async Task<StripeCard?> ICheckoutPage.MountCardAsync()
    {
        var mounted = await StripeCard.MountAsync(
            Browser, Runtime, "./" + Assets[ScriptPath], _cardField.Container,
            problem => Dispatch(() =>
            {
                Flow.CardChanged(problem);
                return Task.CompletedTask;
            }),
            wrong => Dispatch(() =>
            {
                _wrongFields = wrong;
                StateHasChanged();
                return Task.CompletedTask;
            }),
            _left);
        if (_left.IsCancellationRequested && mounted is not null)
            await mounted.DisposeAsync();
        else
            _card = mounted;
        return _card;
    }

    Task ICheckoutPage.ReportPaidAsync(PaidReceipt receipt) => OnPaid.InvokeAsync(receipt);

    Task ICheckoutPage.ReportFailedAsync(PaymentFailure failure) => OnFailed.InvokeAsync(failure);

    /// <summary>The shopper may leave at every await. What was asked of the server goes on without the page (invariant 5).</summary>
    private async Task UntilLeftAsync(Func<Task> work)
    {
        try
        {
            await work();
            await Flow.CatchUpAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone for good, and this form with its circuit in a moment.
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The form is gone: nobody is there to be told.
        }
    }
}
