using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PaymentApp.Payments;
using PaymentApp.Stripe;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>
/// The circuit is lost while the checkout shows each of its faces, and what the page waited for happens while it is away.
/// Afterwards the page tells the truth, the shopper can go on, and there is one charge.
/// </summary>
public sealed class LostCircuitTests
{
    private const string Good = "4242424242424242";
    private const string Challenged = "4000002500003155";
    private const string Poor = "4000000000009995";

    /// <summary>What the checkout shows when the line is cut.</summary>
    public enum Face
    {
        Loading,
        CardTyped,
        CheckingCard,
        AtTheBank,
        Confirming,
        Declined,
        Paid,
    }

    public static TheoryData<Face> Faces(int turn) => TestSize.Some(Enum.GetValues<Face>(), turn, oneIn: 6);

    [FullTheory]
    [MemberData(nameof(Faces), 0)]
    public Task A_circuit_that_is_regained_goes_on_where_it_was(Face face) => RunAsync(face, circuitsKept: 10, async visit =>
    {
        await visit.Line.CutAsync(untilTheCircuitIsGone: false);
        await Expect(visit.Notice.Trying).ToBeVisibleAsync();
        await Expect(visit.Notice.Box).ToContainTextAsync("A payment that has begun goes on safely without this page.");
        await visit.HappenAsync(face);
        visit.Line.Mend();
        await Expect(visit.Notice.Box).ToBeHiddenAsync();
        if (face is Face.Loading)
            visit.LetStripeJsLoad();

        if (face is Face.CardTyped)
            await visit.Checkout.PayButton.ClickAsync();
        else if (face is Face.Declined)
            await Expect(visit.Checkout.Alert).ToContainTextAsync("enough funds");
        if (face is Face.Loading or Face.Declined)
            await visit.Checkout.PayWithAsync(Good);
    });

    [Theory]
    [MemberData(nameof(Faces), 1)]
    public Task A_circuit_that_was_given_up_is_resumed_on_the_same_page_and_tells_the_truth(Face face) => RunAsync(face, circuitsKept: 0, async visit =>
    {
        await visit.MarkPageAsync();
        await visit.Line.CutAsync(untilTheCircuitIsGone: true);
        await visit.HappenAsync(face);
        visit.Line.Mend();
        if (face is Face.Loading)
            visit.LetStripeJsLoad();
        await visit.ResumedAsync();

        if (face is Face.Declined)
            await Expect(visit.Checkout.Alert).ToContainTextAsync("enough funds");
        if (face is Face.Loading or Face.CardTyped or Face.Declined)
        {
            await visit.Checkout.ReadyAsync();
            await visit.Checkout.PayWithAsync(Good);
        }

        await visit.Checkout.PaidAsync();
        await Expect(visit.Checkout.Page.GetByRole(AriaRole.Link, new() { Name = "View your order" })).ToBeVisibleAsync();
        // Of a circuit that had not rendered yet nothing is kept, and nothing can be lost: its page may be loaded anew.
        if (face is not Face.Loading)
            await visit.AssertSamePageAsync();
    });

    [Fact]
    public Task A_press_that_was_lost_with_the_line_can_be_made_again_with_another_card() => RunAsync(Face.CardTyped, circuitsKept: 10, async visit =>
    {
        await visit.Checkout.Card.FillAsync(Poor);
        await visit.Line.CutAsync(untilTheCircuitIsGone: false);
        await Expect(visit.Notice.Trying).ToBeVisibleAsync();
        await visit.Checkout.Page.GetByLabel("E-mail for your receipt").PressAsync("Enter");
        var pressed = visit.Checkout.Page.Locator("form[data-pressed]");
        await Expect(pressed).ToHaveCountAsync(1);
        visit.Line.Mend();
        await Expect(visit.Notice.Box).ToBeHiddenAsync();

        await Expect(pressed).ToHaveCountAsync(0);
        await visit.Checkout.Card.FillAsync(Good);
        await visit.Checkout.PayButton.ClickAsync();
    });

    [FullFact]
    public Task A_banks_page_that_is_open_when_its_circuit_is_resumed_is_waited_for() => RunAsync(Face.AtTheBank, circuitsKept: 0, async visit =>
    {
        await visit.MarkPageAsync();
        await visit.Line.CutAsync(untilTheCircuitIsGone: true);
        visit.Line.Mend();
        await visit.ResumedAsync();
        await Expect(visit.Notice.Box).ToBeHiddenAsync();
        await Expect(visit.Checkout.Status).ToContainTextAsync("Waiting for your bank…");

        await visit.Checkout.Challenge.CompleteAsync();
        await visit.Checkout.PaidAsync();
        await visit.AssertSamePageAsync();
    });

