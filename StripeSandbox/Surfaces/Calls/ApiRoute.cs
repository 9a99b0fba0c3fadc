using StripeSandbox.Books;
using StripeSandbox.Forms;
using StripeSandbox.Rendering;

namespace StripeSandbox.Calls;

/// <summary>
/// Checks a call's parameters and returns what executes it. What is thrown before it returns is a validation failure and
/// is not kept under the idempotency key; what happens in the returned function is.
/// </summary>
internal delegate Func<UnitOfWork, Reply> PrepareCall(ApiCall call);

/// <summary>Whom an endpoint answers.</summary>
internal enum Access
{
    SecretKey,
    SecretOrPublishableKey,

    /// <summary>No key: the endpoint itself asks for the client secret, and answers as to a publishable key.</summary>
    ClientSecret,

    /// <summary>No key, from this machine only: the control surface.</summary>
    Control,
}

/// <summary>An endpoint: what it takes, what it returns and who may call it.</summary>
internal sealed record ApiRoute(string Method, string Pattern, Type Returns, ParameterSet Parameters, PrepareCall Prepare)
{
    private static readonly Parameter[] Common =
    [
        Parameter.TextList("expand"), Parameter.Text("key"), Parameter.Text("_stripe_version"), Parameter.Text("_stripe_account"),
    ];

    public ParameterSet Accepted { get; } = Parameters.With(Common);

    /// <summary>What Stripe's description says of the parameters.</summary>
    public ParameterRule Rules { get; } = ParameterRules.Of(Method, Pattern);

    public bool IsList { get; init; }

    public Access Access { get; init; } = Access.SecretKey;

    public static ApiRoute Get<T>(string pattern, ParameterSet parameters, PrepareCall prepare) =>
        new(HttpMethods.Get, pattern, typeof(T), parameters, prepare);

    public static ApiRoute Post<T>(string pattern, ParameterSet parameters, PrepareCall prepare) =>
        new(HttpMethods.Post, pattern, typeof(T), parameters, prepare);

    public static ApiRoute Delete<T>(string pattern, PrepareCall prepare) =>
        new(HttpMethods.Delete, pattern, typeof(T), new ParameterSet(), prepare);
}
