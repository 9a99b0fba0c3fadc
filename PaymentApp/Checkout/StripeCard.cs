using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace PaymentApp.Checkout;

/// <summary>
/// A card element of Stripe.js on the page: one C# method for each function of <c>CheckoutForm.razor.js</c>.
/// https://docs.stripe.com/js/element.
/// </summary>
internal sealed class StripeCard : IAsyncDisposable
{
    // A shopper may have to find a phone, an app and a code.
    private static readonly TimeSpan BankTime = TimeSpan.FromMinutes(20);

    private readonly BrowserConnection _browser;
    private readonly IJSObjectReference _module;
    private readonly IJSObjectReference _card;
    private readonly CardRelay _relay;

    private StripeCard(BrowserConnection browser, IJSObjectReference module, IJSObjectReference card, CardRelay relay)
    {
        _browser = browser;
        _module = module;
        _card = card;
        _relay = relay;
    }

    /// <summary>Loads the script and Stripe.js and puts a card element into a <see cref="CardField"/>, unless the page has done so already.</summary>
    /// <param name="container">The field's own.</param>
    /// <param name="fieldsChecked">Called with the names of the fields beside the card that are filled in wrongly, when that changed.</param>
    /// <param name="typed">Called when something was typed, with what is wrong with it in Stripe's words, if anything is.</param>
    /// <returns>Null where the script or Stripe.js could not be loaded, or not in time.</returns>
    /// <exception cref="OperationCanceledException">It was no longer wanted.</exception>
    /// <exception cref="JSDisconnectedException">The circuit has ended.</exception>
    public static async Task<StripeCard?> MountAsync(
        BrowserConnection browser, IJSRuntime runtime, string scriptPath, ElementReference container, Action<string?> typed, Action<IReadOnlyList<string>> fieldsChecked, CancellationToken cancellationToken)
    {
        // Neither call is given up half-way: only what has arrived can be given back.
        if (await LoadAsync(browser, () => runtime.InvokeAsync<IJSObjectReference>("import", new ScriptText(scriptPath))) is not { } module)
            return null;

        var relay = new CardRelay(typed, fieldsChecked);
        IJSObjectReference? card = null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            card = await LoadAsync(browser, () => module.InvokeAsync<IJSObjectReference>("init", container, relay.Reference));
        }
        finally
        {
            if (card is null)
            {
                relay.Dispose();
                await ReleaseAsync(browser, module);
            }
        }

        return card is null ? null : new StripeCard(browser, module, card, relay);
    }

    /// <summary>
    /// Takes no more typing and makes a PaymentMethod of what was typed:
    /// https://docs.stripe.com/js/payment_methods/create_payment_method. It is asked for once more when it was lost on its
    /// way: nothing is charged by it.
    /// </summary>
    public async Task<CardResult> CreatePaymentMethodAsync(CancellationToken cancellationToken) =>
        Result(await _browser.RepeatAsync(
            stop => _card.InvokeAsync<CardResult>("createPaymentMethod", stop),
            BrowserConnection.ScriptTime,
            cancellationToken)) ?? CardResult.Failed;

    /// <summary>
    /// Shows the bank's challenge and ends when it has ended, which takes the shopper as long as it takes:
    /// https://docs.stripe.com/js/payment_intents/handle_card_action.
    /// </summary>
    /// <returns>Null where the answer was lost: the challenge may have ended, or be open still.</returns>
    public async Task<CardResult?> HandleCardActionAsync(string clientSecret, CancellationToken cancellationToken) =>
        Result(await _browser.AskAsync(
            stop => _card.InvokeAsync<CardResult>("handleCardAction", stop, new ScriptText(clientSecret)), BankTime, cancellationToken));

    /// <summary>Lets the shopper type. Where the browser cannot be told, it is not worth more than the attempt.</summary>
    public Task EnableAsync(CancellationToken cancellationToken) =>
        _browser.RepeatAsync(stop => _card.InvokeVoidAsync("enable", stop), cancellationToken);

    /// <summary>Takes the card away that was typed, so that another one is entered.</summary>
    public Task ClearAsync(CancellationToken cancellationToken) =>
        _browser.RepeatAsync(stop => _card.InvokeVoidAsync("clear", stop), cancellationToken);

    /// <inheritdoc cref="EnableAsync"/>
    public Task FocusAsync(CancellationToken cancellationToken) =>
        _browser.RepeatAsync(stop => _card.InvokeVoidAsync("focus", stop), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (await _browser.RepeatAsync(stop => _card.InvokeVoidAsync("dispose", stop)) is BrowserAnswer<bool>.Failed { Exception: var failure })
                throw failure;
        }
        catch (JSDisconnectedException)
        {
            // The browser left, and took the element with it.
        }
        finally
        {
            await ReleaseAsync(_browser, _card);
            await ReleaseAsync(_browser, _module);
            _relay.Dispose();
        }
    }

    private static async Task<IJSObjectReference?> LoadAsync(BrowserConnection browser, Func<ValueTask<IJSObjectReference>> load) =>
        await browser.RepeatAsync(_ => load(), BrowserConnection.ScriptTime) is BrowserAnswer<IJSObjectReference>.Answered { Value: var loaded }
            ? loaded
            : null;

    private static CardResult? Result(BrowserAnswer<CardResult> answer) => answer switch
    {
        BrowserAnswer<CardResult>.Answered { Value: var result } => result,
        BrowserAnswer<CardResult>.Failed => CardResult.Failed,
        BrowserAnswer<CardResult>.TimedOut => CardResult.TimedOut,
        BrowserAnswer<CardResult>.Lost => null,
        _ => throw new InvalidOperationException($"Unknown answer {answer}."),
    };

    private static async ValueTask ReleaseAsync(BrowserConnection browser, IJSObjectReference reference)
    {
        try
        {
            await browser.RepeatAsync(_ => reference.DisposeAsync());
        }
        catch (JSDisconnectedException)
        {
            // The browser left: there is nothing to release.
        }
    }

    /// <summary>The only object that the script may call back.</summary>
    private sealed class CardRelay : IDisposable
    {
        private readonly Action<string?> _typed;
        private readonly Action<IReadOnlyList<string>> _fieldsChecked;

        public CardRelay(Action<string?> typed, Action<IReadOnlyList<string>> fieldsChecked)
        {
            (_typed, _fieldsChecked) = (typed, fieldsChecked);
            Reference = DotNetObjectReference.Create(this);
        }

        public DotNetObjectReference<CardRelay> Reference { get; }

        [JSInvokable]
        public void Changed(ScriptText problem) => _typed(problem.Value);

        [JSInvokable]
        public void FieldsChecked(string[] wrong) => _fieldsChecked(wrong);

        public void Dispose() => Reference.Dispose();
    }
}
