using StripeSandbox.Forms;
using StripeSandbox.Rendering;

namespace StripeSandbox.Calls;

/// <summary>One request, recognized and decoded.</summary>
internal sealed record ApiCall(
    string RequestId,
    KeyKind Key,
    ApiVersion Version,
    FormNode Form,
    string? IdempotencyKey,
    string Path,
    string? Id,
    string Origin)
{
    public bool IsPublishable => Key == KeyKind.Publishable;

    /// <summary>The second id in the route of an object that belongs to another.</summary>
    public string LastSegment => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The id in the route; routes without one do not ask for it.</summary>
    public string RouteId => Id ?? throw new InvalidOperationException("This route has no id.");
}
