using StripeSandbox.Books;
using StripeSandbox.Errors;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Setups;

namespace StripeSandbox.Banking;

/// <summary>What the shopper tells the bank, whatever the bank has asked about.</summary>
internal static class ChallengeAnswers
{
    /// <summary>Takes the shopper's answer to an open question; payment or setup goes on from there.</summary>
    /// <exception cref="Refusal">There is no such question, or it is not open any more (nothing has changed).</exception>
    public static Confirmed Decide(UnitOfWork unit, string source, bool isAuthenticated)
    {
        if (unit.Find<Challenge>(source) is not { } posed)
            throw Refusal.NoSuch("source", source, "source");
        var intent = unit.Claim<Intent>(posed.Intent)!;
        var challenge = unit.Find<Challenge>(source)!;
        if (challenge.State != ChallengeState.Pending || intent.Attempt is not { } attempt || attempt.Source != source)
            throw StateErrors.ChallengeIsOver(intent);

        unit.Put(challenge with { State = isAuthenticated ? ChallengeState.Succeeded : ChallengeState.Failed });
        if (intent.Customer is { } customer)
            unit.Claim<Customer>(customer);
        return intent is SetupIntent setup
            ? SetupChallenges.Decide(unit, setup, attempt, isAuthenticated)
            : Challenges.Decide(unit, (PaymentIntent)intent, attempt, isAuthenticated);
    }
}
