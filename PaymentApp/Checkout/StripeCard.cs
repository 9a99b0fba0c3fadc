using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace PaymentApp.Checkout;

/// <summary>
/// A card element of Stripe.js on the page: one C# method for each function of <c>CheckoutForm.razor.js</c>.
/// https://docs.stripe.com/js/element.
/// </summary>
internal sealed class StripeCard : IAsyncDisposable
{
    private readonly IJSObjectReference module;
    private readonly IJSObjectReference card;
    private readonly CardRelay relay;

    private StripeCard(IJSObjectReference module, IJSObjectReference card, CardRelay relay)
    {
        this.module = module;
        this.card = card;
        this.relay = relay;
    }

    /// <summary>Loads the script and Stripe.js and puts a card element into <paramref name="container"/>.</summary>
    /// <param name="typed">Called when something was typed, with what is wrong with it in Stripe's words, if anything is.</param>
    /// <exception cref="JSException">Stripe.js could not be loaded.</exception>
    /// <exception cref="OperationCanceledException">It did not load in the circuit's time, or was no longer wanted.</exception>
    public static async Task<StripeCard> MountAsync(
        IJSRuntime runtime, string scriptPath, ElementReference container, StripeJsSettings settings, Action<string?> typed,
        CancellationToken cancellationToken)
    {
        // Neither call is given up half-way: only what has arrived can be given back.
        var module = await runtime.InvokeAsync<IJSObjectReference>("import", scriptPath);
        var relay = new CardRelay(typed);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var card = await module.InvokeAsync<IJSObjectReference>(
                "init", container, settings.ScriptUrl, settings.PublishableKey, relay.Reference);
            return new StripeCard(module, card, relay);
        }
        catch
        {
            relay.Dispose();
            await ReleaseAsync(module);
            throw;
        }
    }

    /// <summary>Makes a PaymentMethod of what was typed: https://docs.stripe.com/js/payment_methods/create_payment_method.</summary>
    public ValueTask<CardResult> CreatePaymentMethodAsync(CancellationToken cancellationToken) =>
        card.InvokeAsync<CardResult>("createPaymentMethod", cancellationToken);

    /// <summary>
    /// Shows the bank's challenge and ends when it has ended, which takes the shopper as long as it takes:
    /// https://docs.stripe.com/js/payment_intents/handle_card_action.
    /// </summary>
    public ValueTask<CardResult> HandleCardActionAsync(string clientSecret, CancellationToken cancellationToken) =>
        card.InvokeAsync<CardResult>("handleCardAction", cancellationToken, clientSecret);

    public ValueTask SetDisabledAsync(bool disabled, CancellationToken cancellationToken) =>
        card.InvokeVoidAsync("setDisabled", cancellationToken, disabled);

    public ValueTask FocusAsync(CancellationToken cancellationToken) => card.InvokeVoidAsync("focus", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await card.InvokeVoidAsync("dispose");
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser left, and took the element with it.
        }
        finally
        {
            await ReleaseAsync(card);
            await ReleaseAsync(module);
            relay.Dispose();
        }
    }

    private static async ValueTask ReleaseAsync(IJSObjectReference reference)
    {
        try
        {
            await reference.DisposeAsync();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser left: there is nothing to release.
        }
    }

    /// <summary>The only object that the script may call back.</summary>
    private sealed class CardRelay : IDisposable
    {
        private readonly Action<string?> typed;

        public CardRelay(Action<string?> typed)
        {
            this.typed = typed;
            Reference = DotNetObjectReference.Create(this);
        }

        public DotNetObjectReference<CardRelay> Reference { get; }

        [JSInvokable]
        public void Changed(string? problem) => typed(problem);

        public void Dispose() => Reference.Dispose();
    }
}

/// <summary>What Stripe.js answered.</summary>
/// <param name="PaymentMethodId">The PaymentMethod that was made.</param>
/// <param name="Error">What went wrong, if anything did.</param>
internal sealed record CardResult(string? PaymentMethodId, CardError? Error)
{
    /// <summary>The script threw.</summary>
    public static CardResult Failed { get; } = new(null, new CardError("script_error", Message: null));

    /// <summary>The browser was away for a while: its answer may have been given to nobody.</summary>
    public static CardResult LostOnTheWay { get; } = new(null, null);

    /// <summary>No answer came in the time there was.</summary>
    public static CardResult TimedOut { get; } = new(null, new CardError(CardError.Timeout, Message: null));
}

/// <param name="Type">Stripe.js's type of error, such as <c>validation_error</c>.</param>
/// <param name="Message">What Stripe.js says of it; written for shoppers where <see cref="IsForShopper"/> holds.</param>
internal sealed record CardError(string Type, string? Message)
{
    public const string Timeout = "timeout";

    /// <summary>Other types speak to developers: https://docs.stripe.com/api/errors#errors-message.</summary>
    public bool IsForShopper => Type is "validation_error" or "card_error" && !string.IsNullOrEmpty(Message);
}
