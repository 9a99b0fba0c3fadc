using StripeSandbox.Dashboard.Display;
using StripeSandbox.Forms;

namespace StripeSandbox.Dashboard.Requests;

/// <summary>
/// A request's parameters as the log may keep them. A form without secrets is kept as it was decoded; of any other, only a
/// masked copy.
/// </summary>
internal sealed class KeptForm
{
    private const int MaxLength = 16 * 1024;

    private readonly FormNode? _form;
    private readonly IReadOnlyList<KeyValuePair<string, string>>? _masked;

    private KeptForm(FormNode? form, IReadOnlyList<KeyValuePair<string, string>>? masked)
    {
        _form = form;
        _masked = masked;
    }

    /// <summary>Whether the form was too large to be kept.</summary>
    public bool IsTooLarge => _form is null && _masked is null;

    public IReadOnlyList<KeyValuePair<string, string>> Parameters =>
        _masked ?? (_form is null ? [] : [.. Flatten(_form, "").Select(leaf => KeyValuePair.Create(leaf.Name, leaf.Node.Text!))]);

    /// <summary>The value of a parameter at the top; null without one.</summary>
    public string? Text(string name) => _form?.TextOf(name) ?? Parameters.FirstOrDefault(parameter => parameter.Key == name).Value;

    public static KeptForm? Of(FormNode? form, Secrets secrets)
    {
        if (form is null || form.Children.Count == 0)
            return null;
        var room = MaxLength;
        if (!HoldsSecret(form, null, secrets, ref room))
            return new KeptForm(room < 0 ? null : form, null);
        return new KeptForm(null,
        [
            .. Flatten(form, "").Select(leaf => KeyValuePair.Create(
                secrets.Mask(leaf.Name), IsSecret(leaf.Parent, leaf.Key) ? Hide(leaf.Key, leaf.Node.Text!) : secrets.Mask(leaf.Node.Text!))),
        ]);
    }

    private static bool HoldsSecret(FormNode node, string? parent, Secrets secrets, ref int room)
    {
        foreach (var (name, child) in node.Children)
        {
            room -= name.Length + (child.Text?.Length ?? 0);
            if (room < 0)
                return false;
            if (secrets.IsIn(name) || (child.Text is { } text ? IsSecret(parent, name) || secrets.IsIn(text) : HoldsSecret(child, name, secrets, ref room)))
                return true;
        }

        return false;
    }

    private static bool IsSecret(string? parent, string name) => name switch
    {
        "cvc" => true,
        "number" => parent == "card",
        "key" or "secret" or "client_secret" => parent is null,
        _ => false,
    };

    private static string Hide(string name, string value) => name == "number" ? Secrets.LastFour(value) : Secrets.Hidden;

    private static IEnumerable<(string Name, string? Parent, string Key, FormNode Node)> Flatten(FormNode node, string path, string? _parent = null)
    {
        foreach (var (key, child) in node.Children)
        {
            var name = path.Length == 0 ? key : $"{path}[{key}]";
            if (child.IsLeaf)
            {
                yield return (name, _parent, key, child);
                continue;
            }

            foreach (var leaf in Flatten(child, name, key))
                yield return leaf;
        }
    }
}
