namespace Stripe;

public class ChargeShippingOptions : INestedOptions
{
    public AddressOptions Address { get; set; }

    public string Carrier { get; set; }

    public string Name { get; set; }

    public string Phone { get; set; }

    public string TrackingNumber { get; set; }

    void INestedOptions.Write(FormWriter form)
    {
        form.Add("address", Address);
        form.Add("carrier", Carrier);
        form.Add("name", Name);
        form.Add("phone", Phone);
        form.Add("tracking_number", TrackingNumber);
    }
}
