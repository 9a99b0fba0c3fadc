using Microsoft.EntityFrameworkCore;
using PaymentApp.Desk.Queries;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <summary>Counts the attempts of some days: ranges of one index, grouped in the database.</summary>
internal static class DeskCounts
{
    private const string AuthenticationRequired = "authentication_required";

    public static async Task<AttemptCounts> OfAsync(LedgerContext context, DayRange days, CancellationToken cancellationToken)
    {
        var (first, last) = (days.FirstDay, days.LastDay);
        var attempts = context.Attempts.AsNoTracking().Where(attempt => attempt.Day >= first && attempt.Day <= last);
        return new AttemptCounts(
            await FailuresAsync(attempts, cancellationToken),
            await ChallengesAsync(attempts, cancellationToken),
            await BankTimesAsync(attempts, cancellationToken),
            await UpgradesAsync(context, attempts, cancellationToken),
            await CountriesAsync(attempts, cancellationToken));
    }

    private static async Task<IReadOnlyList<FailureCount>> FailuresAsync(IQueryable<AttemptRow> attempts, CancellationToken cancellationToken)
    {
        var counts = await attempts.Where(attempt => attempt.FailureReason != null)
            .GroupBy(attempt => new { attempt.Day, attempt.FailureCode, attempt.DeclineCode })
            .Select(group => new { group.Key.Day, group.Key.FailureCode, group.Key.DeclineCode, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return [.. counts
            .GroupBy(count => (count.Day, Code: FailureCodes.Of(count.FailureCode, count.DeclineCode) ?? "none"))
            .Select(same => new FailureCount(DayRange.DayOf(same.Key.Day), same.Key.Code, same.Sum(count => count.Count)))
            .OrderBy(count => count.Day).ThenBy(count => count.Code, StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<ChallengeCount>> ChallengesAsync(IQueryable<AttemptRow> attempts, CancellationToken cancellationToken) =>
        await attempts.Where(attempt => attempt.Challenge != null).GroupBy(attempt => attempt.Challenge!.Value)
            .Select(group => new ChallengeCount(group.Key, group.Count())).ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<BankTimeCount>> BankTimesAsync(IQueryable<AttemptRow> attempts, CancellationToken cancellationToken)
    {
        // Seconds past the longest limit are one group, so there are few groups however many challenges there were.
        var longest = BankTimeCount.Limits[^1];
        var counts = await attempts.Where(attempt => attempt.Challenge == ChallengeResult.Completed && attempt.ChallengeSeconds != null)
            .GroupBy(attempt => attempt.ChallengeSeconds > longest ? longest + 1 : attempt.ChallengeSeconds!.Value)
            .Select(group => new { Seconds = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        return
        [
            .. BankTimeCount.Limits.Select((limit, index) => new BankTimeCount(
                limit, counts.Where(count => count.Seconds <= limit && (index == 0 || count.Seconds > BankTimeCount.Limits[index - 1])).Sum(count => count.Count))),
            new BankTimeCount(null, counts.Where(count => count.Seconds > longest).Sum(count => count.Count)),
        ];
    }

    private static async Task<IReadOnlyList<CountryCount>> CountriesAsync(IQueryable<AttemptRow> attempts, CancellationToken cancellationToken)
    {
        var counts = await attempts.Where(attempt => attempt.CardCountry != null).GroupBy(attempt => attempt.CardCountry!)
            .Select(group => new
            {
                Country = group.Key,
                Attempts = group.Count(),
                Asked = group.Count(attempt => attempt.Challenge != null || attempt.FailureCode == AuthenticationRequired),
            }).ToListAsync(cancellationToken);
        return [.. counts.Select(count => new CountryCount(count.Country, count.Attempts, count.Asked))
            .OrderByDescending(count => count.Attempts).ThenBy(count => count.Country, StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<UpgradeCount>> UpgradesAsync(
        LedgerContext context, IQueryable<AttemptRow> attempts, CancellationToken cancellationToken)
    {
        var counts = await attempts
            .Where(attempt =>
                (attempt.Authentication == AuthenticationMode.Decline && attempt.FailureCode == AuthenticationRequired)
                || (attempt.Authentication == AuthenticationMode.Handle && attempt.Challenge == ChallengeResult.Completed && attempt.FailureReason == null))
            .Join(context.Payments, attempt => attempt.OrderId, payment => payment.OrderId, (attempt, payment) => new
            {
                payment.OrderId,
                attempt.Authentication,
                IsPaid = payment.State == PaymentState.Paid || payment.State == PaymentState.Authorized,
                payment.Currency,
                payment.AmountMinorUnits,
            })
            // A shopper who tried twice is one payment.
            .Distinct()
            .GroupBy(payment => new { payment.Authentication, payment.IsPaid, payment.Currency })
            .Select(group => new
            {
                group.Key.Authentication,
                group.Key.IsPaid,
                group.Key.Currency,
                Payments = group.Count(),
                MinorUnits = group.Sum(payment => payment.AmountMinorUnits),
            }).ToListAsync(cancellationToken);
        return [.. counts
            .Where(count => count.IsPaid || count.Authentication is AuthenticationMode.Decline)
            .Select(count => new UpgradeCount(
                count.Authentication is AuthenticationMode.Handle ? UpgradeKind.Recovered : count.IsPaid ? UpgradeKind.PaidOtherwise : UpgradeKind.Lost,
                count.Payments,
                new Money(count.MinorUnits, count.Currency)))
            .OrderBy(count => count.Kind).ThenBy(count => count.Money.Currency.Code, StringComparer.Ordinal)];
    }
}
