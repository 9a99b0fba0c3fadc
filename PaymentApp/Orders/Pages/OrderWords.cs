using PaymentApp.Payments;

namespace PaymentApp.Orders.Pages;

/// <summary>What a payment's state means to the shopper.</summary>
/// <param name="Heading">The state in two or three words.</param>
/// <param name="Meaning">Whether money has moved, and what to do next (invariant 9).</param>
internal sealed record OrderWords(string Heading, string Meaning)
{
    /// <summary>While nobody knows what became of a request.</summary>
    public static OrderWords Checking { get; } = new(
        "We are checking with your bank",
        "This can take a little while, and goes on when you close this page. Please don't pay again.");

    /// <summary>What a payment means to the shopper, by its state and by what became of the money.</summary>
    public static OrderWords For(Payment payment) => payment switch
    {
        { IsReturnedInFull: true, Lost.MinorUnits: 0, RefundPending.MinorUnits: 0 } => new(
            "Returned in full",
            "All that you paid was given back. Your bank shows it within a few days."),
        { IsReturnedInFull: true, Lost.MinorUnits: 0 } => new(
            "On its way back",
            "All that you paid is being given back. Your bank shows it within a few days."),
        { IsReturnedInFull: true } => new(
            "Returned in full",
            "All that you paid is back with you or your bank. There is nothing more to do."),
        { Disputed.MinorUnits: > 0 } => new(
            "Payment disputed",
            "Your bank is looking into this payment, and will tell you how it ends."),
        _ => For(payment.State),
    };

    public static OrderWords For(PaymentState state) => state switch
    {
        PaymentState.AwaitingPayment => new(
            "Waiting for payment",
            "We have your order, and it is not paid yet. You have not been charged."),
        PaymentState.AwaitingAuthentication => new(
            "Your bank wants to know it's you",
            "Approve the payment with your bank to finish. You have not been charged yet."),
        PaymentState.AwaitingConfirmation => new(
            "One step left",
            "Your bank knows it's you. Finish the payment now; you have not been charged yet."),
        PaymentState.Processing => Checking,
        PaymentState.Authorized => new(
            "Payment authorized",
            "Your bank keeps the amount aside for this order. You are charged when we send it."),
        PaymentState.Paid => new(
            "Payment complete",
            "Thank you. Your order is paid, and there is nothing more to do."),
        PaymentState.Canceled => new(
            "Order canceled",
            "You have not been charged. An amount that your bank kept aside is free again within a few days."),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
