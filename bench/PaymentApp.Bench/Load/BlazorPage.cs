using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PaymentApp.Bench.Load;

/// <summary>What a browser's script reads of a page that Blazor rendered.</summary>
internal sealed partial class BlazorPage
{
    private readonly string _html;
    private readonly List<JsonNode> _markers;

    public BlazorPage(Uri address, string html)
    {
        (Address, _html) = (address, html);
        // The end of a component is marked too, with nothing but its id.
        _markers = [.. MarkerComment().Matches(html).Select(comment => JsonNode.Parse(comment.Groups[1].Value)!).Where(marker => marker["type"] is not null)];
    }

    public Uri Address { get; }

    /// <summary>What prerendered components left for their circuit.</summary>
    public string State => StateComment().Match(_html) is { Success: true } comment ? comment.Groups[1].Value : "";

    public bool Shows(string text) => _html.Contains(text, StringComparison.Ordinal);

    /// <summary>What the script asks of a circuit: its components, to be added to it or, where they are there, given their new parameters.</summary>
    public string Operations(int batch, bool isFirst) => new JsonObject
    {
        ["batchId"] = batch,
        ["operations"] = new JsonArray(
            [
                .. _markers.Select((marker, index) => new JsonObject
                {
                    ["type"] = isFirst ? "add" : "update",
                    ["ssrComponentId"] = index + 1,
                    ["marker"] = marker.DeepClone(),
                }),
            ]),
    }.ToJsonString(JsonSerializerOptions.Web);

    /// <summary>The fields of the form that has the named one, as pressing its first button sends them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> FormWith(string field)
    {
        var form = Form().Matches(_html).Select(found => found.Value).FirstOrDefault(html => html.Contains($"name=\"{field}\"", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{Address} has no form with a field {field}.");
        return
        [
            .. HiddenField().Matches(form).Select(Pair),
            .. Button().Matches(form).Take(1).Select(Pair),
        ];

        static KeyValuePair<string, string> Pair(Match tag) =>
            new(WebUtility.HtmlDecode(Name().Match(tag.Value).Groups[1].Value), WebUtility.HtmlDecode(Value().Match(tag.Value).Groups[1].Value));
    }

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->", RegexOptions.Singleline)]
    private static partial Regex MarkerComment();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->", RegexOptions.Singleline)]
    private static partial Regex StateComment();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex HiddenField();

    [GeneratedRegex("<button[^>]*name=[^>]*>")]
    private static partial Regex Button();

    [GeneratedRegex(" name=\"([^\"]*)\"")]
    private static partial Regex Name();

    [GeneratedRegex(" value=\"([^\"]*)\"")]
    private static partial Regex Value();
}
