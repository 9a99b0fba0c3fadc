using System.Collections.Frozen;
using System.Text.Json;

namespace PaymentApp.Tests.Sandbox;

/// <summary>One schema of the description, read once, since every answer of the suite is held against it.</summary>
internal sealed class OpenApiSchema
{
    private readonly OpenApiSubset _description;
    private readonly string? _reference;
    private readonly string? _type;
    private readonly bool _isNullable;
    private readonly bool _isExpandable;
    private readonly FrozenSet<string>? _knownValues;
    private readonly OpenApiSchema[] _choices;
    private readonly string[] _alwaysThere;
    private readonly FrozenDictionary<string, OpenApiSchema>? _properties;
    private readonly OpenApiSchema? _items;

    public OpenApiSchema(OpenApiSubset description, JsonElement schema)
    {
        _description = description;
        _reference = Text("$ref")?.Split('/')[^1];
        _type = Text("type");
        _isNullable = schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean();
        _isExpandable = schema.TryGetProperty("x-expandable", out _);
        string[] values = [.. Texts("enum"), .. Texts("x-known-values")];
        _knownValues = values.Length > 0 ? values.ToFrozenSet() : null;
        _choices = schema.TryGetProperty("anyOf", out var anyOf) ? [.. anyOf.EnumerateArray().Select(Read)] : [];
        _alwaysThere = [.. Texts("required"), .. Texts("x-always-present")];
        // An object described without properties is Stripe's own business inside.
        _properties = schema.TryGetProperty("properties", out var described) && described.EnumerateObject().Any()
            ? described.EnumerateObject().ToFrozenDictionary(property => property.Name, property => Read(property.Value))
            : null;
        _items = schema.TryGetProperty("items", out var item) ? Read(item) : null;

        string? Text(string name) => schema.TryGetProperty(name, out var value) ? value.GetString() : null;

        IEnumerable<string> Texts(string name) =>
            schema.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(value => value.GetString()!) : [];

        OpenApiSchema Read(JsonElement inner) => new(description, inner);
    }

    public bool Knows(string property) => _properties is null || _properties.ContainsKey(property);

    public void Check(JsonElement value, string path, ICollection<string> problems)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!_isNullable)
                problems.Add($"{path} is null");
        }
        else if (_reference is not null)
        {
            _description[_reference]!.Check(value, path, problems);
        }
        else if (_isExpandable && value.ValueKind == JsonValueKind.Object)
        {
            _description.CheckObject(value, path, problems);
        }
        else if (_choices.Length > 0)
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
        var nearest = _choices.Select(choice =>
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
        var fits = (_type, value.ValueKind) switch
        {
            (null, _) or ("string", JsonValueKind.String) or ("boolean", JsonValueKind.True or JsonValueKind.False)
                or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
            _ => false,
        };
        if (!fits)
        {
            problems.Add($"{path} is {value.ValueKind}, not {_type}");
            return;
        }

        if (_knownValues is not null && value.ValueKind == JsonValueKind.String && !_knownValues.Contains(value.GetString()!))
            problems.Add($"{path} is '{value}', which nobody knows");
        if (_items is not null)
        {
            foreach (var item in value.EnumerateArray())
                _items.Check(item, path + "[]", problems);
        }

        if (_type == "object")
            CheckProperties(value, path, problems);
    }

    private void CheckProperties(JsonElement value, string path, ICollection<string> problems)
    {
        foreach (var name in _alwaysThere)
        {
            if (!value.TryGetProperty(name, out _))
                problems.Add($"{path}.{name} is missing");
        }

        if (_properties is null)
            return;
        foreach (var property in value.EnumerateObject())
        {
            if (_properties.TryGetValue(property.Name, out var known))
                known.Check(property.Value, $"{path}.{property.Name}", problems);
            else
                problems.Add($"{path}.{property.Name} is unknown");
        }
    }
}