    [FullFact]
    public Task A_choice_made_in_the_demo_outlives_its_circuit() => RunAsync(Face.CardTyped, circuitsKept: 0, async visit =>
    {
        const string Choice = "Decline the card";
        await visit.Checkout.ChooseModeAsync(Choice);
        await visit.MarkPageAsync();
        await visit.Line.CutAsync(untilTheCircuitIsGone: true);
        visit.Line.Mend();
        await visit.ResumedAsync();
        await visit.Checkout.ReadyAsync();

        await Expect(visit.Checkout.Page.GetByRole(AriaRole.Radio, new() { Name = Choice })).ToBeCheckedAsync();
        await visit.Checkout.PayWithAsync(Challenged);
        await visit.Checkout.FailedAsync("which this checkout can't do");
        await visit.Checkout.PayWithAsync(Good);
    });

    [FullFact]
    public Task A_page_that_was_paused_goes_on_when_the_shopper_says_so() => RunAsync(Face.Declined, circuitsKept: 0, async visit =>
    {
        await visit.MarkPageAsync();
        await visit.Checkout.Page.EvaluateAsync("Blazor.pauseCircuit()");
        await Expect(visit.Notice.Paused).ToBeVisibleAsync();

        await visit.Notice.ContinueAsync();
        await visit.ResumedAsync();
        await Expect(visit.Notice.Box).ToBeHiddenAsync();
        await Expect(visit.Checkout.Alert).ToContainTextAsync("enough funds");
        await visit.AssertSamePageAsync();
        await visit.Checkout.ReadyAsync();
        await visit.Checkout.PayWithAsync(Good);
    });

