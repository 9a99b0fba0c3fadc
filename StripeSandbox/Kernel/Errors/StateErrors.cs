using StripeSandbox.Money;
using StripeSandbox.Objects;

namespace StripeSandbox.Errors;

/// <summary>
/// What Stripe says where the state of an object forbids what is asked: the words, the code and the parameter that it blames, in one
/// place for every operation (https://docs.stripe.com/error-codes). What parameters alone get wrong is in <see cref="ParameterErrors"/>.
/// </summary>
internal static class StateErrors
{
    private const string MissingMethodOfPayment =
        "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment " +
        "method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.";

    private const string MissingMethodOfSetup =
        "You cannot confirm this SetupIntent because it's missing a payment method. You can either update the SetupIntent with a payment " +
        "method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.";

    /// <summary>A confirm in the request that creates the intent, with nothing to confirm it with.</summary>
    public static Refusal NothingToConfirmWith<T>()
        where T : Intent =>
        typeof(T) == typeof(SetupIntent)
            ? Refusal.Invalid(MissingMethodOfSetup, code: "setup_intent_unexpected_state")
            : Refusal.Invalid(MissingMethodOfPayment, code: "payment_intent_unexpected_state");

    /// <summary>A confirm of an intent that has no PaymentMethod.</summary>
    public static Refusal NothingToConfirmWith(Intent intent) => UnexpectedState(
        intent is SetupIntent ? MissingMethodOfSetup
        : intent.Customer is { } customer
            ? "You cannot confirm this PaymentIntent because it's missing a payment method. To confirm the PaymentIntent with " +
                $"{customer}, specify a payment method attached to this customer along with the customer ID."
            : MissingMethodOfPayment, intent);

    public static Refusal CannotConfirm(Intent intent) => UnexpectedState((intent, intent.Status) switch
    {
        (SetupIntent, IntentStatus.Succeeded) => "You cannot confirm this SetupIntent because it has already succeeded.",
        (SetupIntent, _) => "You cannot confirm this SetupIntent because it has been canceled.",
        (_, IntentStatus.Succeeded) => "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.",
        _ => $"You cannot confirm this PaymentIntent because it has a status of {intent.Status.Wire()}. " +
            "Only a PaymentIntent with one of the following statuses may be confirmed: " +
            "requires_confirmation, requires_action, requires_payment_method.",
    }, intent);

    public static Refusal CannotCancel(Intent intent) => UnexpectedState((intent, intent.Status) switch
    {
        (SetupIntent, IntentStatus.Canceled) => "You cannot cancel this SetupIntent because it is already canceled.",
        (SetupIntent, _) => $"You cannot cancel this SetupIntent because it has a status of {intent.Status.Wire()}. Only a SetupIntent with one of the " +
            "following statuses may be canceled: `requires_payment_method`, `requires_confirmation`, or `requires_action`.",
        _ => $"You cannot cancel this PaymentIntent because it has a status of {intent.Status.Wire()}. " +
            "Only a PaymentIntent with one of the following statuses may be canceled: " +
            "requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.",
    }, intent);

    public static Refusal CannotCapture(PaymentIntent intent) => UnexpectedState(intent switch
    {
        { Status: IntentStatus.Succeeded, CaptureMethod: CaptureMethod.Manual } =>
            "The remaining amount on this PaymentIntent could not be captured because the remainder of the authorized amount has been released.",
        { Status: IntentStatus.Succeeded } => "This PaymentIntent could not be captured because it has already been captured.",
        _ => $"This PaymentIntent could not be captured because it has a status of {intent.Status.Wire()}. " +
            "Only a PaymentIntent with one of the following statuses may be captured: requires_capture.",
    }, intent);

    public static Refusal CannotCaptureThatMuch(PaymentIntent intent) => Refusal.Invalid(
        "The payment could not be captured because the requested capture amount is greater than the amount you can capture for this charge.",
        "amount_to_capture", "amount_too_large").About(intent);

    /// <param name="intent">A payment that is no longer open.</param>
    /// <param name="param">What can be changed of open ones only.</param>
    public static Refusal CannotUpdate(PaymentIntent intent, string param) => UnexpectedState(
        $"This PaymentIntent's {param} could not be updated because it has a status of {intent.Status.Wire()}. You may only update " +
        $"the {param} of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, " +
        "requires_action.", intent, param);

    public static Refusal CannotUpdate(SetupIntent intent) => UnexpectedState(
        intent.Status == IntentStatus.Succeeded
            ? "You cannot update this SetupIntent because it has already succeeded."
            : "You cannot update this SetupIntent because it has been canceled.", intent);

    public static Refusal CustomerIsSet(PaymentIntent intent) => Refusal.Invalid(
        "You cannot modify `customer` on a PaymentIntent once it already has been set. To fulfill a payment with a different Customer, " +
        "cancel this PaymentIntent and create a new one.", "customer").About(intent);

    public static Refusal NeedsShopper(PaymentIntent? intent) => Refusal.Invalid(
        "You cannot confirm with `off_session=true` when `setup_future_usage` is also set on the PaymentIntent. The customer needs to be " +
        "on-session to perform the steps which may be required to set up the PaymentMethod for future usage. Please confirm this " +
        "PaymentIntent with your customer on-session.").About(intent);

    public static Refusal NotForBrowsers(PaymentIntent intent) => Refusal.Invalid(
        $"This PaymentIntent {intent.Id} cannot be confirmed using your publishable key because its `confirmation_method` is set to " +
        "`manual`. Please use your secret key instead, or create a PaymentIntent with `confirmation_method` set to `automatic`.");

