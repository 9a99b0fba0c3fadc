using PaymentApp.Payments;

namespace PaymentApp.Desk.Queries;

/// <summary>The attempts of some days, counted by what the insights tell apart.</summary>
/// <param name="Failures">By day and code.</param>
/// <param name="Challenges">By how they ended.</param>
/// <param name="BankTimes">Completed challenges by how long they took.</param>
/// <param name="Upgrades">Payments by what authentication did for them.</param>
/// <param name="Countries">By the country of the card's bank, where Stripe has said it: those with most attempts first.</param>
internal sealed record AttemptCounts(
    IReadOnlyList<FailureCount> Failures,
    IReadOnlyList<ChallengeCount> Challenges,
    IReadOnlyList<BankTimeCount> BankTimes,
    IReadOnlyList<UpgradeCount> Upgrades,
    IReadOnlyList<CountryCount> Countries);

/// <param name="Code">See <see cref="FailureCodes.Of"/>.</param>
public sealed record FailureCount(DateOnly Day, string Code, int Attempts);

internal sealed record ChallengeCount(ChallengeResult Result, int Attempts);

/// <param name="UpToSeconds">The longest time in this group; null for all that took longer than the others.</param>
internal sealed record BankTimeCount(int? UpToSeconds, int Attempts)
{
    /// <summary>Where one group ends and the next begins, in seconds.</summary>
    public static readonly IReadOnlyList<int> Limits = [15, 30, 60, 120, 300];
}

/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Asked">In how many of the attempts the bank wanted to see the shopper, whichever integration made them.</param>
public sealed record CountryCount(string Country, int Attempts, int Asked)
{
    /// <summary>From 0 to 1.</summary>
    public decimal Share => (decimal)Asked / Attempts;
}

/// <param name="Kind">What authentication did.</param>
/// <param name="Money">The orders' amounts.</param>
public sealed record UpgradeCount(UpgradeKind Kind, int Payments, Money Money);

/// <summary>What became of payments whose bank wanted to see the shopper.</summary>
public enum UpgradeKind
{
    /// <summary>The basic integration failed them with <c>authentication_required</c>, and they were not paid afterwards.</summary>
    Lost,

    /// <summary>The basic integration failed them, and the shopper paid in another way.</summary>
    PaidOtherwise,

    /// <summary>The upgraded integration showed the challenge, and they are paid or held.</summary>
    Recovered,
}
