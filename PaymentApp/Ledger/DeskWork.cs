using System.Globalization;
using PaymentApp.Desk.Queries;
using PaymentApp.Work;
using ParkedWork = PaymentApp.Desk.Queries.ParkedWork;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IParkedWork"/>
internal sealed class DeskWork(IWorkQueue queue) : IParkedWork
{
    public async Task<IReadOnlyList<ParkedWork>> ParkedAsync(int most, CancellationToken cancellationToken = default)
    {
        var parked = await queue.ParkedAsync(most, cancellationToken);
        return [.. parked.Select(work => new ParkedWork(
            work.Id.ToString(CultureInfo.InvariantCulture),
            work.OrderNumber is { } order ? $"{NameOf(work.Kind)} of order {order}" : $"{NameOf(work.Kind)} {WorkItem.LogNameOf(work.Kind, work.Subject, work.Id)}",
            work.OrderNumber,
            work.Since,
            work.Tries,
            work.Error))];
    }

    private static string NameOf(WorkKind kind) => kind switch
    {
        WorkKind.Event => "Event",
        WorkKind.Look => "Look",
        WorkKind.Fulfilment => "Fulfilment",
        WorkKind.CatchUp => "Reading of Stripe's events",
        WorkKind.Receipt => "Receipt",
        WorkKind.OrderMail => "Mail with the way to an order",
        WorkKind.Notices => "Mail to operators",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public async Task<bool> ReplayAsync(string id, CancellationToken cancellationToken = default) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && await queue.ReplayAsync(number, cancellationToken);

    public Task<DateTime?> OldestWaitingAsync(CancellationToken cancellationToken = default) => queue.OldestWaitingAsync(cancellationToken);
}
