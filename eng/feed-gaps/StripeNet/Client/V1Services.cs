namespace Stripe;

/// <summary>The v1 API, one property a resource.</summary>
public class V1Services
{
    internal V1Services(ApiRequestor requestor)
    {
        Charges = new ChargeService(requestor);
        Customers = new CustomerService(requestor);
        Events = new EventService(requestor);
        PaymentIntents = new PaymentIntentService(requestor);
        PaymentMethods = new PaymentMethodService(requestor);
        Refunds = new RefundService(requestor);
    }

    public virtual ChargeService Charges { get; }

    public virtual CustomerService Customers { get; }

    public virtual EventService Events { get; }

    public virtual PaymentIntentService PaymentIntents { get; }

    public virtual PaymentMethodService PaymentMethods { get; }

    public virtual RefundService Refunds { get; }
}
