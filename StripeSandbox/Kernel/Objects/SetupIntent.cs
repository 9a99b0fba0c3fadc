using System.Text.Json.Serialization;

namespace StripeSandbox.Objects;

/// <summary>https://docs.stripe.com/api/setup_intents/object</summary>
internal sealed record SetupIntent : Intent
{
    /// <summary><c>off_session</c> or <c>on_session</c>: what the card is set up for.</summary>
    public required string Usage { get; init; }

    /// <summary>Null where the caller did not say: then no answer names it.</summary>
    public bool? AttachToSelf { get; init; }

    public IReadOnlyList<string>? FlowDirections { get; init; }

    public Failure? LastSetupError { get; init; }

    /// <summary>Every <see cref="SetupAttempt"/>, newest first.</summary>
    public IReadOnlyList<string> SetupAttempts { get; init; } = [];

    [JsonIgnore]
    public string? LatestAttempt => SetupAttempts is [var latest, ..] ? latest : null;
}
