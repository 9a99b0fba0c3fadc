using PaymentApp.Stripe;
using StripeSandbox;

namespace PaymentApp.Operations;

/// <summary>Says in one line what a second start in the same folder runs into, before anything is opened.</summary>
internal static partial class StartCheck
{
    /// <summary>False, and a line in the log, when a port or a file is taken that the app needs for itself.</summary>
    public static bool CanStart(this WebApplication app)
    {
        if (FindProblem(app) is not { } problem)
            return true;
        app.SayWhyNotStarted(problem);
        return false;
    }

    public static void SayWhyNotStarted(this WebApplication app, string problem) => Log.CannotStart(app.Logger, problem);

    private static string? FindProblem(WebApplication app)
    {
        var shop = ShopAddresses.Configured(app.Configuration);
        if (SandboxPlace.FindProblem(shop.Select(address => address.ToString())) is { } taken)
            return $"{taken} Is PaymentApp running already? --urls or ASPNETCORE_URLS names another address.";
        var sandbox = app.Services.GetRequiredService<EmbeddedSandbox>();
        return sandbox.IsUsed && SandboxPlace.FindProblem(sandbox.Options) is { } held
            ? $"{held} Is PaymentApp running already in this folder? Stripe:SandboxData names another file, Stripe:SandboxPort another port for the sandbox."
            : null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "PaymentApp cannot start. {Problem}")]
        public static partial void CannotStart(ILogger logger, string problem);
    }
}
