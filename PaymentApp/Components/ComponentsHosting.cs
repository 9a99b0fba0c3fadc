using PaymentApp.Security;

namespace PaymentApp.Components;

/// <summary>Wires Blazor and the pages.</summary>
internal static class ComponentsHosting
{
    public static void AddComponents(this IHostApplicationBuilder builder) =>
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(Limits.Circuits).AddHubOptions(Limits.Messages);

    public static void UseComponents(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        // The one policy of SecurityHeaders forbids framing; the framework's own would say so a second time.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .Add(AnswerHead);
    }

    /// <summary>Has whatever answers GET answer HEAD too, as monitors and link previews ask; the server leaves the body out.</summary>
    private static void AnswerHead(EndpointBuilder endpoint)
    {
        for (var index = 0; index < endpoint.Metadata.Count; index++)
        {
            if (endpoint.Metadata[index] is IHttpMethodMetadata { HttpMethods: var methods } && methods.Contains(HttpMethods.Get))
                endpoint.Metadata[index] = new HttpMethodMetadata([.. methods, HttpMethods.Head]);
        }
    }
}
