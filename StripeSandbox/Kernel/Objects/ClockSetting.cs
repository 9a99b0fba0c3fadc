namespace StripeSandbox.Objects;

/// <summary>Where the control surface has put the sandbox's clock.</summary>
internal sealed record ClockSetting : StripeObject
{
    public const string OnlyId = "clock";

    /// <summary>How far the sandbox is ahead of the clock it runs on, in ticks.</summary>
    public required long AheadTicks { get; init; }

    /// <summary>The UTC ticks at which it stands still; null while it runs.</summary>
    public long? FrozenAtTicks { get; init; }
}
