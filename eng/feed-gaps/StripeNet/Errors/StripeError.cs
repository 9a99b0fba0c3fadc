using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>Why a request or a payment failed. See https://docs.stripe.com/api/errors.</summary>
public class StripeError : StripeEntity
{
    /// <summary><c>card_error</c>, <c>invalid_request_error</c>, <c>api_error</c> or <c>idempotency_error</c>.</summary>
    public string Type { get; set; }

    public string Code { get; set; }

    public string DeclineCode { get; set; }

    public string Message { get; set; }

    public string Param { get; set; }

    /// <summary>The id of the failed charge.</summary>
    public string Charge { get; set; }

    public string DocUrl { get; set; }

    public string RequestLogUrl { get; set; }

    public string AdviceCode { get; set; }

    public string NetworkDeclineCode { get; set; }

    public PaymentIntent PaymentIntent { get; set; }

    public PaymentMethod PaymentMethod { get; set; }

    [JsonInclude]
    internal string ErrorDescription { get; set; }
}
