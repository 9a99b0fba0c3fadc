using PaymentApp.Payments;

namespace PaymentApp.Desk.Pages;

/// <summary>The states that a payment went through, first to last.</summary>
internal static class DiagramPath
{
    public static IReadOnlyList<PaymentState> Of(IReadOnlyList<TimelineEntry> timeline, PaymentState now)
    {
        var path = new List<PaymentState> { PaymentState.AwaitingPayment };
        foreach (var line in timeline)
        {
            // Lines tell the state that a payment is in, whatever they are about.
            if (line.State is { } state && state != path[^1])
                path.Add(state);
        }

        if (path[^1] != now)
            path.Add(now);
        return path;
    }
}
