using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using StripeSandbox.Api;
using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Dashboard.Payments;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Guard;
using StripeSandbox.Money;
using StripeSandbox.Objects;

namespace StripeSandbox.Dashboard.Actions;

/// <summary>
/// Does what the dashboard's buttons say, by the call that a client would make: checked alike, with the same events and in the same
/// log. Faults that are armed wait for the shop's own calls.
/// </summary>
internal sealed class DashboardActions(IServiceProvider services, ApiPipeline pipeline, SandboxBooks books, SandboxKeys keys, Notices notices)
{
    private readonly Lazy<Dictionary<DashboardAction, ApiRoute>> _routes = new(() => DashboardAction.All.ToDictionary(
        action => action, action => ApiRouting.All(services).Single(route => route.Method == action.Method && route.Pattern == action.Pattern)));

    /// <summary>Does it, and returns the page to show next.</summary>
    /// <exception cref="Refusal">The form cannot be read.</exception>
    public async Task<string> DoAsync(DashboardAction action, HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await RequestForm.ReadAsync(request, cancellationToken);
        var id = form.Text("id") ?? "";
        Notice notice;
        try
        {
            notice = await CallAsync(action, id, Parameters(action, id, form), request.Host.Port, cancellationToken);
        }
        catch (Refusal refusal)
        {
            notice = new Notice(false, refusal.Failure.Message);
        }

        return $"{PageFor(action, id)}?notice={notices.Add(notice)}";
    }

    private async Task<Notice> CallAsync(
        DashboardAction action, string id, IEnumerable<KeyValuePair<string, string>> parameters, int? port, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(string.Join('&', parameters.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")));
        using var scope = services.CreateScope();
        using var answer = new MemoryStream();
        var call = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        call.Items[ApiPipeline.WithoutFaults] = true;
        call.Connection.RemoteIpAddress = IPAddress.Loopback;
        call.Request.Method = action.Method;
        call.Request.Scheme = Uri.UriSchemeHttp;
        call.Request.Host = port is { } own ? new HostString("localhost", own) : new HostString("localhost");
        call.Request.Path = action.Pattern.Replace("{id}", id, StringComparison.Ordinal);
        call.Request.RouteValues["id"] = id;
        call.Request.Headers.Authorization = $"Bearer {keys.Secret}";
        if (action.Method == HttpMethods.Post)
        {
            call.Request.ContentType = "application/x-www-form-urlencoded";
            call.Request.ContentLength = body.Length;
            call.Request.Body = new MemoryStream(body);
        }

        call.Response.Body = answer;
        await pipeline.HandleAsync(call, _routes.Value[action]);
        if (call.Response.StatusCode == StatusCodes.Status200OK)
            return new Notice(true, action.Done);
        using var told = JsonDocument.Parse(answer.ToArray());
        return new Notice(false, told.RootElement.GetProperty("error").GetProperty("message").GetString() ?? "That did not work.");
    }

    private IEnumerable<KeyValuePair<string, string>> Parameters(DashboardAction action, string id, FormNode form)
    {
        if (action == DashboardAction.Refund)
            yield return new("payment_intent", id);
        foreach (var (name, node) in form.Children)
        {
            if (name == "id" || node.Text is not { Length: > 0 } value)
                continue;
            yield return name is "amount" or "amount_to_capture" && books.Find<PaymentIntent>(id) is { } intent
                ? new(name, MinorUnits(intent.Currency, value))
                : new(name, value);
        }
    }

    /// <summary>People write <c>5.00</c>, the API takes 500.</summary>
    private static string MinorUnits(string currency, string amount)
    {
        var shown = Currencies.Format(currency, 0);
        var point = shown.LastIndexOf('.');
        var decimals = point < 0 ? 0 : shown.Length - point - 1;
        return decimal.TryParse(amount, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value)
            && value * (decimal)Math.Pow(10, decimals) is var minor && minor == Math.Truncate(minor) && minor <= long.MaxValue
            ? ((long)minor).ToString(CultureInfo.InvariantCulture)
            : throw ParameterErrors.NotAnAmount(amount, currency, "amount");
    }

    private string PageFor(DashboardAction action, string id)
    {
        if (!action.IsOfPayment)
            return "/test/controls";
        var about = books.Find<StripeObject>(id);
        var payment = PaymentHistory.IntentOf(about is Event happened ? happened.Object : about);
        return payment is null ? "/" : $"/test/payments/{payment}";
    }
}
