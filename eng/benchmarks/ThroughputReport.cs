using System.Diagnostics;
using System.Globalization;

namespace StripeSandbox.Benchmarks;

/// <summary>Requests a second of the sandbox and of the echo, in turn, in rounds on warm processes.</summary>
internal static class ThroughputReport
{
    private const int Connections = 32;
    private const int Rounds = 5;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(3);

    /// <summary>What the guide sends, with a card that pays at once.</summary>
    public const string GuideForm =
        "amount=1999&currency=usd&confirm=true&confirmation_method=manual&allowed_payment_method_types[0]=card&use_stripe_sdk=true" +
        "&payment_method=pm_card_visa&metadata[order_id]=42";

    public static async Task PrintAsync()
    {
        using var echo = await ServerProcess.StartAsync(ServerProcess.EchoArgument);
        using var till = await ServerProcess.StartAsync(ServerProcess.SandboxArgument);
        using var archive = await ServerProcess.StartAsync(ServerProcess.SandboxArgument);
        using var archived = new SandboxClient(archive.Address);
        using var paid = new SandboxClient(till.Address);
        var intent = await archived.CreateAsync(GuideForm);
        var subjects = new Subject[]
        {
            new("echo of the same form", echo, WireRequest.Post("/v1/payment_intents", GuideForm)),
            new("create+confirm", till, WireRequest.Post("/v1/payment_intents", GuideForm)),
            new("create+confirm, each with a key", till, WireRequest.PostWithKey("/v1/payment_intents", GuideForm)),
            new("echo of no form", echo, WireRequest.Get("/v1/payment_intents")),
            new("retrieve", archive, WireRequest.Get($"/v1/payment_intents/{intent}")),
        };

        foreach (var subject in subjects)
            await subject.WarmUpAsync(WarmUp);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var subject in subjects)
            {
                await subject.MeasureAsync(RoundLength);
                // The payments of one round are not the next one's burden.
                await paid.ResetAsync();
            }
        }

        Console.WriteLine($"{Connections} connections, median (lowest to highest) of {Rounds} rounds of {RoundLength.TotalSeconds} s, client on the same machine:");
        Console.WriteLine($"  {"",-32} {"requests a second",28} {"of echo's",9} {"server's CPU a request",23} {"of echo's",9}");
        Print(subjects[0], subjects[0]);
        Print(subjects[1], subjects[0]);
        Print(subjects[2], subjects[0]);
        Print(subjects[3], subjects[3]);
        Print(subjects[4], subjects[3]);
    }

    private static void Print(Subject subject, Subject echo)
    {
        var rates = subject.Rates.Order().ToList();
        var spread = string.Create(CultureInfo.InvariantCulture, $"{Median(rates):N0} ({rates[0]:N0} to {rates[^1]:N0})");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {subject.Name,-32} {spread,28} {Median(rates) / Median(echo.Rates),9:N2} {Median(subject.Costs),20:N1} µs {Median(subject.Costs) / Median(echo.Costs),9:N2}"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private sealed record Subject(string Name, ServerProcess Server, WireRequest Request)
    {
        private readonly LoadClient _client = new(Server.Address, Connections);

        /// <summary>Answers a second, round by round.</summary>
        public List<double> Rates { get; } = [];

        /// <summary>Microseconds of the server's processor time an answer, round by round.</summary>
        public List<double> Costs { get; } = [];

        public Task<long> WarmUpAsync(TimeSpan duration) => _client.SendForAsync(Request, duration);

        public async Task MeasureAsync(TimeSpan duration)
        {
            var (clock, processor) = (Stopwatch.StartNew(), Server.Processor);
            var answered = await _client.SendForAsync(Request, duration);
            Rates.Add(answered / clock.Elapsed.TotalSeconds);
            Costs.Add((Server.Processor - processor).TotalMicroseconds / answered);
        }
    }
}
