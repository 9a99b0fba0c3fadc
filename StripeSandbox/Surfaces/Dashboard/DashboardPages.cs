using StripeSandbox.Books;
using StripeSandbox.Dashboard.Display;
using StripeSandbox.Dashboard.Pages;
using StripeSandbox.Dashboard.Requests;
using StripeSandbox.Objects;

namespace StripeSandbox.Dashboard;

/// <summary>Which page an address means. The addresses are those of Stripe's own dashboard in test mode.</summary>
internal sealed class DashboardPages(SandboxBooks books, RequestLog log)
{
    public static DashboardPage Payments(HttpRequest request) => new("Payments", DashboardSection.Payments, typeof(PaymentList))
    {
        Parameters = new Dictionary<string, object?>
        {
            [nameof(PaymentList.View)] = request.Query["view"].ToString(),
            [nameof(PaymentList.Query)] = Given(request, "q"),
            [nameof(PaymentList.Notice)] = Given(request, "notice"),
            [nameof(PaymentList.After)] = Given(request, "after"),
            [nameof(PaymentList.Before)] = Given(request, "before"),
        },
    };

    public DashboardPage Payment(HttpRequest request) => IdOf(request) is var id && books.Find<PaymentIntent>(id) is not null
        ? new DashboardPage($"Payment {id}", DashboardSection.Payments, typeof(PaymentDetail))
        {
            Parameters = new Dictionary<string, object?> { [nameof(PaymentDetail.Id)] = id, [nameof(PaymentDetail.Notice)] = Given(request, "notice") },
        }
        : NotFound(DashboardSection.Payments, "There is no such payment. It may have been forgotten in a reset.");

    public static DashboardPage Controls(HttpRequest request) => new("Controls", DashboardSection.Controls, typeof(ControlPanel))
    {
        Parameters = new Dictionary<string, object?> { [nameof(ControlPanel.Notice)] = Given(request, "notice") },
    };

    public static DashboardPage Requests(HttpRequest request) => new("Requests", DashboardSection.Requests, typeof(RequestList))
    {
        Parameters = new Dictionary<string, object?>
        {
            [nameof(RequestList.ErrorsOnly)] = request.Query["view"] == "errors",
            [nameof(RequestList.Before)] = long.TryParse(request.Query["before"], out var number) ? number : null,
        },
    };

    public DashboardPage Request(HttpRequest request) => IdOf(request) is var id && log.Find(id) is not null
        ? new DashboardPage($"Request {id}", DashboardSection.Requests, typeof(RequestDetail)) { Parameters = Identified(id) }
        : NotFound(DashboardSection.Requests, $"There is no such request in the log. It holds the last {RequestLog.Capacity} since the sandbox started.");

    private static DashboardPage NotFound(DashboardSection section, string message) => new("Not found", section, typeof(NotFound))
    {
        Status = StatusCodes.Status404NotFound,
        Parameters = new Dictionary<string, object?> { [nameof(Pages.NotFound.Message)] = message },
    };

    private static Dictionary<string, object?> Identified(string id) => new() { ["Id"] = id };

    private static string IdOf(HttpRequest request) => request.RouteValues["id"] as string ?? "";

    private static string? Given(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } value ? value : null;
}
