using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Mono.Cecil;
using Mono.Cecil.Cil;
using PaymentApp.Orders;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Languages;

/// <summary>
/// What shoppers read stands in resource files: in markup or code it would stay English for everybody. Looks for texts where
/// the compiler has put both, so that no way to write them is overlooked.
/// </summary>
public sealed partial class LiteralTests
{
    private static readonly string[] Folders = ["PaymentApp.Checkout", "PaymentApp.Components", "PaymentApp.Orders", "PaymentApp.Mail", "PaymentApp.Languages"];

    /// <summary>Attributes and parameters that are shown or read out.</summary>
    private static readonly string[] Spoken =
        ["alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext", "label", "placeholder", "title", "Heading", "ReceiptHeading"];

    /// <summary>The shop's name and a file's are the same in every language.</summary>
    private static readonly string[] Names = ["Small Hours", "/receipt.", ".eml"];

    /// <summary>Ends of the names of types that speak to operators and developers; and the catalogue, whose English stands in its texts too.</summary>
    private static readonly string[] NotForShoppers =
    [
        "Options", "Hosting", "Exception", "Log", "Work", nameof(PackingSlipHandler), "OrderLimit", "CardName", nameof(Catalogue),
    ];

    [Fact]
    public void The_shop_shows_no_text_that_is_not_in_a_resource_file()
    {
        var types = TypesOf(typeof(Catalogue).Assembly.Location).Where(type => Folders.Any(folder => NamespaceOf(type).StartsWith(folder, StringComparison.Ordinal)))
            .Where(type => !Enclosing(type).Any(name => NotForShoppers.Any(other => name.EndsWith(other, StringComparison.Ordinal)))).ToList();

        Assert.True(types.Count > 50);
        Assert.Empty(types.SelectMany(TextsIn));
    }

    /// <summary>What a script shows, the server wrote.</summary>
    [Fact]
    public void No_script_of_the_shop_shows_a_text_of_its_own()
    {
        var scripts = Directory.EnumerateFiles(Path.Combine(Repository.Root, "PaymentApp"), "*.razor.js", SearchOption.AllDirectories).ToList();

        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.DoesNotMatch(ShownByScript(), File.ReadAllText(script)));
    }

    [Theory]
    [InlineData(typeof(ShowsText), "Paid")]
    [InlineData(typeof(ShowsMarkup), "Nothing was charged.")]
    [InlineData(typeof(ChoosesText), "Paid", "Total")]
    [InlineData(typeof(SpeaksLabel), "Close")]
    [InlineData(typeof(SpeaksMarkup), "Close")]
    [InlineData(typeof(SaysSentence), "Please try again.")]
    public void A_text_is_found_however_it_is_written(Type component, params string[] texts)
    {
        var type = TypesOf(typeof(LiteralTests).Assembly.Location).Single(type => type.FullName == component.FullName!.Replace('+', '/'));

        Assert.Equal(texts.Order(), TextsIn(type).Select(found => found.Text).Order());
    }

    private static IEnumerable<(string Where, string Text)> TextsIn(TypeDefinition type) =>
        from method in type.Methods
        where method.HasBody
        from text in TextsIn(method).Where(text => Letter().IsMatch(Names.Aggregate(text, (rest, name) => rest.Replace(name, "", StringComparison.Ordinal))))
        select ($"{type.FullName}.{method.Name}", text);

    private static IEnumerable<string> TextsIn(MethodDefinition method)
    {
        var literals = new List<string>();
        foreach (var instruction in method.Body.Instructions)
        {
            if (instruction.Operand is string literal && !IsThrown(instruction))
            {
                literals.Add(literal);
            }
            else if (instruction.OpCode.FlowControl is FlowControl.Call or FlowControl.Return)
            {
                foreach (var text in ShownBy((instruction.Operand as MethodReference)?.Name, literals))
                    yield return text;
                literals.Clear();
            }
        }
    }

    /// <summary>What a call shows of the literals that it is given; of those that are given to anything else, the sentences.</summary>
    private static IEnumerable<string> ShownBy(string? call, List<string> literals) => call switch
    {
        nameof(RenderTreeBuilder.AddContent) => literals,
        nameof(RenderTreeBuilder.AddMarkupContent) => literals.SelectMany(TextsInMarkup),
        nameof(RenderTreeBuilder.AddAttribute) or nameof(RenderTreeBuilder.AddComponentParameter) =>
            literals is [var name, .. var values] && Spoken.Contains(name) ? values : [],
        _ => literals.Where(text => Sentence().IsMatch(Tag().Replace(text, ""))),
    };

    private static IEnumerable<string> TextsInMarkup(string markup)
    {
        var body = new HtmlParser().ParseDocument($"<body>{markup}</body>").Body!;
        return body.Descendants().OfType<IText>().Select(text => text.Data.Trim())
            .Concat(body.Descendants().OfType<IElement>().SelectMany(element => element.Attributes).Where(attribute => Spoken.Contains(attribute.Name))
                .Select(attribute => attribute.Value));
    }

    /// <summary>Exceptions speak to developers.</summary>
    private static bool IsThrown(Instruction literal)
    {
        var next = literal;
        for (var steps = 0; steps < 20 && next is not null; steps++, next = next.Next)
        {
            if (next.OpCode == OpCodes.Newobj && ((MethodReference)next.Operand).DeclaringType.Name.EndsWith("Exception", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static IEnumerable<TypeDefinition> TypesOf(string assembly) => ModuleDefinition.ReadModule(assembly).GetTypes();

    private static string NamespaceOf(TypeDefinition type) => type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;

    private static IEnumerable<string> Enclosing(TypeDefinition type) => type.DeclaringType is { } outer ? Enclosing(outer).Append(type.Name) : [type.Name];

    [GeneratedRegex(@"\b(?:textContent|innerText|innerHTML|title|placeholder|ariaLabel)\s*=\s*['""`]|\b(?:alert|confirm|prompt|append|setCustomValidity)\(\s*['""`]")]
    private static partial Regex ShownByScript();

    // Also the half of one that another literal begins or ends.
    [GeneratedRegex("<[^>]*>|<[^>]*$|^[^<]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\p{L}")]
    private static partial Regex Letter();

    [GeneratedRegex(@"\p{L}{2,}[,:;]? \p{L}{2,}")]
    private static partial Regex Sentence();

    private sealed class ShowsText : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "Paid");
    }

    private sealed class ShowsMarkup : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddMarkupContent(0, "<p class=\"muted\">Nothing was charged.</p>");
    }

    private sealed class ChoosesText : ComponentBase
    {
        [Parameter]
        public bool IsPaid { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, IsPaid ? "Paid" : "Total");
    }

    private sealed class SpeaksLabel : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddAttribute(0, "aria-label", "Close");
    }

    private sealed class SpeaksMarkup : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddMarkupContent(0, "<button aria-label=\"Close\"></button>");
    }

    private sealed class SaysSentence : ComponentBase
    {
        private string _said = "";

        protected override void OnInitialized() => _said = "Please try again.";

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, _said);
    }
}
