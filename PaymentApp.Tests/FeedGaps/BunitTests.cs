using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace PaymentApp.Tests.FeedGaps;

/// <summary>What the component tests need of bUnit, whichever way it came.</summary>
public sealed class BunitTests : BunitContext
{
    [Fact]
    public void Markup_is_compared_by_meaning()
    {
        var counter = Render<Counter>();

        counter.Find("button").Click();

        counter.MarkupMatches("<button   class=\"primary big\" >1</button>");
        Assert.ThrowsAny<Exception>(() => counter.MarkupMatches("<button class=\"primary big\">2</button>"));
    }

    [Fact]
    public void An_interop_call_that_no_test_planned_fails()
    {
        var counter = Render<Counter>();

        Assert.Throws<JSRuntimeUnhandledInvocationException>(() => counter.Find("button").TriggerEvent("ondblclick", new MouseEventArgs()));
    }

    private sealed class Counter : ComponentBase
    {
        private int clicks;

        [Inject]
        private IJSRuntime Js { get; set; } = null!;

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "class", "big primary");
            builder.AddAttribute(2, "onclick", EventCallback.Factory.Create(this, () => clicks++));
            builder.AddAttribute(3, "ondblclick", EventCallback.Factory.Create(this, () => Js.InvokeVoidAsync("celebrate").AsTask()));
            builder.AddContent(4, clicks);
            builder.CloseElement();
        }
    }
}
