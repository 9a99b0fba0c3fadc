using System.Text.Json;

namespace PaymentApp.Tests.Sandbox;

/// <summary>
/// Stripe's own description of its objects, where a copy lies beside the repository. Holds each object against it:
/// no key missing, none unknown, no wrong type, no unheard-of value.
/// </summary>
internal sealed class OpenApiSubset
{
    private static readonly Lazy<OpenApiSubset?> Description = new(Load);

    private readonly Dictionary<string, OpenApiSchema> _schemas = [];

    private OpenApiSubset(JsonElement described)
    {
        foreach (var schema in described.EnumerateObject())
            _schemas[schema.Name] = new OpenApiSchema(this, schema.Value);
    }

    public static bool IsPresent => Description.Value is not null;

    public OpenApiSchema? this[string name] => _schemas.GetValueOrDefault(name);

    /// <summary>What is wrong with the answer, down to a list's items and an event's object; nothing where the description is not there.</summary>
    public static IReadOnlyList<string> ProblemsOf(JsonElement answer)
    {
        var problems = new List<string>();
        if (Description.Value is { } description && answer.ValueKind == JsonValueKind.Object)
        {
            if (answer.TryGetProperty("error", out _))
                description["error"]!.Check(answer, "error", problems);
            else
                description.CheckObject(answer, "", problems);
        }

        return problems;
    }

    /// <summary>Checks an object that names its own kind; kinds that are not described have to be whole by other tests.</summary>
    public void CheckObject(JsonElement value, string path, ICollection<string> problems)
    {
        if (!value.TryGetProperty("object", out var named) || named.GetString() is not { } kind)
        {
            problems.Add($"{path} does not say what it is");
            return;
        }

        path = path.Length == 0 ? kind : path;
        if (kind == "list")
            CheckList(value, path, problems);
        else if (value.TryGetProperty("deleted", out _))
            CheckKeys(value, path, ["deleted", "id", "object"], problems);
        else
            this[kind]?.Check(value, path, problems);
        if (kind == "event")
            CheckEvent(value.GetProperty("data"), path, problems);
    }

    private void CheckList(JsonElement list, string path, ICollection<string> problems)
    {
        CheckKeys(list, path, ["data", "has_more", "object", "url"], problems);
        foreach (var item in list.GetProperty("data").EnumerateArray())
            CheckObject(item, path + "[]", problems);
    }

    private void CheckEvent(JsonElement data, string path, ICollection<string> problems)
    {
        var what = data.GetProperty("object");
        CheckObject(what, path + ".data.object", problems);
        if (!data.TryGetProperty("previous_attributes", out var previous) || this[what.GetProperty("object").GetString()!] is not { } schema)
            return;
        foreach (var property in previous.EnumerateObject().Where(property => !schema.Knows(property.Name)))
            problems.Add($"{path}.data.previous_attributes.{property.Name} is unknown");
    }

    private static void CheckKeys(JsonElement value, string path, string[] expected, ICollection<string> problems)
    {
        var keys = value.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal);
        if (!keys.SequenceEqual(expected))
            problems.Add($"{path} has the keys {string.Join(", ", keys)}");
    }

    private static OpenApiSubset? Load()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "PaymentApp.sln")))
                continue;
            var file = Path.Combine(folder.Parent?.FullName ?? "", "shared", "stripe-openapi-subset.json");
            if (!File.Exists(file))
                return null;
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return new OpenApiSubset(document.RootElement.GetProperty("components").GetProperty("schemas"));
        }

        return null;
    }
}
