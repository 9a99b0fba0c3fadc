using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PaymentApp.Bench;

/// <summary>The least that has a circuit: one page with an interactive component that does nothing. What a checkout's memory is measured against.</summary>
[Route("/")]
public sealed class EmptyApp : ComponentBase
{
    internal const string Argument = "serve-empty";

    internal static Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(typeof(EmptyApp).Assembly.Location, [Argument], []);

    /// <summary>Serves in this process until it is killed.</summary>
    internal static async Task ServeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        await using var app = builder.Build();
        app.UseAntiforgery();
        app.MapRazorComponents<EmptyApp>().AddInteractiveServerRenderMode();
        await app.StartAsync();
        Console.WriteLine(ServerProcess.Listening + app.Urls.First());
        await app.WaitForShutdownAsync();
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddMarkupContent(0, "<!DOCTYPE html><html lang=\"en\"><head><title>Nothing</title></head><body>");
        builder.OpenComponent<EmptyIsland>(1);
        builder.AddComponentRenderMode(RenderMode.InteractiveServer);
        builder.CloseComponent();
        builder.AddMarkupContent(2, "</body></html>");
    }
}

/// <summary>Shows a word.</summary>
public sealed class EmptyIsland : ComponentBase
{
    internal const string Shown = "Nothing to do.";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "p");
        builder.AddContent(1, Shown);
        builder.CloseElement();
    }
}
