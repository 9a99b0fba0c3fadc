using System.Diagnostics;
using System.Text;
using OpenTelemetry;

namespace PaymentApp.Telemetry;

/// <summary>
/// Takes out of every span what a URL may tell: an order's address is all that guards it, and a circuit's query is its key. A
/// request of a visitor keeps the route that it matched, a request of the shop's the template of its path.
/// </summary>
internal sealed class UrlScrubber : BaseProcessor<Activity>
{
    private const string Route = "http.route";
    private const string Path = "url.path";
    private const string Full = "url.full";
    private const string Template = "url.template";
    private const string Method = "http.request.method";

    private static readonly string[] Never = ["url.query", "url.fragment", "http.url", "http.target"];

    // Everything else in a path may be an id.
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "v1", "account", "balance_transactions", "cancel", "capture", "charges", "confirm", "disputes", "early_fraud_warnings", "events",
        "payment_intents", "payment_methods", "radar", "refunds", "webhook_endpoints", "webhooks", "stripe",
    };

    public override void OnEnd(Activity data)
    {
        ArgumentNullException.ThrowIfNull(data);
        foreach (var name in Never)
            Remove(data, name);
        if (data.GetTagItem(Path) is not null)
            data.SetTag(Path, data.GetTagItem(Route));
        if (data.GetTagItem(Full) is not string full)
            return;

        if (!Uri.TryCreate(full, UriKind.Absolute, out var address))
        {
            data.SetTag(Full, null);
            return;
        }

        var template = TemplateOf(address.AbsolutePath);
        data.SetTag(Full, address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) + template);
        data.SetTag(Template, template);
        if (data.GetTagItem(Method) is string method && data.DisplayName == method)
            data.DisplayName = $"{method} {template}";
    }

    /// <summary>The path with every part that may be an id replaced.</summary>
    public static string TemplateOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var template = new StringBuilder(path.Length);
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            template.Append('/').Append(Words.Contains(part) ? part : "{id}");
        return template.Length == 0 ? "/" : template.ToString();
    }

    private static void Remove(Activity activity, string name)
    {
        if (activity.GetTagItem(name) is not null)
            activity.SetTag(name, null);
    }
}