    public static Refusal FutureUsageIsTheServers() => Refusal.Invalid(
        "When confirming with a publishable key, `setup_future_usage` can only be changed from `on_session` to `off_session`.", "setup_future_usage");

    public static Refusal ShippingIsTheServers() => Refusal.Invalid(
        "This PaymentIntent's `shipping` was last set with a secret key and therefore cannot be changed with a publishable key. " +
        "Try again with a secret key.", "shipping");

    public static Refusal ChallengeIsOver(Intent intent) =>
        UnexpectedState("This authentication is over: it was answered, replaced by another confirmation, or took too long.", intent);

    public static Refusal NoChallenge(Intent intent) =>
        UnexpectedState($"This {intent.GetType().Name} does not wait for an authentication.", intent);

    public static Refusal NowhereToReturnTo() => Refusal.Invalid("This authentication has nowhere to return to.");

    public static Refusal MethodIsSpent() => Refusal.Invalid(
        "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account " +
        "without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, " +
        "you must attach it to a Customer first.", "payment_method", "payment_method_unexpected_state");

    /// <summary>The method is saved with a customer who is not the intent's.</summary>
    public static Refusal MethodIsAnothers(PaymentMethod method, string owner, Intent intent) => intent switch
    {
        { Customer: { } customer } => Refusal.Invalid(
            $"The PaymentMethod {method.Id} does not belong to the Customer you supplied {customer}. Please use this PaymentMethod with the " +
            "Customer that it belongs to instead.", "payment_method"),
        SetupIntent => Refusal.Invalid(
            $"The payment method supplied ({method.Id}) belongs to the Customer {owner}. Please include the Customer in the `customer` " +
            "parameter on the SetupIntent.", "payment_method"),
        _ => Refusal.Invalid(
            $"The `payment_method` parameter supplied {method.Id} belongs to the Customer {owner}. Please include the Customer in the " +
            "`customer` parameter on the PaymentIntent.", "source", "parameter_missing"),
    };

    public static Refusal MethodIsAttached() =>
        Refusal.Invalid("The payment method you provided has already been attached to a customer.", "payment_method");

    public static Refusal MethodCannotBeAttached() => Refusal.Invalid(
        "This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, " +
        "and may not be used again.", "payment_method");

    public static Refusal MethodIsNotAttached() => Refusal.Invalid(
        "The payment method you provided is not attached to a customer so detachment is impossible.", "payment_method");

    public static Refusal IsNotTheCustomers(string method, string param) => Refusal.Invalid(
        $"The customer does not have a payment method with the ID {method}. The payment method must be attached to the customer.", param, "resource_missing");

    public static Refusal MethodIsNotSaved() => Refusal.Invalid("You must save this PaymentMethod to a customer before you can update it.");

    public static Refusal NetworkIsNotTheCards(string network) =>
        Refusal.Invalid($"The card network '{network}' is not available on this card.", "card[networks][preferred]");

    public static Refusal NothingToRefund(PaymentIntent intent) =>
        Refusal.Invalid($"This PaymentIntent ({intent.Id}) does not have a successful charge to refund.", "payment_intent");

    public static Refusal CannotRefund(Charge charge) => charge.Status != ChargeStatus.Succeeded
        ? Refusal.Invalid($"Charge {charge.Id} was not successful, so there is nothing to refund.")
        : Refusal.Invalid(
            $"This uncaptured Charge was created by a PaymentIntent ({charge.PaymentIntent}). You must cancel the PaymentIntent to reverse the " +
            "authorization instead of refunding the Charge directly.");

    public static Refusal IsRefunded(Charge charge) =>
        Refusal.Invalid($"Charge {charge.Id} has already been refunded.", code: "charge_already_refunded");

    public static Refusal IsDisputed(Charge charge) =>
        Refusal.Invalid($"Charge {charge.Id} has been charged back; cannot issue a refund.", code: "charge_disputed");

    /// <param name="charge">What is refunded.</param>
    /// <param name="amount">What is asked for, in minor units.</param>
    /// <param name="left">What can still be refunded, in minor units.</param>
    public static Refusal CannotRefundThatMuch(Charge charge, long amount, long left) => Refusal.Invalid(
        $"Refund amount ({Currencies.Format(charge.Currency, amount)}) is greater than unrefunded amount on charge " +
        $"({Currencies.Format(charge.Currency, left)})", "amount");

    public static Refusal CannotCancel(Refund refund) => Refusal.Invalid(
        $"The refund {refund.Id} cannot be canceled: only a refund with status `requires_action` can, and card refunds never have it.");

    public static Refusal IsSettled(Dispute dispute) =>
        Refusal.Invalid($"This dispute is already closed: it has a status of {dispute.Wire()}.");

    public static Refusal TooManyEndpoints(int max) => Refusal.Invalid($"You have reached the maximum of {max} test webhook endpoints.");

    /// <summary>Somebody else has claimed the object for too long (429).</summary>
    public static Refusal LockTimeout() => Refusal.Invalid(
        "This object cannot be accessed right now because another API request or Stripe process is currently accessing it. " +
        "If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent " +
        "requests to a single object, make your requests serially or at a lower rate.",
        code: "lock_timeout", status: StatusCodes.Status429TooManyRequests);

    private static Refusal UnexpectedState(string message, Intent intent, string? param = null) => Refusal.Invalid(
        message, param, intent is SetupIntent ? "setup_intent_unexpected_state" : "payment_intent_unexpected_state").About(intent);
}
