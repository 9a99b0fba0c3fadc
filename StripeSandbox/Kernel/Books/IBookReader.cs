using StripeSandbox.Objects;

namespace StripeSandbox.Books;

internal interface IBookReader
{
    /// <summary>The object with that id, if there is one and it is of that type.</summary>
    T? Find<T>(string id)
        where T : StripeObject;
}
