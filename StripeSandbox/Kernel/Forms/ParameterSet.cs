using System.Collections.Frozen;
using System.Globalization;
using StripeSandbox.Errors;

namespace StripeSandbox.Forms;

/// <summary>
/// What an endpoint takes. Checked before anything is executed: a form that does not fit changes nothing
/// (https://docs.stripe.com/error-codes, <c>parameter_*</c>).
/// </summary>
internal sealed class ParameterSet
{
    private readonly FrozenDictionary<string, Parameter> _known;
    private readonly Parameter[] _required;

    public ParameterSet(params IEnumerable<Parameter> parameters)
    {
        _known = parameters.ToFrozenDictionary(parameter => parameter.Name);
        _required = [.. _known.Values.Where(parameter => parameter.IsRequired)];
    }

    public IEnumerable<Parameter> Parameters => _known.Values;

    public ParameterSet With(params Parameter[] more) => new(_known.Values.Concat(more));

    /// <exception cref="Refusal">The form names, misses or misspells something.</exception>
    public void Check(FormNode form)
    {
        List<string>? unknown = null;
        FindUnknown(form, null, ref unknown);
        if (unknown is not null)
            throw ParameterErrors.UnknownParameters(unknown);
        CheckFields(form, null);
    }

    private void FindUnknown(FormNode form, string? prefix, ref List<string>? unknown)
    {
        foreach (var (name, node) in form.Children)
        {
            if (!_known.TryGetValue(name, out var parameter))
                (unknown ??= []).Add(FormPath.Of(prefix, name));
            else if (parameter.Kind == ParameterKind.Fields)
                parameter.Fields!.FindUnknown(node, FormPath.Of(prefix, name), ref unknown);
        }
    }

    private void CheckFields(FormNode form, string? prefix)
    {
        foreach (var parameter in _required)
            if (form[parameter.Name] is null)
                throw ParameterErrors.MissingParameter(FormPath.Of(prefix, parameter.Name));

        foreach (var (name, node) in form.Children)
            Check(_known[name], node, FormPath.Of(prefix, name));
    }

    private static void Check(Parameter parameter, FormNode node, string path)
    {
        if (node.Text is { Length: 0 })
        {
            if (!parameter.IsClearable)
                throw ParameterErrors.EmptyParameter(path);
            return;
        }

        switch (parameter.Kind)
        {
            case ParameterKind.Text:
                RequireText(node, path);
                break;
            case ParameterKind.Integer:
                if (!long.TryParse(RequireText(node, path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
                    throw ParameterErrors.InvalidInteger(node.Text!, path);
                break;
            case ParameterKind.Flag:
                if (!FormValues.TryReadFlag(RequireText(node, path), out _))
                    throw ParameterErrors.InvalidBoolean(node.Text!, path);
                break;
            case ParameterKind.Choice:
                if (!parameter.Choices.Contains(RequireText(node, path)))
                    throw ParameterErrors.NotOneOf(path, parameter.Choices);
                break;
            case ParameterKind.TextList:
                if (node.IsLeaf || !node.IsList)
                    throw ParameterErrors.NotAnArray(path);
                RequireTexts(node, path);
                RequireNoneEmpty(node, path);
                break;
            case ParameterKind.Fields:
                if (node.IsLeaf)
                    throw ParameterErrors.NotAnObject(path);
                parameter.Fields!.CheckFields(node, path);
                break;
            case ParameterKind.Map:
                if (node.IsLeaf)
                    throw ParameterErrors.NotAnObject(path);
                RequireTexts(node, path);
                break;
            case ParameterKind.Open:
                break;
        }
    }

    private static void RequireTexts(FormNode node, string path)
    {
        foreach (var (name, item) in node.Children)
        {
            if (item.Text is null)
                RequireText(item, FormPath.Of(path, name));
        }
    }

    // Of a map an empty text unsets a key; an item of a list cannot be unset.
    private static void RequireNoneEmpty(FormNode list, string path)
    {
        foreach (var (index, (_, item)) in list.Children.Index())
        {
            if (item.Text is { Length: 0 })
                throw ParameterErrors.EmptyParameter($"{path}[{index}]");
        }
    }

    private static string RequireText(FormNode node, string path) =>
        node.Text ?? throw ParameterErrors.NotASingleValue(path);
}
