using Microsoft.AspNetCore.Components.Infrastructure;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaymentApp.Security;

namespace PaymentApp.Components;

/// <summary>Wires Blazor and the pages.</summary>
internal static class ComponentsHosting
{
    public static void AddComponents(this IHostApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(Limits.Circuits).AddHubOptions(Limits.Messages);
        // Without the services' own state: the framework would hand every circuit a form's token and an address of WebAssembly's,
        // encrypted within the page. No form of this shop that is posted is rendered by a circuit.
        builder.Services.Replace(ServiceDescriptor.Scoped(services =>
            new ComponentStatePersistenceManager(services.GetRequiredService<ILogger<ComponentStatePersistenceManager>>())));
    }

    public static void UseComponents(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
        {
            // The one policy of SecurityHeaders forbids framing; the framework's own would say so a second time.
            options.ContentSecurityFrameAncestorsPolicy = null;
            options.ConfigureWebSocketAcceptContext = CompressMessagesApart;
        }).Add(AnswerHead);
    }

    /// <summary>
    /// Has each message of a circuit compressed by itself. What the one before it said would have to be kept for as long as
    /// the page is open, 260 KB of it, and would tell by a message's length whether it says the same again.
    /// https://www.rfc-editor.org/rfc/rfc7692#section-7.1.1.1.
    /// </summary>
    private static Task CompressMessagesApart(HttpContext context, WebSocketAcceptContext accept)
    {
        accept.DangerousEnableCompression = true;
        accept.DisableServerContextTakeover = true;
        return Task.CompletedTask;
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
