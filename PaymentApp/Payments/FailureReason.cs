namespace PaymentApp.Payments;

/// <summary>Why an attempt failed, as far as the shopper can act on it or may be told.</summary>
public enum FailureReason
{
    /// <summary>The bank said no and nothing more may be shown: also for lost, stolen, fraudulent and blocked cards.</summary>
    GenericDecline,
    InsufficientFunds,
    ExpiredCard,
    IncorrectNumber,
    IncorrectCvc,
    IncorrectPostcode,
    ProcessingError,
    LimitExceeded,
    CardNotSupported,

    /// <summary>The challenge was failed or closed.</summary>
    AuthenticationFailed,

    /// <summary>The card needs authentication and this integration does not handle it.</summary>
    AuthenticationNotHandled,

    /// <summary>The hour to finish the payment passed.</summary>
    AttemptExpired,

    /// <summary>Stripe does not know the PaymentMethod, or it was used before.</summary>
    PaymentMethodUnusable,

    /// <summary>Stripe does not know the intent that this order was to be paid by.</summary>
    PaymentLost,

    /// <summary>Stripe could not be reached, was asked too often, or refused the request for what the shop sent; surely nothing was charged.</summary>
    ServiceBusy,

    /// <summary>The card's month or year is wrong.</summary>
    IncorrectExpiry,

    /// <summary>The bank takes it for a payment that was made a moment ago.</summary>
    DuplicatePayment,

    /// <summary>The bank said not to try this card again.</summary>
    CardRefused,
}

/// <summary>A definite failure of one attempt.</summary>
/// <param name="Reason">What the shopper is told about.</param>
/// <param name="Code">Stripe's error code, for the operator.</param>
/// <param name="DeclineCode">The bank's decline code, for the operator.</param>
public sealed record PaymentFailure(FailureReason Reason, string? Code = null, string? DeclineCode = null)
{
    /// <summary>
    /// The one table from Stripe's codes to what a shopper is told. A decline code that is not listed here stays
    /// generic. https://docs.stripe.com/declines/codes.
    /// </summary>
    public static PaymentFailure FromCodes(string? code, string? declineCode)
    {
        var reason = (code, declineCode) switch
        {
            // Whoever holds a card that is not theirs must not learn that it is known.
            (_, "lost_card" or "stolen_card" or "fraudulent" or "merchant_blacklist" or "pickup_card" or "restricted_card" or "security_violation")
                => FailureReason.GenericDecline,
            ("authentication_required", _) or (_, "authentication_not_handled" or "authentication_required")
                => FailureReason.AuthenticationNotHandled,
            ("payment_intent_authentication_failure", _) => FailureReason.AuthenticationFailed,
            ("payment_intent_payment_attempt_expired", _) => FailureReason.AttemptExpired,
            ("expired_card", _) => FailureReason.ExpiredCard,
            ("incorrect_cvc" or "invalid_cvc", _) => FailureReason.IncorrectCvc,
            ("incorrect_number" or "invalid_number", _) => FailureReason.IncorrectNumber,
            ("incorrect_zip", _) => FailureReason.IncorrectPostcode,
            ("invalid_expiry_month" or "invalid_expiry_year", _) => FailureReason.IncorrectExpiry,
            ("incorrect_address", _) => FailureReason.IncorrectPostcode,
            ("processing_error", _) => FailureReason.ProcessingError,
            ("resource_missing" or "payment_method_unexpected_state" or "parameter_invalid_empty" or "payment_method_not_available", _)
                => FailureReason.PaymentMethodUnusable,
            (_, "insufficient_funds") => FailureReason.InsufficientFunds,
            (_, "expired_card") => FailureReason.ExpiredCard,
            (_, "incorrect_cvc" or "invalid_cvc") => FailureReason.IncorrectCvc,
            (_, "incorrect_number" or "invalid_number") => FailureReason.IncorrectNumber,
            (_, "invalid_expiry_month" or "invalid_expiry_year") => FailureReason.IncorrectExpiry,
            (_, "incorrect_zip" or "incorrect_address") => FailureReason.IncorrectPostcode,
            (_, "processing_error" or "try_again_later" or "issuer_not_available" or "reenter_transaction" or "approve_with_id") => FailureReason.ProcessingError,
            (_, "card_velocity_exceeded" or "withdrawal_count_limit_exceeded" or "invalid_amount") => FailureReason.LimitExceeded,
            (_, "card_not_supported" or "currency_not_supported" or "payment_method_unactivated" or "testmode_decline") => FailureReason.CardNotSupported,
            (_, "duplicate_transaction") => FailureReason.DuplicatePayment,
            (_, "mobile_device_authentication_required") => FailureReason.AuthenticationFailed,
            (_, "do_not_try_again" or "invalid_account" or "stop_payment_order" or "revocation_of_authorization"
                or "revocation_of_all_authorizations") => FailureReason.CardRefused,
            _ => FailureReason.GenericDecline,
        };
        return new PaymentFailure(reason, code, declineCode);
    }
}
