using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace PaymentApp.Security;

/// <summary>Keeps one address from taking all of the circuits that <see cref="Limits.OpenCircuits"/> leaves to everybody.</summary>
internal sealed partial class CircuitLimit(IOptions<LimitsOptions> options, IMeterFactory meters, ILogger<CircuitLimit> logger)
{
    public const string MeterName = "PaymentApp.Security";

    private static readonly PathString Circuits = "/_blazor";

    private readonly Counter<long> _limited =
        meters.Create(MeterName).CreateCounter<long>("circuits.limited", "{circuit}", "Circuits that the limit of their address refused");

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Share> _shares = [];

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!HoldsCircuit(context.Request) || ClientAddress.Of(context) is not { } address)
        {
            await next(context);
            return;
        }

        if (!TryEnter(address))
        {
            _limited.Add(1);
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            await context.Response.WriteAsync("Too many pages are open from your address. Close some and reload this one.", context.RequestAborted);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            Leave(address);
        }
    }

    // A WebSocket, by HTTP/2 too, and each of a browser's polls last as long as they are used. What ends a circuit is posted.
    private static bool HoldsCircuit(HttpRequest request) =>
        request.Path.Equals(Circuits, StringComparison.OrdinalIgnoreCase) && (HttpMethods.IsGet(request.Method) || HttpMethods.IsConnect(request.Method));

    private bool TryEnter(string address)
    {
        bool isFirstRefusal;
        lock (_lock)
        {
            var share = _shares.GetValueOrDefault(address);
            if (share.Open < options.Value.CircuitsPerAddress)
            {
                _shares[address] = share with { Open = share.Open + 1 };
                return true;
            }

            isFirstRefusal = !share.WasTold;
            _shares[address] = share with { WasTold = true };
        }

        if (isFirstRefusal)
            Log.Refused(logger, address);
        return false;
    }

    private void Leave(string address)
    {
        lock (_lock)
        {
            var share = _shares[address];
            if (share.Open > 1)
                _shares[address] = share with { Open = share.Open - 1 };
            else
                _shares.Remove(address);
        }
    }

    /// <param name="WasTold">Whether the log knows that the address wants more than its share.</param>
    private readonly record struct Share(int Open, bool WasTold);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Address} has as many circuits open as Limits:CircuitsPerAddress allows: more are refused. If that is your proxy, add its network to Proxy:TrustedNetworks")]
        public static partial void Refused(ILogger logger, string address);
    }
}

/// <summary>Wires the limit.</summary>
internal static class CircuitLimitExtensions
{
    public static void AddCircuitLimit(this IServiceCollection services)
    {
        services.AddOptions<LimitsOptions>().BindConfiguration(LimitsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CircuitLimit>();
    }

    public static void UseCircuitLimit(this WebApplication app)
    {
        var limit = app.Services.GetRequiredService<CircuitLimit>();
        app.Use(limit.InvokeAsync);
    }
}
