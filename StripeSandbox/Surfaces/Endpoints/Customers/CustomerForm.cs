using StripeSandbox.Endpoints.Methods;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using static StripeSandbox.Forms.Parameter;

namespace StripeSandbox.Endpoints.Customers;

/// <summary>How a customer is described (https://docs.stripe.com/api/customers/create).</summary>
internal static class CustomerForm
{
    private const int MaxPrefixLength = 12;

    public static readonly ParameterSet Create = new([.. Description, Text("payment_method"), Open("tax_id_data"), Text("test_clock")]);

    public static readonly ParameterSet Update = new([.. Description, Text("default_source")]);

    private static Parameter[] Description =>
    [
        PaymentMethodParameters.Address.Clearable(),
        Integer("balance"),
        Text("business_name").Clearable(),
        Open("cash_balance"),
        Text("description").Clearable(),
        Text("email").Clearable(),
        Text("individual_name").Clearable(),
        Text("invoice_prefix"),
        Object("invoice_settings",
            Open("custom_fields"),
            Text("default_payment_method").Clearable(),
            Text("footer").Clearable(),
            Object("rendering_options",
                Choice("amount_tax_display", "exclude_tax", "include_inclusive_tax").Clearable(), Text("template").Clearable()).Clearable()),
        Map("metadata"),
        Text("name").Clearable(),
        Integer("next_invoice_sequence"),
        Text("phone").Clearable(),
        TextList("preferred_locales").Clearable(),
        Object("shipping",
            PaymentMethodParameters.Address, Text("carrier").Clearable(), Text("name"), Text("phone").Clearable(),
            Text("tracking_number").Clearable()).Clearable(),
        Text("source"),
        Object("tax", Text("ip_address").Clearable(), Text("validate_location")),
        Choice("tax_exempt", "exempt", "none", "reverse").Clearable(),
        Flag("validate"),
    ];

    /// <summary>The customer as the form wants it; what the form does not name stays.</summary>
    /// <exception cref="Refusal">A value is not one that the field can have.</exception>
    public static Customer Apply(FormNode form, Customer old) => old with
    {
        Address = PaymentMethodParameters.MergeAddress(form, old.Address),
        Balance = form.Integer("balance") ?? old.Balance,
        BusinessName = form.Merge("business_name", old.BusinessName),
        Description = form.Merge("description", old.Description),
        Email = form.Merge("email", old.Email),
        IndividualName = form.Merge("individual_name", old.IndividualName),
        InvoicePrefix = ReadPrefix(form) ?? old.InvoicePrefix,
        InvoiceSettings = ReadInvoiceSettings(form["invoice_settings"], old.InvoiceSettings),
        Metadata = MetadataForm.Read(form["metadata"], old.Metadata),
        Name = form.Merge("name", old.Name),
        NextInvoiceSequence = form.Integer("next_invoice_sequence") ?? old.NextInvoiceSequence,
        Phone = form.Merge("phone", old.Phone),
        PreferredLocales = form.Has("preferred_locales") ? form.TextList("preferred_locales") ?? [] : old.PreferredLocales,
        Shipping = ReadShipping(form, old.Shipping),
        TaxExempt = form.Has("tax_exempt") ? form.Text("tax_exempt") ?? "none" : old.TaxExempt,
    };

    private static Shipping? ReadShipping(FormNode form, Shipping? old)
    {
        if (!form.Has("shipping"))
            return old;
        if (form.Clears("shipping"))
            return null;
        var given = form["shipping"]!;
        return new Shipping(
            PaymentMethodParameters.MergeAddress(given, old?.Address) ?? Address.Empty, given.Merge("carrier", old?.Carrier),
            given.Merge("name", old?.Name) ?? throw ParameterErrors.MissingParameter("shipping[name]"), given.Merge("phone", old?.Phone),
            given.Merge("tracking_number", old?.TrackingNumber));
    }

    private static string? ReadPrefix(FormNode form)
    {
        var prefix = form.Text("invoice_prefix");
        return prefix is null || (prefix.Length <= MaxPrefixLength && prefix.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter)))
            ? prefix
            : throw ParameterErrors.InvalidInvoicePrefix(MaxPrefixLength);
    }

    private static InvoiceSettings ReadInvoiceSettings(FormNode? form, InvoiceSettings old) => form is null ? old : old with
    {
        CustomFields = form.Has("custom_fields") ? ReadCustomFields(form["custom_fields"]!) : old.CustomFields,
        DefaultPaymentMethod = form.Merge("default_payment_method", old.DefaultPaymentMethod),
        Footer = form.Merge("footer", old.Footer),
        RenderingOptions = !form.Has("rendering_options") ? old.RenderingOptions
            : form.Clears("rendering_options") ? null
            : new RenderingOptions(
                form["rendering_options"]!.Merge("amount_tax_display", old.RenderingOptions?.AmountTaxDisplay),
                form["rendering_options"]!.Merge("template", old.RenderingOptions?.Template)),
    };

    private static List<KeyValuePair<string, string>>? ReadCustomFields(FormNode form)
    {
        if (form.IsLeaf)
            return form.Text is { Length: 0 } ? null : throw ParameterErrors.NotAnArray("invoice_settings[custom_fields]");
        return [.. form.Children.Select(field => KeyValuePair.Create(Required(field.Value, "name"), Required(field.Value, "value")))];

        static string Required(FormNode field, string name) =>
            field.Text(name) ?? throw ParameterErrors.MissingParameter($"invoice_settings[custom_fields][{name}]");
    }
}
