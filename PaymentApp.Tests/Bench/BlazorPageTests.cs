using System.Text.Json;
using PaymentApp.Bench.Load;

namespace PaymentApp.Tests.Bench;

/// <summary>The load generator reads of a page what blazor.web.js reads.</summary>
public sealed class BlazorPageTests
{
    private static readonly BlazorPage Page = new(
        new Uri("http://shop.test/"),
        """
        <form method="post"><input type="hidden" name="theme" value="dark"></form>
        <form method="post"><input type="hidden" name="__RequestVerificationToken" value="a&#x2B;b" /><input type="hidden" name="purchase" value="p" />
        <button type="submit" name="product" value="kettle">Buy</button><button type="submit" name="product" value="mug">Buy</button></form>
        <!--Blazor:{"type":"server","prerenderId":"1","sequence":0,"descriptor":"CfDJ8","key":{"locationHash":"h","formattedComponentKey":""}}-->
        <p>Shown</p>
        <!--Blazor:{"prerenderId":"1"}-->
        <!--Blazor-Server-Component-State:c3RhdGU=-->
        """);

    [Fact]
    public void Components_and_their_state_are_given_to_the_circuit()
    {
        var batch = JsonElement.Parse(Page.Operations(batch: 0, isFirst: true));

        Assert.Equal("c3RhdGU=", Page.State);
        Assert.Equal(0, batch.GetProperty("batchId").GetInt32());
        var operation = Assert.Single(batch.GetProperty("operations").EnumerateArray());
        Assert.Equal("add", operation.GetProperty("type").GetString());
        Assert.Equal(1, operation.GetProperty("ssrComponentId").GetInt32());
        Assert.Equal("CfDJ8", operation.GetProperty("marker").GetProperty("descriptor").GetString());
        Assert.Equal("h", operation.GetProperty("marker").GetProperty("key").GetProperty("locationHash").GetString());
    }

    [Fact]
    public void A_page_that_is_loaded_anew_updates_the_components_that_are_there() =>
        Assert.Equal("update", JsonElement.Parse(Page.Operations(batch: 1, isFirst: false)).GetProperty("operations")[0].GetProperty("type").GetString());

    [Fact]
    public void A_form_is_sent_with_its_hidden_fields_and_its_first_button() =>
        Assert.Equal([new("__RequestVerificationToken", "a+b"), new("purchase", "p"), new("product", "kettle")], Page.FormWith("purchase"));
}
