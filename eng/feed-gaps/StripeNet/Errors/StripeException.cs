using System.Net;

namespace Stripe;

/// <summary>
/// Stripe answered, but not with 200 and an object; or a webhook is not Stripe's. Branch on
/// <see cref="StripeError.Type"/>. The message may hold the whole body of the answer: do not log it.
/// </summary>
public class StripeException : Exception
{
    public StripeException()
    {
    }

    public StripeException(string message)
        : base(message)
    {
    }

    public StripeException(string message, Exception err)
        : base(message, err)
    {
    }

    public StripeException(HttpStatusCode httpStatusCode, StripeError stripeError, string message)
        : base(message)
    {
        HttpStatusCode = httpStatusCode;
        StripeError = stripeError;
    }

    /// <summary>0 where no answer is at fault, as with a webhook's signature.</summary>
    public HttpStatusCode HttpStatusCode { get; set; }

    /// <summary>Null where the body was not an error of Stripe's.</summary>
    public StripeError StripeError { get; set; }

    public StripeResponse StripeResponse { get; set; }
}
