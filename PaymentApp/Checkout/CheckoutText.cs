using PaymentApp.Payments;

namespace PaymentApp.Checkout;

/// <summary>What the checkout says, in the shopper's words: what happened, and what to do next (invariant 9).</summary>
internal static class CheckoutText
{
    public const string ScriptsNeeded =
        "Paying needs JavaScript, because your card goes straight to Stripe and never through this shop. Switch it on and try again.";

    public const string StillLoading =
        "The card form takes longer than it should. Reload the page; if that doesn't help, switch off your ad blocker here, or use another browser or network. Your order is kept.";

    public const string StripeUnavailable =
        "The card form could not be loaded. Check your connection or ad blocker, then try again. Your order is kept.";

    public const string BankPageUnavailable =
        "Your bank's page could not be shown. You have not been charged. Continue with your bank, or use another card.";

    public const string BankTimeOver =
        "Your bank has not heard from you in time. You have not been charged. Continue with your bank, or use another card.";

    public const string OutcomeUnknown =
        "We are checking with your bank. Please don't pay again: this order is charged at most once.";

    public const string Canceled = "This payment was canceled and you have not been charged. Please place a new order.";

    public const string UnknownOrder = "We can't find this order. Please start again from the shop.";

    public const string ConnectionTrouble =
        "The card could not be sent. You have not been charged. Check your connection and try again.";

    public const string BankHint =
        "Your bank may have sent a message to your phone or its app. Nothing there? Close your bank's page: you have not been charged, and can try again.";

    public const string LeaveWarning = "Your payment is under way. If you leave now, it may be finished without this page. Leave all the same?";

    public const string EmailProblem = "This is not a complete e-mail address, such as name@example.com. Check it, or leave it empty.";

    public const string NameProblem = "This looks like a number. Check it: the name on your card goes here, the card's number below.";

    public static string Step(CheckoutStep step) => step switch
    {
        CheckoutStep.Card => "Card",
        CheckoutStep.Bank => "Bank",
        CheckoutStep.Confirmation => "Confirmation",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };

    public static string Status(CheckoutState state) => state switch
    {
        CheckoutState.Loading => "Loading the card form…",
        CheckoutState.Working { Activity: CheckoutActivity.CheckingCard } => "Checking your card…",
        CheckoutState.Working { Activity: CheckoutActivity.WaitingForBank } => "Waiting for your bank…",
        CheckoutState.Working { Activity: CheckoutActivity.Confirming } => "Confirming your payment…",
        CheckoutState.Processing => "Your payment is being processed. You can close this page: the order goes on without it.",
        _ => "",
    };

    /// <summary>Why it did not work, or cannot, where something went wrong.</summary>
    public static string? Alert(CheckoutState state) => state switch
    {
        CheckoutState.Ready { Alert: var alert } => alert,
        CheckoutState.Resumable { Alert: var alert } => alert,
        CheckoutState.Closed { Alert: var alert } => alert,
        CheckoutState.StripeUnavailable => StripeUnavailable,
        _ => null,
    };

    /// <summary>What is left of an earlier attempt, where something is.</summary>
    public static string? Standing(CheckoutState state) => state switch
    {
        CheckoutState.Resumable { AtBank: true } => "Your bank still has to confirm this payment with you.",
        CheckoutState.Resumable => "Your bank has confirmed this payment. One last step is missing.",
        CheckoutState.OutcomeUnknown => OutcomeUnknown,
        _ => null,
    };

    public static string CardError(CardError? error) => error is { IsForShopper: true, Message: { } message } ? message : ConnectionTrouble;

    public static string ChallengeError(CardError error) => error.Type is Checkout.CardError.Timeout ? BankTimeOver : BankPageUnavailable;

    public static string Failure(FailureReason reason) => reason switch
    {
        FailureReason.InsufficientFunds => "Your card doesn't have enough funds. Use another card, or try again later.",
        FailureReason.ExpiredCard => "Your card has expired. Use another card.",
        FailureReason.IncorrectNumber => "Your card number is wrong. Check it and try again.",
        FailureReason.IncorrectCvc => "Your card's security code is wrong. Check it and try again.",
        FailureReason.IncorrectPostcode => "The postcode doesn't match your card. Check it and try again.",
        FailureReason.ProcessingError => "Your bank could not process the card just now. Wait a moment and try again.",
        FailureReason.LimitExceeded => "Your card is over its limit. Use another card, or ask your bank.",
        FailureReason.CardNotSupported => "Your card can't be used for this purchase. Use another card.",
        FailureReason.AuthenticationFailed =>
            "Your bank could not confirm that it's you, so you have not been charged. Try again, or use another card.",
        FailureReason.AuthenticationNotHandled =>
            "Your bank wants to confirm this payment with you, which this checkout can't do. You have not been charged. Use another card.",
        FailureReason.AttemptExpired => "The payment was not finished in time, so you have not been charged. Please try again.",
        FailureReason.PaymentMethodUnusable => "These card details can't be used again. Enter your card once more and try again.",
        FailureReason.PaymentLost => "This order can't be paid any more. Please place a new one; you have not been charged.",
        FailureReason.ServiceBusy => "We could not reach the payment service. You have not been charged. Wait a moment and try again.",
        FailureReason.IncorrectExpiry => "Your card's expiry date is wrong. Check it and try again.",
        FailureReason.DuplicatePayment =>
            "Your bank takes this for a payment that was just made. You have not been charged for this order. Wait a few minutes, then try again, or use another card.",
        FailureReason.CardRefused => "Your bank doesn't let this card be used here. You have not been charged. Use another card.",
        _ => "Your card was declined. Use another card, or ask your bank.",
    };

    public static string Refusal(PaymentOutcome.Refused refused) => refused.Reason switch
    {
        RefusalReason.UnknownOrder => UnknownOrder,
        RefusalReason.MalformedPaymentMethod => "Your card details did not arrive. Enter your card and try again.",
        RefusalReason.TooManyAttempts =>
            $"There have been too many attempts from your connection. You have not been charged. Wait {Minutes(refused.Wait)} and try again.",
        RefusalReason.OrderTriedTooOften =>
            "There have been too many attempts to pay this order. You have not been charged. Please place a new order.",
        RefusalReason.AuthenticationGivenUp =>
            "You chose to use another card, so this one has not been charged. Enter the other card to pay.",
        RefusalReason.NothingToConfirm => "There is nothing to confirm yet. Enter your card to pay.",
        _ => "This payment doesn't match your order, so we stopped it. You have not been charged for this order. Please contact us:",
    };

    private static string Minutes(TimeSpan? wait) => Math.Max(1, Math.Ceiling(wait?.TotalMinutes ?? 1)) is var minutes && minutes > 1
        ? $"{minutes} minutes"
        : "a minute";
}
