using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace PaymentApp.Tests.Sandbox;

/// <summary>A shop's webhook endpoint that writes down what comes and answers as it is told.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly Channel<ReceivedEvent> _received = Channel.CreateUnbounded<ReceivedEvent>();

    private WebhookReceiver(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    /// <summary>The status of the next answers.</summary>
    public int Answer { get; set; } = 200;

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        receiver.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";
        return receiver;
    }

    public async Task<ReceivedEvent> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _received.Reader.ReadAsync(patience.Token);
    }

    public async Task<List<string>> NextTypesAsync(int count)
    {
        var types = new List<string>();
        while (types.Count < count)
            types.Add((await NextAsync()).Type);
        return types;
    }

    /// <summary>Whether something has come that nobody has looked at.</summary>
    public bool HasMore => _received.Reader.TryPeek(out _);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        context.Response.StatusCode = Answer;
        _received.Writer.TryWrite(new ReceivedEvent(body, context.Request.Headers["Stripe-Signature"].ToString(), context.Request.ContentType));
    }
}

public sealed record ReceivedEvent(string Body, string Signature, string? ContentType)
{
    public JsonElement Json { get; } = JsonDocument.Parse(Body).RootElement;

    public string Id => Json.GetProperty("id").GetString()!;

    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>Checks the signature as Stripe's documentation says to.</summary>
    public bool IsSignedWith(string secret, long now)
    {
        var parts = Signature.Split(',').Select(part => part.Split('=', 2)).ToLookup(part => part[0], part => part[1]);
        var time = parts["t"].Single();
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{Body}")));
        return parts["v1"].Contains(expected) && Math.Abs(now - long.Parse(time, System.Globalization.CultureInfo.InvariantCulture)) <= 300;
    }
}
