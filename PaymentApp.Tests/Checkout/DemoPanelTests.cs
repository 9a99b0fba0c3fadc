using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Microsoft.JSInterop.Infrastructure;
using PaymentApp.Checkout;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Checkout;

public sealed class DemoPanelTests : BunitContext
{
    private readonly ScriptLog _log = new();
    private readonly ScriptFunction<IJSObjectReference> _import;
    private readonly ScriptFunction<bool> _copy;
    private readonly ScriptFunction<IJSVoidResult> _release;
    private readonly List<AuthenticationMode> _chosen = [];

    private Uri? _dashboard;

    public DemoPanelTests()
    {
        _import = new("import", _log);
        _copy = new("demo.copy", _log);
        _release = new("demo.release", _log);
        _import.UsuallyAnswers(() => new ScriptObject("demo", JSInterop.JSRuntime));
        _copy.UsuallyAnswers(() => true);
        _release.UsuallyAnswers(() => null!);
        Services.AddTexts();
        Services.AddTransient(_ => new DemoSettings(_dashboard));
        Services.AddSingleton(new BrowserConnection(TimeProvider.System));
        JSInterop.AddInvocationHandler(_import);
        JSInterop.AddInvocationHandler(_copy);
        JSInterop.AddInvocationHandler(_release);
    }

    [Fact]
    public void Every_test_card_can_be_copied_with_one_click()
    {
        var panel = Open();

        foreach (var card in TestCards.All)
        {
            Copy(panel, card);
            Assert.Equal($"Copied {card.Number}", Said(panel));
            Assert.Equal("Copied", panel.Find($"button[aria-label='Copied {card.Number}']").TextContent);
        }

        Assert.Equal(TestCards.All.Select(card => card.Number), JSInterop.Invocations["demo.copy"].Select(call => call.Arguments[0]));
        Assert.Single(JSInterop.Invocations["import"]);
    }

    [Fact]
    public void A_browser_that_does_not_allow_it_is_said_with_a_way_out()
    {
        _copy.Answers(false);
        var panel = Open();

        Copy(panel, TestCards.All[0]);

        Assert.Equal("Your browser doesn't let this page copy. Select the number instead.", Said(panel));
        Assert.Empty(panel.FindAll("button[aria-label^='Copied']"));
    }

    [Fact]
    public void A_script_that_was_blocked_is_asked_for_again()
    {
        _import.Throws(new JSException("Failed to fetch dynamically imported module"));
        var panel = Open();

        Copy(panel, TestCards.All[0]);
        Assert.StartsWith("Your browser doesn't let this page copy.", Said(panel), StringComparison.Ordinal);

        Copy(panel, TestCards.All[0]);
        Assert.Equal($"Copied {TestCards.All[0].Number}", Said(panel));
    }

    [Fact]
    public void The_two_integrations_of_the_guide_can_be_chosen()
    {
        var panel = Open();
        Assert.Equal(["Show the bank's page", "Decline the card"], panel.FindAll("label").Select(label => label.TextContent.Trim()));

        panel.FindAll("input")[1].Change(true);

        Assert.Equal([AuthenticationMode.Decline], _chosen);
    }

    [Fact]
    public void The_sandboxs_dashboard_is_linked_where_there_is_one()
    {
        Assert.Empty(Open().FindAll("a"));

        var link = Open("http://127.0.0.1:4242/").Find("a");
        Assert.Equal("http://127.0.0.1:4242/", link.GetAttribute("href"));
        Assert.Equal("_blank", link.GetAttribute("target"));
    }

    [Fact]
    public async Task Its_module_is_given_back()
    {
        Copy(Open(), TestCards.All[0]);

        await DisposeComponentsAsync();

        Assert.Equal(["import", "demo.copy", "demo.release"], _log.Calls);
    }

    [Fact]
    public async Task A_module_that_arrives_when_the_shopper_has_left_is_given_back()
    {
        var pending = new Pending<IJSObjectReference>(Renderer.Dispatcher);
        _import.Answers(pending);
        Copy(Open(), TestCards.All[0]);

        var leaving = DisposeComponentsAsync();
        await pending.AnswerAsync(new ScriptObject("demo", JSInterop.JSRuntime));
        await leaving;

        Assert.Contains("demo.release", _log.Calls);
        Assert.False(Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public async Task A_browser_that_is_gone_does_not_matter()
    {
        var panel = Open();
        Copy(panel, TestCards.All[0]);
        _log.Breakdown = new JSDisconnectedException("The circuit has disconnected and is being disposed.");

        Copy(panel, TestCards.All[1]);
        await DisposeComponentsAsync();

        Assert.False(Renderer.UnhandledException.IsCompleted);
    }

    private static void Copy(IRenderedComponent<DemoPanel> panel, TestCard card) => panel.Find($"button[aria-label$='{card.Number}']").Click();

    private static string Said(IRenderedComponent<DemoPanel> panel) => panel.Find("[role=status]").TextContent;

    private IRenderedComponent<DemoPanel> Open(string? dashboard = null)
    {
        _dashboard = dashboard is null ? null : new Uri(dashboard);
        return Render<DemoPanel>(panel => panel
            .Add(parameters => parameters.Authentication, AuthenticationMode.Handle)
            .Add(parameters => parameters.AuthenticationChanged, _chosen.Add));
    }
}
