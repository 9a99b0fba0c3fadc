using System.Globalization;

namespace StripeSandbox.Benchmarks;

/// <summary>How long list and retrieve take among a thousand PaymentIntents and among a million, asked in turn.</summary>
internal static class ManyIntentsReport
{
    private const int Few = 1_000;
    private const int Many = 1_000_000;
    private const int WarmUp = 50_000;
    private const int Connections = 32;
    private const int Turns = 20;
    private const int RequestsATurn = 200;

    private const string UnconfirmedForm = "amount=1999&currency=usd&confirmation_method=manual";

    public static async Task PrintAsync()
    {
        using var few = await FilledAsync(Few);
        using var many = await FilledAsync(Many);

        Console.WriteLine($"Microseconds an answer, median of {Turns * RequestsATurn}, among {Few:N0} and among {Many:N0} PaymentIntents ({many.Server.Memory >> 20:N0} MiB):");
        await CompareAsync("retrieve", few, many, place => WireRequest.Get($"/v1/payment_intents/{place.Middle}"));
        await CompareAsync("list, the newest ten", few, many, _ => WireRequest.Get("/v1/payment_intents"));
        await CompareAsync("list, a hundred from the middle", few, many, place => WireRequest.Get($"/v1/payment_intents?limit=100&starting_after={place.Middle}"));
        await CompareAsync("list, a hundred before the middle", few, many, place => WireRequest.Get($"/v1/payment_intents?limit=100&ending_before={place.Middle}"));
    }

    private static async Task<Place> FilledAsync(int count)
    {
        var server = await ServerProcess.StartAsync(ServerProcess.SandboxArgument);
        using var sandbox = new SandboxClient(server.Address);
        var client = new LoadClient(server.Address, Connections);
        var request = WireRequest.Post("/v1/payment_intents", UnconfirmedForm);
        // Both processes are to be equally warm: code that has run a thousand times is slower than code that ran a million.
        await client.SendAsync(request, WarmUp);
        await client.SendAsync(WireRequest.Get("/v1/payment_intents?limit=100"), WarmUp / 10);
        await sandbox.ResetAsync();
        await client.SendAsync(request, count / 2);
        var middle = await sandbox.CreateAsync(UnconfirmedForm);
        await client.SendAsync(request, count - count / 2 - 1);
        return new Place(server, middle);
    }

    private static async Task CompareAsync(string name, Place few, Place many, Func<Place, WireRequest> request)
    {
        var (fewTimes, manyTimes) = (new List<double>(), new List<double>());
        // The first turn warms up for this request.
        for (var turn = 0; turn <= Turns; turn++)
        {
            var fewTurn = await few.TimeAsync(request(few), RequestsATurn);
            var manyTurn = await many.TimeAsync(request(many), RequestsATurn);
            if (turn == 0)
                continue;
            fewTimes.AddRange(fewTurn);
            manyTimes.AddRange(manyTurn);
        }

        var (fewMedian, manyMedian) = (Median(fewTimes), Median(manyTimes));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-34} {fewMedian,8:N1} {manyMedian,8:N1}   {manyMedian / fewMedian:N2} times"));
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private sealed record Place(ServerProcess Server, string Middle) : IDisposable
    {
        private readonly LoadClient _client = new(Server.Address, 1);

        public Task<double[]> TimeAsync(WireRequest request, int count) => _client.TimeAsync(request, count);

        public void Dispose() => Server.Dispose();
    }
}
