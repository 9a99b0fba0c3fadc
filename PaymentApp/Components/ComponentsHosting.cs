using PaymentApp.Security;

namespace PaymentApp.Components;

/// <summary>Wires Blazor and the pages.</summary>
internal static class ComponentsHosting
{
    public static void AddComponents(this IHostApplicationBuilder builder) =>
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(Limits.Circuits).AddHubOptions(Limits.Messages);

    public static void UseComponents(this WebApplication app)
    {
        // The pages speak English, so amounts and dates do too, whatever the server's own language.
        app.UseRequestLocalization("en-US");
        app.UseAntiforgery();
        app.MapStaticAssets();
        // The one policy of SecurityHeaders forbids framing; the framework's own would say so a second time.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
