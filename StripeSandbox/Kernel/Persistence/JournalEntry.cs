using System.Text.Json.Serialization;
using StripeSandbox.Idempotency;
using StripeSandbox.Objects;

namespace StripeSandbox.Persistence;

/// <summary>One unit of work: what changed, and what was answered for it.</summary>
internal sealed record JournalEntry(IReadOnlyList<StripeObject> Changes, KeptAnswer? Kept);

/// <summary>The first line of a journal.</summary>
internal sealed record JournalHeader(string Journal, int Format)
{
    public static readonly JournalHeader Current = new("StripeSandbox", 1);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(JournalHeader))]
internal sealed partial class JournalJson : JsonSerializerContext;
