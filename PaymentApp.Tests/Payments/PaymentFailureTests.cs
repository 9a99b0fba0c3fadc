using PaymentApp.Payments;
using static PaymentApp.Payments.FailureReason;

namespace PaymentApp.Tests.Payments;

public sealed class PaymentFailureTests
{
    public static TheoryData<string?, string?, FailureReason> Codes() => new()
    {
        { "card_declined", "generic_decline", GenericDecline },
        { "card_declined", "insufficient_funds", InsufficientFunds },
        { "card_declined", "card_velocity_exceeded", LimitExceeded },
        { "card_declined", "withdrawal_count_limit_exceeded", LimitExceeded },
        { "card_declined", "card_not_supported", CardNotSupported },
        { "card_declined", "currency_not_supported", CardNotSupported },
        { "card_declined", "try_again_later", ProcessingError },
        { "card_declined", "issuer_not_available", ProcessingError },
        { "card_declined", "expired_card", ExpiredCard },
        { "card_declined", "incorrect_cvc", IncorrectCvc },
        { "card_declined", "incorrect_number", IncorrectNumber },
        { "card_declined", "incorrect_zip", IncorrectPostcode },
        { "card_declined", "do_not_honor", GenericDecline },
        { "card_declined", null, GenericDecline },
        { "card_declined", "a_code_of_next_year", GenericDecline },
        { "expired_card", null, ExpiredCard },
        { "expired_card", "expired_card", ExpiredCard },
        { "incorrect_cvc", "incorrect_cvc", IncorrectCvc },
        { "invalid_cvc", null, IncorrectCvc },
        { "incorrect_number", null, IncorrectNumber },
        { "invalid_number", null, IncorrectNumber },
        { "incorrect_zip", "incorrect_zip", IncorrectPostcode },
        { "processing_error", "processing_error", ProcessingError },
        { "authentication_required", "authentication_not_handled", AuthenticationNotHandled },
        { "authentication_required", "authentication_required", AuthenticationNotHandled },
        { "card_declined", "authentication_required", AuthenticationNotHandled },
        { "payment_intent_authentication_failure", null, AuthenticationFailed },
        { "payment_intent_payment_attempt_expired", null, AttemptExpired },
        { "resource_missing", null, PaymentMethodUnusable },
        { "payment_method_unexpected_state", null, PaymentMethodUnusable },
        { "invalid_expiry_year", null, IncorrectExpiry },
        { "card_declined", "invalid_expiry_month", IncorrectExpiry },
        { "card_declined", "incorrect_address", IncorrectPostcode },
        { "card_declined", "reenter_transaction", ProcessingError },
        { "card_declined", "invalid_amount", LimitExceeded },
        { "card_declined", "duplicate_transaction", DuplicatePayment },
        { "card_declined", "do_not_try_again", CardRefused },
        { "card_declined", "invalid_account", CardRefused },
        { "card_declined", "stop_payment_order", CardRefused },
        { "card_declined", "revocation_of_authorization", CardRefused },
        { "card_declined", "revocation_of_all_authorizations", CardRefused },
        { "card_declined", "pickup_card", GenericDecline },
        { "card_declined", "restricted_card", GenericDecline },
        { "card_declined", "security_violation", GenericDecline },
        { "card_declined", "call_issuer", GenericDecline },
        { "card_declined", "testmode_decline", CardNotSupported },
        { null, null, GenericDecline },
        { "", "", GenericDecline },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_shopper_is_told_what_can_be_acted_on_and_the_operator_keeps_the_codes(string? code, string? declineCode, FailureReason reason) =>
        Assert.Equal(new PaymentFailure(reason, code, declineCode), PaymentFailure.FromCodes(code, declineCode));

    public static IEnumerable<object?[]> Hushed() =>
        from code in new[] { "card_declined", "expired_card", "incorrect_cvc", "processing_error", "incorrect_zip", null }
        from declineCode in new[] { "lost_card", "stolen_card", "fraudulent", "merchant_blacklist" }
        select new object?[] { code, declineCode };

    [Theory]
    [MemberData(nameof(Hushed))]
    public void What_would_warn_a_thief_reads_as_a_generic_decline(string? code, string declineCode) =>
        Assert.Equal(new PaymentFailure(GenericDecline, code, declineCode), PaymentFailure.FromCodes(code, declineCode));
}
