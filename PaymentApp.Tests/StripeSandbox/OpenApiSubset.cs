using System.Text.Json;

namespace PaymentApp.Tests.Sandbox;

/// <summary>
/// Stripe's own description of its objects, where a copy lies beside the repository. Holds each object against it:
/// no key missing, none unknown, no wrong type, no unheard-of value.
/// </summary>
public static class OpenApiSubset
{
    private static readonly Lazy<JsonElement?> Description = new(Load);

    public static bool IsPresent => Description.Value is not null;

    /// <summary>What is wrong with the answer; nothing where the description is not there.</summary>
    public static IReadOnlyList<string> ProblemsOf(JsonElement answer)
    {
        var problems = new List<string>();
        if (Description.Value is not { } description || answer.ValueKind != JsonValueKind.Object)
            return problems;
        if (SchemaOf(answer) is { } name && description.TryGetProperty(name, out var schema))
            Check(description, schema, answer, name, problems);
        else if (answer.TryGetProperty("object", out var kind) && kind.GetString() == "list")
            problems.AddRange(answer.GetProperty("data").EnumerateArray().SelectMany(ProblemsOf));
        return problems;
    }

    private static string? SchemaOf(JsonElement answer)
    {
        if (answer.TryGetProperty("error", out _))
            return "error";
        if (!answer.TryGetProperty("object", out var kind))
            return null;
        return kind.GetString() == "list"
            ? answer.GetProperty("url").GetString() switch
            {
                "/v1/payment_intents" => "payment_intent_list",
                "/v1/refunds" => "refund_list",
                "/v1/events" => "event_list",
                _ => null,
            }
            : kind.GetString();
    }

    private static void Check(JsonElement description, JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!schema.TryGetProperty("nullable", out var nullable) || !nullable.GetBoolean())
                problems.Add($"{path} is null");
            return;
        }

        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("deleted", out var deleted) && deleted.ValueKind == JsonValueKind.True)
        {
            if (!value.EnumerateObject().Select(property => property.Name).Order().SequenceEqual(["deleted", "id", "object"]))
                problems.Add($"{path} is deleted and says more than that");
            return;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            Check(description, description.GetProperty(name), value, path, problems);
            return;
        }

        // The subset knows the id of every expandable field, and the object of some.
        if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("x-expandable", out _)
            && !description.TryGetProperty(value.GetProperty("object").GetString()!, out _))
        {
            return;
        }

        if (schema.TryGetProperty("anyOf", out var choices))
        {
            var failures = choices.EnumerateArray().Select(choice =>
            {
                var own = new List<string>();
                Check(description, choice, value, path, own);
                return own;
            }).ToList();
            if (failures.TrueForAll(own => own.Count > 0))
                problems.AddRange(failures.MinBy(own => own.Count)!);
            return;
        }

        CheckOne(description, schema, value, path, problems);
    }

    private static void CheckOne(JsonElement description, JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        var type = schema.TryGetProperty("type", out var given) ? given.GetString() : null;
        var fits = (type, value.ValueKind) switch
        {
            (null, _) or ("string", JsonValueKind.String) or ("boolean", JsonValueKind.True or JsonValueKind.False)
                or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
            _ => false,
        };
        if (!fits)
        {
            problems.Add($"{path} is {value.ValueKind}, not {type}");
            return;
        }

        foreach (var list in new[] { "enum", "x-known-values" })
        {
            if (value.ValueKind == JsonValueKind.String && schema.TryGetProperty(list, out var known)
                && !known.EnumerateArray().Any(one => one.GetString() == value.GetString()))
            {
                problems.Add($"{path} is '{value}', which nobody knows");
            }
        }

        if (type == "array" && schema.TryGetProperty("items", out var items))
        {
            foreach (var item in value.EnumerateArray())
                Check(description, items, item, path + "[]", problems);
        }

        if (type == "object" && schema.TryGetProperty("properties", out var properties))
            CheckProperties(description, schema, properties, value, path, problems);
    }

    private static void CheckProperties(
        JsonElement description, JsonElement schema, JsonElement properties, JsonElement value, string path, List<string> problems)
    {
        foreach (var list in new[] { "required", "x-always-present" })
        {
            if (!schema.TryGetProperty(list, out var names))
                continue;
            problems.AddRange(names.EnumerateArray().Select(name => name.GetString()!)
                .Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{path}.{name} is missing"));
        }

        // An object described without properties is Stripe's own business inside.
        if (!properties.EnumerateObject().Any())
            return;
        foreach (var property in value.EnumerateObject())
        {
            if (properties.TryGetProperty(property.Name, out var known))
                Check(description, known, property.Value, $"{path}.{property.Name}", problems);
            else
                problems.Add($"{path}.{property.Name} is unknown");
        }
    }

    private static JsonElement? Load()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "PaymentApp.sln")))
                continue;
            var file = Path.Combine(folder.Parent?.FullName ?? "", "shared", "stripe-openapi-subset.json");
            return File.Exists(file)
                ? JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetProperty("components").GetProperty("schemas")
                : null;
        }

        return null;
    }
}
