using System.Text.Json;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Forms;

namespace PaymentApp.Tests.Sandbox;

/// <summary>The table of parameter rules against Stripe's description of today, where a copy lies beside the repository.</summary>
public sealed class ParameterTableTests
{
    [DescriptionFact]
    public void The_table_has_every_parameter_value_and_demand_of_the_description()
    {
        using var description = JsonDocument.Parse(File.ReadAllBytes(DescriptionFactAttribute.File));
        var missing = new List<string>();
        foreach (var path in description.RootElement.GetProperty("paths").EnumerateObject())
        {
            if (!path.Value.TryGetProperty("post", out var post) || !ParameterRules.Know("POST", path.Name))
                continue;
            var form = post.GetProperty("requestBody").GetProperty("content").GetProperty("application/x-www-form-urlencoded").GetProperty("schema");
            Compare($"POST {path.Name}", form, ParameterRules.Of("POST", path.Name), missing);
        }

        Assert.Empty(missing);
    }

    private static void Compare(string where, JsonElement form, ParameterRule rule, List<string> missing)
    {
        var required = form.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet() : [];
        foreach (var parameter in form.GetProperty("properties").EnumerateObject())
        {
            // Other payment methods than cards are taken as they come, and so they are not in the table.
            if (!rule.Fields.TryGetValue(parameter.Name, out var known))
            {
                if (parameter.Value.TryGetProperty("type", out var type) && type.GetString() != "object")
                    missing.Add($"{where}: {parameter.Name}");
                continue;
            }

            if (required.Contains(parameter.Name) && !known.IsRequired)
                missing.Add($"{where}: {parameter.Name} is required");
            if (parameter.Value.TryGetProperty("enum", out var values)
                && known.Values.Length > 0 && values.EnumerateArray().Select(value => value.GetString()!).Except(known.Values).Any())
                missing.Add($"{where}: {parameter.Name} is one of {values}");
            if (parameter.Value.TryGetProperty("properties", out _))
                Compare($"{where} {parameter.Name}", parameter.Value, known, missing);
        }
    }
}

/// <summary>A test that reads Stripe's description: where there is no copy beside the repository, it is shown as skipped.</summary>
public sealed class DescriptionFactAttribute : FactAttribute
{
    public DescriptionFactAttribute()
    {
        if (!System.IO.File.Exists(File))
            Skip = "Stripe's description is not there: the table was not held against it.";
    }

    public static string File { get; } = Path.Combine(Repository.Root, "..", "shared", "stripe-openapi-subset.json");
}
