using AngleSharp.Dom;
using PaymentApp.Tests.Components;
using StripeSandbox;

namespace PaymentApp.Tests.Sandbox.Dashboard;

/// <summary>A sandbox, and somebody who looks at its dashboard without scripts.</summary>
public sealed class DashboardUnderTest : IAsyncDisposable
{
    private readonly Visitor _visitor;

    private DashboardUnderTest(SandboxUnderTest sandbox)
    {
        Sandbox = sandbox;
        _visitor = Visitor.At(sandbox.Server.Address);
    }

    public SandboxUnderTest Sandbox { get; }

    public static async Task<DashboardUnderTest> StartAsync(Action<SandboxOptions>? configure = null) =>
        new(await SandboxUnderTest.StartAsync(configure));

    internal Task<Page> OpenAsync(string path = "/") => _visitor.GetAsync(path);

    internal Task<Page> OpenPaymentAsync(string id) => OpenAsync($"/test/payments/{id}");

    /// <summary>The log's page of the request that got this answer.</summary>
    internal Task<Page> OpenRequestAsync(SandboxAnswer answer) => OpenAsync($"/test/logs/{answer.Header("Request-Id")}");

    public async Task<string> FailAuthenticationAsync()
    {
        var intent = (await Sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        await Sandbox.AnswerChallengeAsync(intent.Id, "fail");
        return intent.Id;
    }

    /// <summary>What the guide's basic integration does with a card that needs authentication.</summary>
    public async Task<string> FailToHandleAuthenticationAsync() =>
        (await Sandbox.PayAsync("pm_card_authenticationRequired", ("error_on_requires_action", "true"))).Text("error.payment_intent.id");

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await Sandbox.DisposeAsync();
    }
}

internal static class DashboardReading
{
    public static IReadOnlyList<string> Rows(this Page page) => [.. page.Document.QuerySelectorAll("tbody tr").Select(row => row.Id!)];

    public static string Row(this Page page, string id) => page.Document.GetElementById(id)!.TextContent.Squeezed();

    /// <summary>The number beside a view's name.</summary>
    public static string Count(this Page page, string view) => page.Document.QuerySelector($"#view-{view} .count")!.TextContent;

    public static string? Pager(this Page page, string text) =>
        page.Document.QuerySelectorAll(".pager a").SingleOrDefault(link => link.TextContent == text)?.GetAttribute("href");

    public static string Text(this Page page) => page.Document.Body!.TextContent.Squeezed();

    public static string Squeezed(this string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
