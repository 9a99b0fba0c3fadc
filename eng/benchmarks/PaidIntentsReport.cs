namespace StripeSandbox.Benchmarks;

/// <summary>How much memory the sandbox's process holds after a million payments, each created and confirmed at once.</summary>
internal static class PaidIntentsReport
{
    private const int Count = 1_000_000;
    private const int Connections = 32;

    public static async Task PrintAsync()
    {
        await PrintAsync("", WireRequest.Post("/v1/payment_intents", ThroughputReport.GuideForm));
        await PrintAsync(", each with an idempotency key", WireRequest.PostWithKey("/v1/payment_intents", ThroughputReport.GuideForm));
    }

    private static async Task PrintAsync(string how, WireRequest request)
    {
        using var server = await ServerProcess.StartAsync(ServerProcess.SandboxArgument);
        var client = new LoadClient(server.Address, Connections);
        var before = server.Memory;
        var highest = 0L;
        for (var part = 0; part < 10; part++)
        {
            await client.SendAsync(request, Count / 10);
            highest = Math.Max(highest, server.Memory);
        }

        // What was settled meanwhile is garbage now.
        await client.SendAsync(WireRequest.Get("/v1/payment_intents"), Connections);
        Console.WriteLine(
            $"{Count:N0} paid PaymentIntents{how}: {server.Memory >> 20:N0} MiB of memory, at most {highest >> 20:N0} MiB on the way, {before >> 20:N0} MiB before the first.");
    }
}
