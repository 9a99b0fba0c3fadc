using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using StripeSandbox.Dashboard.Pages;

namespace StripeSandbox.Dashboard;

/// <summary>Renders pages on the server, without anything of Blazor's in the browser.</summary>
internal sealed class DashboardRenderer(IServiceProvider services, ILoggerFactory logging)
{
    public Task<string> DocumentAsync(DashboardPage page) => RenderAsync<Document>(new Dictionary<string, object?>
    {
        [nameof(Document.Title)] = page.Title,
        [nameof(Document.Section)] = page.Section.ToString(),
        [nameof(Document.Content)] = ContentOf(page),
    });

    /// <summary>The part of the page that changes while somebody watches.</summary>
    public Task<string> ContentAsync(DashboardPage page) =>
        RenderAsync<LiveContent>(new Dictionary<string, object?> { [nameof(LiveContent.ChildContent)] = ContentOf(page) });

    private static RenderFragment ContentOf(DashboardPage page) => builder =>
    {
        builder.OpenComponent<DynamicComponent>(0);
        builder.AddComponentParameter(1, nameof(DynamicComponent.Type), page.Content);
        builder.AddComponentParameter(2, nameof(DynamicComponent.Parameters), new Dictionary<string, object?>(page.Parameters));
        builder.CloseComponent();
    };

    private async Task<string> RenderAsync<T>(Dictionary<string, object?> parameters)
        where T : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logging);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
