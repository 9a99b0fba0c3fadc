using StripeSandbox.Books;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>What is true of the sandbox's books whatever anybody asked of it.</summary>
internal static class SandboxInvariants
{
    /// <summary>Everything that is not as it must be; read when nobody is writing.</summary>
    public static IReadOnlyList<string> ProblemsOf(SandboxBooks books)
    {
        var problems = new List<string>();
        var charges = books.All<Charge>().ToList();
        var chargesOf = charges.ToLookup(charge => charge.PaymentIntent);
        var refundsOf = books.All<Refund>().ToLookup(refund => refund.Charge);
        foreach (var intent in books.All<PaymentIntent>())
        {
            var taken = chargesOf[intent.Id].Where(charge => charge.Status is ChargeStatus.Succeeded).ToList();
            Expect(taken.Count <= 1, intent, $"was charged {taken.Count} times");
            Expect(taken.Sum(charge => charge.AmountCaptured) == intent.AmountReceived, intent, "received another amount than its charges took");
            Expect(FitsStatus(intent), intent, "has fields that its status forbids");
            Expect(intent.LatestCharge is null || books.Find<Charge>(intent.LatestCharge) is not null, intent, "names a charge that is not there");
        }

        foreach (var charge in charges)
        {
            var back = refundsOf[charge.Id].Where(refund => refund.Status is RefundStatus.Succeeded or RefundStatus.Pending).Sum(refund => refund.Amount);
            Expect(charge.AmountRefunded == back, charge, $"says {charge.AmountRefunded} went back, its refunds say {back}");
            Expect(charge.AmountRefunded <= charge.Amount && charge.AmountCaptured <= charge.Amount, charge, "moved more than its amount");
            Expect(books.Find<PaymentIntent>(charge.PaymentIntent) is not null, charge, "belongs to no intent");
        }

        foreach (var currency in charges.Select(charge => charge.Currency).Distinct())
        {
            var ofCharges = charges.Where(charge => charge.Currency == currency && charge.Status is ChargeStatus.Succeeded).Sum(charge => charge.AmountCaptured);
            var ofIntents = books.All<PaymentIntent>().Where(intent => intent.Currency == currency).Sum(intent => intent.AmountReceived);
            if (ofCharges != ofIntents)
                problems.Add($"{currency}: charges took {ofCharges}, intents received {ofIntents}");
        }

        return problems;

        void Expect(bool isTrue, StripeObject value, string otherwise)
        {
            if (!isTrue)
                problems.Add($"{value.Id} {otherwise}: {value}");
        }
    }

    private static bool FitsStatus(PaymentIntent intent) => intent.Status switch
    {
        IntentStatus.RequiresAction => intent.Attempt is { IsAuthenticated: false },
        IntentStatus.Succeeded => intent is { AmountReceived: > 0, LatestCharge: not null, Attempt: null, AmountCapturable: 0 },
        IntentStatus.RequiresCapture => intent.AmountCapturable == intent.Amount && intent is { AmountReceived: 0, CaptureBefore: not null },
        IntentStatus.RequiresPaymentMethod => intent is { Attempt: null, AmountReceived: 0 },
        IntentStatus.Canceled => intent is { CanceledAt: not null, AmountReceived: 0, AmountCapturable: 0 },
        _ => intent.AmountReceived == 0,
    };
}