    /// <summary>The page that is open is not a form: it has to be rendered again, which a browser that is away is asked in vain.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task An_orders_page_that_was_away_when_the_order_was_paid_says_so_when_it_is_back(int circuitsKept)
    {
        var line = new ShopLine();
        await using var shop = await Shop.OpenAsync(configure: services => services
            .AddSingleton<CircuitHandler>(line)
            .Configure<CircuitOptions>(circuits => circuits.DisconnectedCircuitMaxRetained = circuitsKept));
        var order = OrderId.Parse((await CheckoutScreen.PlaceAsync(shop)).Split('/')[^1]);
        await BrowserSession.RunAsync(async session =>
        {
            await line.LayAsync(session);
            await session.Page.GotoAsync(new Uri(shop.Address, $"orders/{order}").ToString());
            await Eventually.TrueAsync(() => shop.Services.GetRequiredService<OrderChanges>().IsWatched(order));
            await line.CutAsync(untilTheCircuitIsGone: circuitsKept == 0);

            await using (var scope = shop.Services.CreateAsyncScope())
                await scope.ServiceProvider.GetRequiredService<IPaymentService>().PayAsync(order, "pm_card_visa");
            line.Mend();

            await new CheckoutScreen(session.Page, shop).PaidAsync();
            await Expect(new ConnectionNotice(session.Page).Box).ToBeHiddenAsync();
            await Expect(session.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        });
    }

    private static async Task RunAsync(Face face, int circuitsKept, Func<Visit, Task> loseAndGoOn)
    {
        var line = new ShopLine();
        var gate = new StripeGate();
        await using var shop = await Shop.OpenAsync(configure: services =>
        {
            services.AddSingleton<CircuitHandler>(line);
            services.Configure<CircuitOptions>(circuits => circuits.DisconnectedCircuitMaxRetained = circuitsKept);
            services.AddHttpClient(StripeHosting.HttpClientName).AddHttpMessageHandler(gate.Handler);
        });
        await BrowserSession.RunAsync(async session =>
        {
            await line.LayAsync(session);
            var visit = new Visit(session, shop, line, gate);
            await visit.ReachAsync(face);

            await loseAndGoOn(visit);

            await visit.Checkout.PaidAsync();
            await Expect(visit.Notice.Box).ToBeHiddenAsync();
            await shop.AssertPaidOnceAsync(visit.Checkout.Order);
        });
    }

    private sealed class Visit(BrowserSession session, Shop shop, ShopLine line, StripeGate gate)
    {
        private readonly TaskCompletionSource _scriptMayLoad = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CheckoutScreen Checkout { get; } = new(session.Page, shop);

        public ConnectionNotice Notice { get; } = new(session.Page);

        public ShopLine Line => line;

        public async Task ReachAsync(Face face)
        {
            if (face is Face.Loading)
            {
                await LoadAsync();
                return;
            }

            await Checkout.BuyAsync("Desk lamp");
            switch (face)
            {
                case Face.CardTyped:
                    await Checkout.Card.FillAsync(Good);
                    break;
                case Face.CheckingCard:
                    gate.Close("/v1/payment_intents");
                    await Checkout.PayWithAsync(Good);
                    await gate.Arrived;
                    await Expect(Checkout.Status).ToContainTextAsync("Checking your card…");
                    break;
                case Face.AtTheBank:
                    await Checkout.PayWithAsync(Challenged);
                    await Checkout.Challenge.ShownAsync();
                    break;
                case Face.Confirming:
                    gate.Close("/confirm");
                    await Checkout.PayWithAsync(Challenged);
                    await Checkout.Challenge.CompleteAsync();
                    await gate.Arrived;
                    await Expect(Checkout.Status).ToContainTextAsync("Confirming your payment…");
                    break;
                case Face.Declined:
                    await Checkout.PayWithAsync(Poor);
                    await Checkout.FailedAsync("enough funds");
                    break;
                default:
                    await Checkout.PayWithAsync(Good);
                    await Checkout.PaidAsync();
                    break;
            }
        }

        /// <summary>What the page was waiting for comes about while it cannot be told.</summary>
        public async Task HappenAsync(Face face)
        {
            if (face is Face.AtTheBank)
                await Checkout.Challenge.CompleteAsync();
            if (face is Face.CheckingCard or Face.Confirming)
            {
                gate.Open();
                await PaidInTheLedgerAsync();
            }
        }

        public async Task MarkPageAsync() => await session.Page.EvaluateAsync("""
            window.samePage = true;
            document.querySelector('form[aria-label=Payment]').dataset.circuit = 'first';
            const states = [];
            document.getElementById('components-reconnect-modal').addEventListener('components-reconnect-state-changed', ({ detail }) => {
                states.push(detail.state);
                sessionStorage.setItem('connection-states', states.join(' '));
            });
            """);

        /// <summary>Waits until the form is the resumed circuit's: until then the one that was left stands in the page.</summary>
        public Task ResumedAsync() => Expect(session.Page.Locator("form[data-circuit=first]")).ToHaveCountAsync(0);

        public async Task AssertSamePageAsync() => Assert.True(
            await session.Page.EvaluateAsync<bool>("window.samePage === true"),
            "The page was loaded anew. Its connection was " + await session.Page.EvaluateAsync<string?>("sessionStorage.getItem('connection-states')"));

        public void LetStripeJsLoad() => _scriptMayLoad.SetResult();

        private async Task PaidInTheLedgerAsync()
        {
            using var changed = new SemaphoreSlim(0);
            using var subscription = shop.Services.GetRequiredService<OrderChanges>().Subscribe(Checkout.Order, version: null, _ => changed.Release());
            while ((await shop.BooksOfAsync(Checkout.Order)).State is not PaymentState.Paid)
                await changed.WaitAsync();
        }

        private async Task LoadAsync()
        {
            await session.Page.RouteAsync("**/stripe.js", async route =>
            {
                await _scriptMayLoad.Task;
                await route.ContinueAsync();
            });
            await session.Page.GotoAsync(shop.Address.ToString());
            await session.Page.GetByRole(AriaRole.Article, new() { Name = "Desk lamp" }).GetByRole(AriaRole.Button).ClickAsync();
            // The page asks for it before its circuit, which waits for it, is there.
            await Expect(session.Page.Locator("script[src$='/stripe.js']")).ToBeAttachedAsync();
            await Expect(Checkout.PayButton).ToBeDisabledAsync();
        }
    }

    /// <summary>Holds one kind of request on its way from the shop to Stripe.</summary>
    private sealed class StripeGate
    {
        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private string? _closedTo;

        public Task Arrived => _arrived.Task;

        public void Close(string pathEnd) => _closedTo = pathEnd;

        public void Open() => _opened.SetResult();

        public DelegatingHandler Handler() => new Guard(this);

        private sealed class Guard(StripeGate gate) : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                if (gate._closedTo is { } end && request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith(end, StringComparison.Ordinal))
                {
                    gate._arrived.TrySetResult();
                    await gate._opened.Task.WaitAsync(cancellationToken);
                }

                return await base.SendAsync(request, cancellationToken);
            }
        }
    }
}
