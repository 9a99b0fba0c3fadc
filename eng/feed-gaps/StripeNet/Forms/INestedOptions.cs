namespace Stripe;

/// <summary>Parameters that write themselves, by the names that Stripe knows them under.</summary>
internal interface INestedOptions
{
    void Write(FormWriter form);
}
