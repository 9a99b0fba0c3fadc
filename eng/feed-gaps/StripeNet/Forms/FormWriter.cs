using System.Collections;
using System.Globalization;
using System.Net;
using System.Text;

namespace Stripe;

/// <summary>
/// Stripe's form encoding: <c>a[b]=1&amp;c[0]=x</c>, brackets literal, times as unix seconds. Null is left out,
/// unless <see cref="Tracked{T}"/> says that it was assigned.
/// </summary>
internal sealed class FormWriter
{
    private readonly StringBuilder form;
    private readonly string prefix;

    private FormWriter(StringBuilder form, string prefix)
    {
        this.form = form;
        this.prefix = prefix;
    }

    public static string Encode(INestedOptions options)
    {
        var form = new StringBuilder();
        options?.Write(new FormWriter(form, null));
        return form.ToString();
    }

    public void Add(string name, object value)
    {
        if (value is not null)
            Value(prefix is null ? name : $"{prefix}[{name}]", value);
    }

    public void Add<T>(string name, Tracked<T> tracked)
        where T : class
    {
        if (tracked.IsSet)
            Add(name, tracked.Value ?? (object)"");
    }

    private void Value(string name, object value)
    {
        switch (value)
        {
            case AnyOf any:
                if (any.Value is not null)
                    Value(name, any.Value);
                break;
            case INestedOptions nested:
                nested.Write(new FormWriter(form, name));
                break;
            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                    Value($"{name}[{Text(entry.Key)}]", entry.Value ?? "");
                break;
            case IEnumerable items and not string:
                var index = 0;
                foreach (var item in items)
                    Value($"{name}[{index++}]", item ?? "");
                break;
            default:
                if (form.Length > 0)
                    form.Append('&');
                form.Append(Escape(name)).Append('=').Append(Escape(Text(value)));
                break;
        }
    }

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateTime time => new DateTimeOffset(time).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string Escape(string text) =>
        WebUtility.UrlEncode(text).Replace("%5B", "[", StringComparison.Ordinal).Replace("%5D", "]", StringComparison.Ordinal);
}
