using StripeSandbox.Faults;
using StripeSandbox.Objects;

namespace StripeSandbox.Dashboard.Requests;

/// <summary>One request to the API and what came of it, without card numbers and secrets.</summary>
internal sealed record LoggedRequest
{
    public required string Id { get; init; }

    /// <summary>How many requests came before it.</summary>
    public long Number { get; set; }

    public required DateTimeOffset At { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    /// <summary>The HTTP status that the client got.</summary>
    public required int Status { get; init; }

    public required TimeSpan Duration { get; init; }

    public required string Version { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>The request whose answer this one got again; null when it was executed itself.</summary>
    public string? ReplayOf { get; init; }

    public KeptForm? Form { get; init; }

    public Failure? Failure { get; init; }

    /// <summary>The object that was answered, as it was then; null for a list.</summary>
    public StripeObject? Result { get; init; }

    /// <summary>The fault that struck it.</summary>
    public FaultKind? Fault { get; init; }

    public bool IsError => Status >= StatusCodes.Status400BadRequest;
}
