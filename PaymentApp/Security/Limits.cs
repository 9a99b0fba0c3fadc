using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;

namespace PaymentApp.Security;

/// <summary>
/// How much one visitor may make the server read, hold and wait for. The shop's own requests are a form of two fields and
/// the small messages of a circuit; what Stripe sends to the webhook endpoint is counted there.
/// </summary>
internal static class Limits
{
    public const int RequestBody = 64 * 1024;

    public const int RequestHeaders = 16 * 1024;

    public const int CircuitMessage = 32 * 1024;

    public const int FormFields = 32;

    public const int FormFieldLength = 8 * 1024;

    /// <summary>Circuits at a time, each a WebSocket and some hundred kilobytes.</summary>
    public const int OpenCircuits = 5_000;

    public const int LostCircuits = 200;

    /// <summary>A phone puts the browser to sleep while its owner is in the bank's app.</summary>
    public static readonly TimeSpan LostCircuitKept = TimeSpan.FromMinutes(5);

    /// <summary>Circuits that were given up, as the few hundred bytes that a page needs to be resumed.</summary>
    public const int ResumableCircuits = 2_000;

    /// <summary>Longer than a bank waits for its challenge.</summary>
    public static readonly TimeSpan ResumableCircuitKept = TimeSpan.FromHours(2);

    public static void AddLimits(this IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = RequestHeaders;
            kestrel.Limits.MaxConcurrentUpgradedConnections = OpenCircuits;
        });
        services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = FormFields;
            form.ValueLengthLimit = FormFieldLength;
            form.KeyLengthLimit = 256;
            form.BufferBodyLengthLimit = RequestBody;
            form.MultipartBodyLengthLimit = RequestBody;
        });
    }

    public static void Circuits(CircuitOptions circuits)
    {
        circuits.DisconnectedCircuitMaxRetained = LostCircuits;
        circuits.DisconnectedCircuitRetentionPeriod = LostCircuitKept;
        circuits.PersistedCircuitInMemoryMaxRetained = ResumableCircuits;
        circuits.PersistedCircuitInMemoryRetentionPeriod = ResumableCircuitKept;
        // What the framework asks a browser that is away is never answered, such as a refresh of its page, and would end the
        // circuit of one that has come back. What the shop asks has the limits of its BrowserConnection.
        circuits.JSInteropDefaultCallTimeout = Timeout.InfiniteTimeSpan;
    }

    public static void Messages(HubOptions hub) => hub.MaximumReceiveMessageSize = CircuitMessage;
}
