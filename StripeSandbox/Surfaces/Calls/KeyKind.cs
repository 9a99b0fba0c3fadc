namespace StripeSandbox.Calls;

/// <summary>What a key lets its holder do (https://docs.stripe.com/keys).</summary>
internal enum KeyKind
{
    Secret,
    Publishable,
}
