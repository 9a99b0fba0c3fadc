using System.Globalization;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;
using PaymentApp.Checkout;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Checkout;

/// <summary>A shop with one order, a shopper's browser, and time that stands still.</summary>
public abstract class CheckoutFormContext : BunitContext, IAsyncLifetime
{
    internal static readonly StripeJsSettings StripeJs = new(new Uri("https://js.stripe.example/dahlia/stripe.js"), "pk_test_shop");

    private protected CheckoutFormContext()
    {
        HostOnPaid = PaidReports.Add;
        Connection = new BrowserConnection(Clock);
        // Only a test that fails waits this long.
        DefaultWaitTimeout = TimeSpan.FromMinutes(2);
        Services.AddTexts();
        Services.AddOptions<ShopOptions>();
        Services.AddSingleton(StripeJs);
        Services.AddSingleton(new DemoSettings(Dashboard: null));
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(Changes);
        Services.AddSingleton(Shopper);
        Services.AddSingleton(Connection);
        Services.AddSingleton(_ => Payments.Service);
        Persisted = this.AddBunitPersistentComponentState();
    }

    private protected OrderId Order { get; } = OrderId.New();

    private protected static Money Amount { get; } = Money.OfMajor(49m, Currency.Usd);

    private protected static string AmountText => Amount.Format(CultureInfo.CurrentCulture);

    private protected static PaidReceipt Receipt { get; } = new("1042", Amount, new CardSummary("visa", "4242"));

    private protected ShopperConnection Shopper { get; } = new();

    private protected FakeTimeProvider Clock { get; } = TestClock.Create();

    private protected ScriptedBrowser Browser => field ??= new ScriptedBrowser(JSInterop, Renderer.Dispatcher);

    private protected ScriptedCard Card => Browser.Card;

    private protected ScriptedPayments Payments => field ??= new ScriptedPayments(Renderer.Dispatcher);

    private protected IRenderedComponent<CheckoutForm>? Page { get; private set; }

    /// <summary>Blazor's name of the element that Stripe.js fills: it gives a new one to a new element.</summary>
    private protected string Container => Page!.FindComponent<CardField>().Instance.Container.Id;

    /// <summary>The browser is away for a moment.</summary>
    private protected Task LoseAndRegainAsync() => Renderer.Dispatcher.InvokeAsync(async () =>
    {
        await Connection.OnConnectionDownAsync(null!, default);
        await Connection.OnConnectionUpAsync(null!, default);
    });

    /// <summary>What the form's host was told.</summary>
    private protected List<PaidReceipt> PaidReports { get; } = [];

    private protected Action<PaidReceipt> HostOnPaid { get; set; }

    /// <inheritdoc cref="PaidReports"/>
    private protected List<PaymentFailure> FailureReports { get; } = [];

    /// <summary>Whether the test has looked at what was thrown into the circuit, and wanted it.</summary>
    private protected bool ExpectsThrown { get; set; }

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync()
    {
        if (!ExpectsThrown)
            AssertNothingWasThrown();
        await DisposeAsync();
        Browser.Dispose();
    }

    /// <summary>What tells the form that a webhook, the sweeper or another tab moved its order.</summary>
    private protected OrderChanges Changes { get; } = new();

    /// <summary>The circuit's way to its browser.</summary>
    private protected BrowserConnection Connection { get; }

    /// <summary>What circuits that were given up left to those that resume them.</summary>
    private protected BunitPersistentComponentState Persisted { get; }

    private protected Payment OrderIn(PaymentState state, bool withOpenStep = false) => new(
        new PayableOrder(Order, Receipt.OrderNumber, Amount),
        state,
        Intent: state is PaymentState.AwaitingPayment ? null : PaymentIntentId.Parse("pi_1"),
        Attempts: state is PaymentState.AwaitingPayment ? 0 : 1,
        OpenStep: withOpenStep ? new PaymentStep(Order, 1, 1, PaymentStepKind.Create, PaymentMethodId.Parse("pm_1"), AuthenticationMode.Handle) : null,
        LastFailure: null,
        Card: state is PaymentState.Paid or PaymentState.Authorized ? Receipt.Card : null,
        Version: 1);

    /// <summary>A shopper opens the checkout of an order that stands so.</summary>
    private protected CheckoutScreen Open(PaymentState state = PaymentState.AwaitingPayment, bool withOpenStep = false)
    {
        Payments.Hold(OrderIn(state, withOpenStep));
        return OpenForm();
    }

    private protected CheckoutScreen OpenForm(AuthenticationMode? authentication = null, PaymentChange? known = null)
    {
        _ = Browser;
        Page = Render<CheckoutForm>(form => form
            .Add(parameters => parameters.Order, Order)
            .Add(parameters => parameters.Known, known)
            .Add(parameters => parameters.Authentication, authentication)
            .Add(parameters => parameters.OnPaid, receipt => HostOnPaid(receipt))
            .Add(parameters => parameters.OnFailed, FailureReports.Add));
        return new CheckoutScreen(Page);
    }

    /// <summary>The shopper goes elsewhere while the circuit lives on.</summary>
    private protected async Task LeaveAsync()
    {
        await DisposeComponentsAsync();
        await Renderer.Dispatcher.InvokeAsync(() => { });
    }

    /// <summary>Lets time pass; when it has, the form has done all that it does about it.</summary>
    private protected async Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await Renderer.Dispatcher.InvokeAsync(() => { });
    }

    /// <summary>The exception that reached Blazor, where it would have ended the circuit.</summary>
    private protected Exception? Thrown => Renderer.UnhandledException is { IsCompletedSuccessfully: true, Result: var thrown } ? thrown : null;

    private protected void AssertNothingWasThrown() => Assert.Null(Thrown);
}
