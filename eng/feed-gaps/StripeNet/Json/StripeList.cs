using System.Collections;

namespace Stripe;

/// <summary>One page of a list.</summary>
public class StripeList<T> : StripeEntity, IEnumerable<T>
    where T : StripeEntity
{
    public List<T> Data { get; set; }

    public bool HasMore { get; set; }

    public IEnumerator<T> GetEnumerator() => Data.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
