using Microsoft.Extensions.Logging.Abstractions;
using PaymentApp.Payments;
using PaymentApp.Stripe;
using Stripe;

namespace PaymentApp.Operations.CheckStripe;

/// <summary>The configured Stripe, asked by the app's own gateway in one dialect, with somebody listening.</summary>
internal sealed class StripeUnderCheck : IDisposable
{
    private readonly ExchangeRecorder _recorder = new();
    private readonly StripeClient _client;
    private readonly StripeGateway _gateway;
    private readonly StripeClientFactory _clients;
    private readonly TimeProvider _clock;

    public StripeUnderCheck(StripeConnection connection, StripeClientFactory clients, StripeDialect dialect, TimeProvider clock)
    {
        (Connection, Dialect, _clients, _clock) = (connection, dialect, clients, clock);
        _client = clients.Create(dialect, _recorder);
        // What goes wrong is said in the report, in fewer words.
        _gateway = new StripeGateway(_client, dialect, new StripeCaller(clock, NullLogger<StripeCaller>.Instance));
    }

    public StripeConnection Connection { get; }

    public StripeDialect Dialect { get; }

    /// <summary>The first answer that refused a parameter or the version of the dialect, if one did.</summary>
    public Exchange? Refusal { get; private set; }

    /// <summary>The same Stripe in another dialect.</summary>
    public StripeUnderCheck In(StripeDialect dialect) => new(Connection, _clients, dialect, _clock);

    /// <summary>Makes a request as the shop makes it, tries it again as the shop does, and tells how it ended.</summary>
    public async Task<Exchange> AskAsync(Func<IPaymentGateway, Task> ask)
    {
        await ask(_gateway);
        return Heard();
    }

    /// <summary>Makes a request that the shop never makes.</summary>
    public async Task<Exchange> SendAsync(Func<StripeClient, Task> send)
    {
        try
        {
            await send(_client);
        }
        catch (Exception exception) when (exception is StripeException or HttpRequestException or OperationCanceledException)
        {
            // The exchange says what happened.
        }

        return Heard();
    }

    public void Dispose() => _recorder.Dispose();

    private Exchange Heard()
    {
        var exchange = _recorder.Last ?? throw new InvalidOperationException("Nothing was sent.");
        Refusal ??= DialectRefusal.IsOne(exchange) ? exchange : null;
        return exchange;
    }
}
