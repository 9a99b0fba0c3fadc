using System.Buffers;

namespace StripeSandbox.Dashboard.Payments;

/// <summary>A choice of payments: those that stand in one of some states.</summary>
internal sealed record PaymentView(string Key, string Title, params PaymentState[] States)
{
    public static readonly PaymentView All = new("all", "All", [.. Enum.GetValues<PaymentState>().Where(state => state != PaymentState.None)]);

    public static readonly PaymentView FailedAuthentication =
        new("authentication", "Failed bank authentication", PaymentState.AuthenticationNotHandled, PaymentState.AuthenticationFailed);

    /// <summary>The part of them that upgrading the integration brings back.</summary>
    public static readonly PaymentView AuthenticationNotHandled = new("not-handled", "Authentication not handled", PaymentState.AuthenticationNotHandled);

    public static readonly IReadOnlyList<PaymentView> Views =
    [
        All,
        new("succeeded", "Succeeded", PaymentState.Succeeded),
        FailedAuthentication,
        new("declined", "Declined", PaymentState.Declined),
        new("incomplete", "Incomplete", PaymentState.Incomplete),
        new("uncaptured", "Uncaptured", PaymentState.Uncaptured),
        new("canceled", "Canceled", PaymentState.Canceled),
    ];

    public SearchValues<byte> Bytes { get; } = SearchValues.Create([.. States.Select(state => (byte)state)]);

    public static PaymentView Named(string? key) => Views.FirstOrDefault(view => view.Key == key) ?? All;
}
