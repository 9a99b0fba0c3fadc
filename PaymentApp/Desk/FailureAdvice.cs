namespace PaymentApp.Desk;

/// <summary>What an operator can do about a failure, by its code: https://docs.stripe.com/declines/codes.</summary>
internal static class FailureAdvice
{
    /// <param name="code">See <see cref="Queries.FailureCodes.Of"/>.</param>
    public static string Of(string code) => code switch
    {
        "authentication_required" =>
            "The bank wants to see the shopper, and the basic integration cannot show its page. Payments:Authentication=Handle would have.",
        "payment_intent_authentication_failure" => "The shopper failed the bank's challenge or closed it. They can try again, or take another card.",
        "payment_intent_payment_attempt_expired" => "The shopper did not finish within the hour. Nothing was charged; they can try again.",
        "insufficient_funds" => "The card has not enough money on it. Another card, or a later day, may work.",
        "expired_card" => "The card has expired. The shopper needs another one.",
        "incorrect_cvc" or "invalid_cvc" => "The security code was mistyped. The shopper can type it again.",
        "incorrect_number" or "invalid_number" => "The card number was mistyped. The shopper can type it again.",
        "incorrect_zip" => "The postcode is not the one that the bank knows. The shopper can correct it.",
        "processing_error" or "try_again_later" or "issuer_not_available" => "The bank or the network was at fault. The same card may work a little later.",
        "card_velocity_exceeded" or "withdrawal_count_limit_exceeded" => "The card is over a limit of its bank. Another card may work.",
        "card_not_supported" or "currency_not_supported" => "The card does not take this kind of payment or this currency. The shopper needs another one.",
        "lost_card" or "stolen_card" or "pickup_card" =>
            "The bank reports the card as lost or stolen. Do not tell the shopper why, and do not send goods for this card.",
        "fraudulent" or "merchant_blacklist" => "Stripe or the bank takes this for fraud. Do not tell the shopper why, and be wary of another attempt.",
        "do_not_honor" or "generic_decline" or "card_declined" or "transaction_not_allowed" =>
            "The bank gave no reason. The shopper can ask their bank, or take another card.",
        "payment_method_unactivated" or "testmode_decline" => "The card is not ready for use. The shopper needs another one.",
        "intent_mismatch" => "The PaymentIntent at Stripe is not what the order says. Nothing was confirmed: compare both before anything else.",
        "resource_missing" or "payment_method_unexpected_state" or "payment_method_not_available" =>
            "Stripe does not know this PaymentMethod, or it was used before. The shopper can enter the card again.",
        _ => "Stripe's documentation lists this code. The shopper can try again or take another card.",
    };
}
