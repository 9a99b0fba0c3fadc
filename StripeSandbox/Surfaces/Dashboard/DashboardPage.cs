using StripeSandbox.Dashboard.Display;

namespace StripeSandbox.Dashboard;

/// <summary>What a page of the dashboard shows: a component and its parameters.</summary>
internal sealed record DashboardPage(string Title, DashboardSection Section, Type Content)
{
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();

    public int Status { get; init; } = StatusCodes.Status200OK;
}
