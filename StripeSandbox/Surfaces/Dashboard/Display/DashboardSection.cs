namespace StripeSandbox.Dashboard.Display;

/// <summary>The parts of the dashboard that its navigation names.</summary>
internal enum DashboardSection
{
    Payments,
    Requests,
    Controls,
}
