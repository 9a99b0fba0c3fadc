using Microsoft.Extensions.Localization;
using PaymentApp.Payments;

namespace PaymentApp.Checkout;

/// <summary>
/// What the checkout says, in the shopper's words: what happened, and what to do next (invariant 9). The words stand in
/// <c>CheckoutText.resx</c> and its translations.
/// </summary>
internal sealed class CheckoutText(IStringLocalizer<CheckoutText> texts)
{
    public string this[string key] => texts[key];

    public string this[string key, params object[] arguments] => texts[key, arguments];

    public string Step(CheckoutStep step) => this[$"Step_{step}"];

    public string? Status(CheckoutState state) => state switch
    {
        CheckoutState.Loading => this["Status_Loading"],
        CheckoutState.Working { Activity: var activity } => this[$"Status_{activity}"],
        CheckoutState.Processing => this["Status_Processing"],
        _ => null,
    };

    /// <summary>Why it did not work, or cannot, where something went wrong.</summary>
    public string? Alert(CheckoutState state) => state switch
    {
        CheckoutState.Ready { Alert: var alert } => alert,
        CheckoutState.Resumable { Alert: var alert } => alert,
        CheckoutState.OutcomeUnknown { Alert: var alert } => alert,
        CheckoutState.Processing { Alert: var alert } => alert,
        CheckoutState.Closed { Alert: var alert } => alert,
        CheckoutState.StripeUnavailable => this["StripeUnavailable"],
        _ => null,
    };

    /// <summary>What is left of an earlier attempt, where something is.</summary>
    public string? Standing(CheckoutState state) => state switch
    {
        CheckoutState.Resumable { AtBank: true } => this["Standing_AtBank"],
        CheckoutState.Resumable => this["Standing_LastStep"],
        CheckoutState.OutcomeUnknown => this["OutcomeUnknown"],
        _ => null,
    };

    public string CardError(CardError? error) => error is { IsForShopper: true, Message: { } message } ? message : this["ConnectionTrouble"];

    public string ChallengeError(CardError error) => this[error.Type is Checkout.CardError.Timeout ? "BankTimeOver" : "BankPageUnavailable"];

    public string Failure(FailureReason reason) => this[$"Failure_{reason}"];

    public string Refusal(PaymentOutcome.Refused refused) => refused.Reason is RefusalReason.TooManyAttempts
        ? Minutes(refused.Wait) is > 1 and var minutes ? this["Refusal_TooManyAttempts_Minutes", minutes] : this["Refusal_TooManyAttempts"]
        : this[$"Refusal_{refused.Reason}"];

    /// <summary>A card in plain words, such as <c>Visa ending in 4242</c>; null where the last four digits are not known.</summary>
    public string? Card(CardSummary? card) => string.IsNullOrEmpty(card?.Last4)
        ? null
        : this["Card_EndingIn", CardName.OfBrand(card.Brand) ?? this["Card"], card.Last4];

    private static int Minutes(TimeSpan? wait) => (int)Math.Ceiling(wait?.TotalMinutes ?? 1);
}
