using System.Globalization;
using PaymentApp.Stripe;
using PaymentApp.Work;

namespace PaymentApp.Operations.SeedDemo;

/// <summary>Opens a shop like this one, with this one's ledger and sandbox, on another clock and an address that nobody knows.</summary>
internal delegate WebApplication OpenShop(TimeProvider clock);

/// <summary>Plays some days of a shop through the sandbox, up to now, so that the desk has something to show.</summary>
internal sealed class SeedDemoCommand(EmbeddedSandbox sandbox, OpenShop open, IConfiguration configuration, TimeProvider clock) : ICommand
{
    /// <summary>How many days are played, where that is set.</summary>
    public const string DaysSetting = "SeedDemo:Days";

    private const int UsualDays = 14;
    private const int MostDays = 90;

    public string Name => "seed-demo";

    public string Purpose => "plays two weeks of a plausible shop through the sandbox, for a look at the desk";

    public async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!sandbox.IsUsed)
        {
            await output.WriteLineAsync("Stripe keys are set, and this command invents payments: it works with the sandbox of Development only.");
            return 1;
        }

        var days = int.TryParse(configuration[DaysSetting], NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? Math.Clamp(set, 1, MostDays) : UsualDays;
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var demoClock = new DemoClock(new DateTimeOffset(today.AddDays(-days).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        await using var shop = open(demoClock);
        if (!shop.CanStart())
            return 1;

        await shop.StartAsync(cancellationToken);
        // The days do what is due themselves: a worker beside them would lose its claims each time that the clock is put on.
        await shop.Services.GetRequiredService<WorkProcessor>().StopAsync(cancellationToken);
        using var bank = new DemoBank(shop.Services.GetRequiredService<EmbeddedSandbox>().Address);
        var demo = new DemoDays(shop.Services, demoClock, bank, today);
        for (var day = today.AddDays(-days); day < today; day = day.AddDays(1))
            await demo.PlayAsync(day, cancellationToken);
        await shop.StopAsync(cancellationToken);

        await output.WriteLineAsync($"Played {days} days: {demo.Orders} orders, {demo.Paid} of them paid.");
        await output.WriteLineAsync("Start the shop and open /desk to see them: dotnet run --project PaymentApp");
        return 0;
    }
}
