namespace StripeSandbox.Objects;

internal enum DeliveryState
{
    Pending,
    Delivered,

    /// <summary>Every retry was used up, or the endpoint is gone.</summary>
    GivenUp,
}

/// <summary>One event on its way to one endpoint. Written down with the event, so that it is not lost with the process.</summary>
internal sealed record Delivery : StripeObject
{
    public required string Event { get; init; }

    public required string Endpoint { get; init; }

    public required DeliveryState State { get; init; }

    public int Attempts { get; init; }

    /// <summary>The endpoint's last HTTP status; null when it could not be reached.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Unix seconds of the next try after one that failed.</summary>
    public long? RetryAt { get; init; }
}
