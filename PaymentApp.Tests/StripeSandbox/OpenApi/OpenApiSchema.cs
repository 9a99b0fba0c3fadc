using System.Collections.Frozen;
using System.Text.Json;

namespace PaymentApp.Tests.Sandbox;

/// <summary>One schema of the description, read once, since every answer of the suite is held against it.</summary>
internal sealed class OpenApiSchema
{
    private readonly OpenApiSubset description;
    private readonly string? reference;
    private readonly string? type;
    private readonly bool isNullable;
    private readonly bool isExpandable;
    private readonly FrozenSet<string>? knownValues;
    private readonly OpenApiSchema[] choices;
    private readonly string[] alwaysThere;
    private readonly FrozenDictionary<string, OpenApiSchema>? properties;
    private readonly OpenApiSchema? items;

    public OpenApiSchema(OpenApiSubset description, JsonElement schema)
    {
        this.description = description;
        reference = Text("$ref")?.Split('/')[^1];
        type = Text("type");
        isNullable = schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean();
        isExpandable = schema.TryGetProperty("x-expandable", out _);
        string[] values = [.. Texts("enum"), .. Texts("x-known-values")];
        knownValues = values.Length > 0 ? values.ToFrozenSet() : null;
        choices = schema.TryGetProperty("anyOf", out var anyOf) ? [.. anyOf.EnumerateArray().Select(Read)] : [];
        alwaysThere = [.. Texts("required"), .. Texts("x-always-present")];
        // An object described without properties is Stripe's own business inside.
        properties = schema.TryGetProperty("properties", out var described) && described.EnumerateObject().Any()
            ? described.EnumerateObject().ToFrozenDictionary(property => property.Name, property => Read(property.Value))
            : null;
        items = schema.TryGetProperty("items", out var item) ? Read(item) : null;

        string? Text(string name) => schema.TryGetProperty(name, out var value) ? value.GetString() : null;

        IEnumerable<string> Texts(string name) =>
            schema.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(value => value.GetString()!) : [];

        OpenApiSchema Read(JsonElement inner) => new(description, inner);
    }

    public bool Knows(string property) => properties is null || properties.ContainsKey(property);

    public void Check(JsonElement value, string path, ICollection<string> problems)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!isNullable)
                problems.Add($"{path} is null");
        }
        else if (reference is not null)
        {
            description[reference]!.Check(value, path, problems);
        }
        else if (isExpandable && value.ValueKind == JsonValueKind.Object)
        {
            description.CheckObject(value, path, problems);
        }
        else if (choices.Length > 0)
        {
            CheckChoices(value, path, problems);
        }
        else
        {
            CheckOne(value, path, problems);
        }
    }

    private void CheckChoices(JsonElement value, string path, ICollection<string> problems)
    {
        var nearest = choices.Select(choice =>
        {
            var own = new List<string>();
            choice.Check(value, path, own);
            return own;
        }).MinBy(own => own.Count)!;
        foreach (var problem in nearest)
            problems.Add(problem);
    }

    private void CheckOne(JsonElement value, string path, ICollection<string> problems)
    {
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

        if (knownValues is not null && value.ValueKind == JsonValueKind.String && !knownValues.Contains(value.GetString()!))
            problems.Add($"{path} is '{value}', which nobody knows");
        if (items is not null)
        {
            foreach (var item in value.EnumerateArray())
                items.Check(item, path + "[]", problems);
        }

        if (type == "object")
            CheckProperties(value, path, problems);
    }

    private void CheckProperties(JsonElement value, string path, ICollection<string> problems)
    {
        foreach (var name in alwaysThere)
        {
            if (!value.TryGetProperty(name, out _))
                problems.Add($"{path}.{name} is missing");
        }

        if (properties is null)
            return;
        foreach (var property in value.EnumerateObject())
        {
            if (properties.TryGetValue(property.Name, out var known))
                known.Check(property.Value, $"{path}.{property.Name}", problems);
            else
                problems.Add($"{path}.{property.Name} is unknown");
        }
    }
}
