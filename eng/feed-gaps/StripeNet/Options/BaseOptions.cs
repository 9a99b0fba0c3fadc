namespace Stripe;

/// <summary>Parameters of a request.</summary>
public class BaseOptions : INestedOptions
{
    private Dictionary<string, object> extra = [];

    /// <summary>Fields to answer whole instead of by id. See https://docs.stripe.com/api/expanding_objects.</summary>
    public List<string> Expand { get; set; }

    public void AddExpand(string value) => (Expand ??= []).Add(value);

    /// <summary>Sends a parameter that has no property here.</summary>
    /// <exception cref="ArgumentException">A parameter of that name was added before.</exception>
    public void AddExtraParam(string key, object value) => extra.Add(key, value);

    void INestedOptions.Write(FormWriter form) => Write(form);

    private protected virtual void Write(FormWriter form)
    {
        form.Add("expand", Expand);
        foreach (var (name, value) in extra)
            form.Add(name, value ?? "");
    }

    private protected BaseOptions Clone()
    {
        var clone = (BaseOptions)MemberwiseClone();
        clone.Expand = Expand is null ? null : [.. Expand];
        clone.extra = new(extra);
        return clone;
    }
}
