using System.Buffers;
using System.Text.Json;
using StripeSandbox.Forms;

namespace StripeSandbox.Benchmarks;

/// <summary>
/// The least that an API can do: reads the form with the sandbox's own parser and writes it back as JSON. What the sandbox
/// does beyond that is its state.
/// </summary>
internal static class EchoServer
{
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        app.Map("/{**path}", async context =>
        {
            var form = await RequestForm.ReadAsync(context.Request, context.RequestAborted);
            var buffer = new ArrayBufferWriter<byte>(1024);
            using (var json = new Utf8JsonWriter(buffer))
                Write(json, form);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = buffer.WrittenCount;
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        });
        await app.StartAsync();
        await ServerProcess.AnnounceAsync(new Uri(app.Urls.First()));
    }

    private static void Write(Utf8JsonWriter json, FormNode node)
    {
        if (node.Text is { } text)
        {
            json.WriteStringValue(text);
            return;
        }

        json.WriteStartObject();
        foreach (var (name, child) in node.Children)
        {
            json.WritePropertyName(name);
            Write(json, child);
        }

        json.WriteEndObject();
    }
}
