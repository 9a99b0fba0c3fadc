using System.Text;
using StripeSandbox.Errors;
using StripeSandbox.Forms;

namespace PaymentApp.Tests.Sandbox;

public sealed class FormDecodingTests
{
    [Theory]
    [InlineData("a=1&b=2", "a=1 b=2")]
    [InlineData("a[b]=1&a[c]=2", "a{b=1 c=2}")]
    [InlineData("a[b][c]=1", "a{b{c=1}}")]
    [InlineData("a[0]=x&a[1]=y", "a[x y]")]
    [InlineData("a[]=x&a[]=y", "a[x y]")]
    [InlineData("a%5B0%5D=x", "a[x]")]
    [InlineData("a[0][b]=1&a[0][c]=2&a[1][b]=3", "a[{b=1 c=2} {b=3}]")]
    [InlineData("a[][b]=1&a[][c]=2&a[][b]=3", "a[{b=1 c=2} {b=3}]")]
    [InlineData("name=J%C3%BCrgen+M%2BS", "name=Jürgen M+S")]
    [InlineData("a=", "a=")]
    [InlineData("a", "a=")]
    [InlineData("a=1&a=2", "a=2")]
    [InlineData("&&a=1&", "a=1")]
    [InlineData("a=%zz%4", "a=%zz%4")]
    [InlineData("a[b=1", "a[b=1")]
    [InlineData("a=b=c", "a=b=c")]
    [InlineData("", "")]
    public void Forms_are_decoded_as_stripe_decodes_them(string encoded, string expected)
    {
        var form = new FormNode();
        FormDecoder.Decode(Encoding.UTF8.GetBytes(encoded), form);
        Assert.Equal(expected, Show(form));
    }

    [Theory]
    [InlineData("a=1&a[b]=2")]
    [InlineData("a[b]=2&a=1")]
    [InlineData("a[1][2][3][4][5][6][7][8][9][10][11][12][13]=x")]
    public void A_form_that_contradicts_itself_or_never_ends_is_refused(string encoded) =>
        Assert.Throws<Refusal>(() => FormDecoder.Decode(Encoding.UTF8.GetBytes(encoded), new FormNode()));

    [Fact]
    public void A_form_of_endless_parameters_is_refused() =>
        Assert.Throws<Refusal>(() => FormDecoder.Decode(Encoding.UTF8.GetBytes(string.Join('&', Enumerable.Repeat("a=1", 5_000))), new FormNode()));

    private static string Show(FormNode form) => string.Join(' ', form.Children.Select(child => child.Key + ShowValue(child.Value)));

    private static string ShowValue(FormNode node) =>
        node.IsLeaf ? "=" + node.Text
        : node.IsList ? $"[{string.Join(' ', node.Children.Select(item => item.Value.IsLeaf ? item.Value.Text : ShowValue(item.Value)))}]"
        : $"{{{Show(node)}}}";
}
