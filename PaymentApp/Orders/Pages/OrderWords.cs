using Microsoft.Extensions.Localization;
using PaymentApp.Payments;

namespace PaymentApp.Orders.Pages;

/// <summary>What a payment means to the shopper.</summary>
/// <param name="Heading">How it stands, in two or three words.</param>
/// <param name="Meaning">Whether money has moved, and what to do next (invariant 9).</param>
internal sealed record OrderWords(string Heading, string Meaning)
{
    /// <summary>By its state, by what became of the money, and by whether the outcome of a request is unknown.</summary>
    public static OrderWords For(Payment payment, IStringLocalizer<OrderText> texts)
    {
        var name = NameOf(payment);
        return new(texts[$"Heading_{name}"], texts[$"Meaning_{name}"]);
    }

    private static string NameOf(Payment payment) => payment switch
    {
        _ when PaymentView.Of(payment).IsChecking => nameof(PaymentState.Processing),
        // Who gave the authentication up may enter another card.
        { IsGivenUp: true } => nameof(PaymentState.AwaitingPayment),
        { IsReturnedInFull: true, Lost.MinorUnits: 0, RefundPending.MinorUnits: 0 } => "Returned",
        { IsReturnedInFull: true, Lost.MinorUnits: 0 } => "Returning",
        { IsReturnedInFull: true } => "ReturnedByBank",
        { Disputed.MinorUnits: > 0 } => "Disputed",
        _ => payment.State.ToString(),
    };
}
