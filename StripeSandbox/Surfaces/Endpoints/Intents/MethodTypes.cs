using StripeSandbox.Calls;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;

namespace StripeSandbox.Endpoints.Intents;

/// <summary>
/// Which payment method types an intent takes. <c>payment_method_types</c> demands them, and gave way to
/// <c>allowed_payment_method_types</c>, which permits them: https://docs.stripe.com/changelog/endive.
/// </summary>
/// <param name="Allowed">The permitted types as they were given; null where they were not.</param>
/// <param name="Effective">The types that the intent can be paid with; null where the request says nothing about them.</param>
internal sealed record MethodTypes(IReadOnlyList<string>? Allowed, IReadOnlyList<string>? Effective)
{
    private const string AllowedName = "allowed_payment_method_types";
    private const string DemandedName = "payment_method_types";

    /// <summary>The types of an intent that names none.</summary>
    public static readonly IReadOnlyList<string> CardOnly = ["card"];

    private static readonly string[] NotBesideAllowed =
        [DemandedName, "excluded_payment_method_types", "automatic_payment_methods", "payment_method_configuration"];

    /// <summary>Whether the request names types, in either way.</summary>
    public bool IsGiven => Effective is not null;

    /// <exception cref="Refusal">
    /// The version does not know the parameter any more, or not yet; another one contradicts it; or a type cannot be used.
    /// </exception>
    public static MethodTypes Read(ApiCall call)
    {
        var form = call.Form;
        if (form.Has(DemandedName) && !call.Version.TakesMethodTypes)
            throw ParameterErrors.NoLongerSupported(DemandedName, AllowedName);

        if (!form.Has(AllowedName))
            return new MethodTypes(null, ReadDemanded(form));
        if (!call.Version.HasAllowedMethodTypes)
            throw ParameterErrors.UnknownParameters([AllowedName]);
        if (Array.Find(NotBesideAllowed, form.Has) is { } other)
            throw ParameterErrors.OnlyOneOf(AllowedName, other);
        return ReadAllowed(form);
    }

    /// <summary>The intent with the types that the request names, if it names any.</summary>
    public T ApplyTo<T>(T intent)
        where T : Intent =>
        Effective is null
            ? intent
            : intent with { AllowedPaymentMethodTypes = Allowed, PaymentMethodTypes = Effective, AutomaticRedirects = null };

    public static IReadOnlyList<string>? ReadExcluded(FormNode form) => form.TextList("excluded_payment_method_types");

    private static IReadOnlyList<string>? ReadDemanded(FormNode form)
    {
        if (form.TextList(DemandedName) is not { } types)
            return null;
        return types.FirstOrDefault(type => type != "card") is { } other
            ? throw ParameterErrors.TypeIsInvalid($"The payment method type \"{other}\" is invalid.", DemandedName)
            : CardOnly;
    }

    private static MethodTypes ReadAllowed(FormNode form)
    {
        // An empty text takes the restriction away.
        if (form.TextList(AllowedName) is not { } types)
            return new MethodTypes(null, CardOnly);
        // What the account cannot take is passed over; this account takes cards.
        return types.Contains("card")
            ? new MethodTypes(types is ["card"] ? CardOnly : types, CardOnly)
            : throw ParameterErrors.NoTypeIsCompatible(AllowedName);
    }
}
