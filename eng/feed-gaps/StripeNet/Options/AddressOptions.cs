namespace Stripe;

public class AddressOptions : INestedOptions
{
    public string City { get; set; }

    /// <summary>Two letters, ISO 3166-1 alpha-2.</summary>
    public string Country { get; set; }

    public string Line1 { get; set; }

    public string Line2 { get; set; }

    public string PostalCode { get; set; }

    public string State { get; set; }

    void INestedOptions.Write(FormWriter form)
    {
        form.Add("city", City);
        form.Add("country", Country);
        form.Add("line1", Line1);
        form.Add("line2", Line2);
        form.Add("postal_code", PostalCode);
        form.Add("state", State);
    }
}
