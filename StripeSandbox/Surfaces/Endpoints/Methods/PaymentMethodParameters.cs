using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using static StripeSandbox.Forms.Parameter;

namespace StripeSandbox.Endpoints.Methods;

/// <summary>How a PaymentMethod is described (https://docs.stripe.com/api/payment_methods/create).</summary>
internal static class PaymentMethodParameters
{
    /// <summary>The types that Stripe knows; this sandbox makes cards only.</summary>
    public static readonly string[] Types =
    [
        "acss_debit", "affirm", "afterpay_clearpay", "alipay", "alma", "amazon_pay", "au_becs_debit", "bacs_debit", "bancontact", "billie", "bizum",
        "blik", "boleto", "card", "cashapp", "crypto", "custom", "customer_balance", "eps", "fpx", "giropay", "grabpay", "ideal", "kakao_pay",
        "klarna", "konbini", "kr_card", "link", "mb_way", "mobilepay", "multibanco", "naver_pay", "nz_bank_account", "oxxo", "p24", "pay_by_bank",
        "payco", "paynow", "paypal", "paypay", "payto", "pix", "promptpay", "revolut_pay", "samsung_pay", "satispay", "scalapay", "sepa_debit",
        "sequra", "sofort", "sunbit", "swish", "twint", "upi", "us_bank_account", "wechat_pay", "zip",
    ];

    public static Parameter Address => Object("address",
        Text("city").Clearable(), Text("country").Clearable(), Text("line1").Clearable(), Text("line2").Clearable(),
        Text("postal_code").Clearable(), Text("state").Clearable());

    public static readonly ParameterSet Create = new(
    [
        Choice("type", Types),
        .. Description,
        Text("customer"), Text("payment_method"),
        Map("metadata"),
        .. Types.Where(type => type != "card").Append("interac_present").Select(Open),
        // Stripe.js adds these to what it sends.
        Text("client_secret"), Open("client_attribution_metadata"), Text("guid").Clearable(), Text("muid").Clearable(), Text("sid").Clearable(),
        Text("pasted_fields"), Text("payment_user_agent"), Text("referrer").Clearable(), Integer("time_on_page"),
    ]);

    public static readonly ParameterSet Update = new(
    [
        Object("card", Integer("exp_month"), Integer("exp_year"), Object("networks", Text("preferred").Clearable())),
        BillingDetails,
        Choice("allow_redisplay", "always", "limited", "unspecified"),
        Map("metadata"),
        Open("payto"), Open("us_bank_account"),
    ]);

    /// <summary>The same as part of an intent's parameters.</summary>
    public static Parameter Data => Object("payment_method_data",
    [
        Choice("type", Types).Required(),
        .. Description,
        Map("metadata"),
        .. Types.Where(type => type != "card").Select(Open),
    ]);

    private static Parameter BillingDetails => Object("billing_details",
        Address.Clearable(), Text("email").Clearable(), Text("name").Clearable(), Text("phone").Clearable(), Text("tax_id").Clearable());

    private static Parameter[] Description =>
    [
        Object("card",
            Text("number"), Integer("exp_month"), Integer("exp_year"), Text("cvc"), Text("token"),
            Object("networks", Text("preferred").Clearable())),
        BillingDetails,
        Choice("allow_redisplay", "always", "limited", "unspecified"),
        Open("radar_options"),
    ];

    /// <exception cref="Refusal">The type, or the card, is missing.</exception>
    public static CardDetails Read(FormNode form, string? prefix)
    {
        var type = form.Text("type") ?? (form["card"] is not null ? "card" : throw ParameterErrors.MissingParameter(Name("type")));
        if (type != "card")
            throw ParameterErrors.TypeIsInvalid($"The payment method type provided: {type} is invalid.", Name("type"));

        var card = form["card"] ?? throw ParameterErrors.MissingParameter(Name("card"));
        if (card.Text("token") is null && card.Text("number") is null)
            throw ParameterErrors.MissingParameter(Name("card") + "[number]");
        var billing = form["billing_details"];
        return new CardDetails(
            card.Text("number"), card.Text("token"), card.Integer("exp_month"), card.Integer("exp_year"), card.Text("cvc"),
            card["networks"]?.Text("preferred"),
            billing is null
                ? Objects.BillingDetails.Empty
                : new BillingDetails(ReadAddress(billing["address"]), billing.Text("email"), billing.Text("name"), billing.Text("phone"), billing.Text("tax_id")),
            MetadataForm.Read(form["metadata"], Metadata.Empty),
            form.Text("allow_redisplay"));

        string Name(string field) => prefix is null ? field : $"{prefix}[{field}]";
    }

    public static Objects.Address ReadAddress(FormNode? form) => form is null or { IsLeaf: true }
        ? Objects.Address.Empty
        : new Objects.Address(
            form.Text("city"), form.Text("country"), form.Text("line1"), form.Text("line2"), form.Text("postal_code"), form.Text("state"));

    /// <summary>The address that the form wants under <c>address</c>, part by part; null where it is cleared.</summary>
    public static Objects.Address? MergeAddress(FormNode form, Objects.Address? old)
    {
        if (!form.Has("address"))
            return old;
        if (form.Clears("address"))
            return null;
        var (given, before) = (form["address"]!, old ?? Objects.Address.Empty);
        return new Objects.Address(
            given.Merge("city", before.City), given.Merge("country", before.Country), given.Merge("line1", before.Line1),
            given.Merge("line2", before.Line2), given.Merge("postal_code", before.PostalCode), given.Merge("state", before.State));
    }

    public static Shipping? ReadShipping(FormNode? form) => form is null or { IsLeaf: true }
        ? null
        : new Shipping(ReadAddress(form["address"]), form.Text("carrier"), form.Text("name"), form.Text("phone"), form.Text("tracking_number"));
}
