namespace Stripe;

/// <summary>A field that holds an id, or the whole object where the request asked to expand it.</summary>
internal sealed class Expandable<T>
    where T : StripeEntity, IHasId
{
    private string id;

    public string Id
    {
        get => id ?? Object?.Id;
        init => id = value;
    }

    public T Object { get; init; }

    public static Expandable<T> Of(string id) => id is null ? null : new() { Id = id };

    public static Expandable<T> Of(T expanded) => expanded is null ? null : new() { Object = expanded };
}
