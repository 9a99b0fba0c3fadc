using Microsoft.EntityFrameworkCore;
using PaymentApp.Desk.Queries;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Ledger;

namespace PaymentApp.Tests.Operations;

public sealed class SeedDemoTests : IDisposable
{
    private readonly string _file = LedgerFile.NewName();

    public void Dispose() => LedgerFile.Delete(_file);

    [FullFact]
    public async Task Some_days_of_a_shop_are_played_up_to_today_and_the_desk_has_something_to_show()
    {
        var before = DateOnly.FromDateTime(DateTime.UtcNow);

        var run = await CommandRun.OfAsync(["seed-demo"], ("ConnectionStrings:Payments", $"Data Source={_file}"), ("SeedDemo:Days", "6"));

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Played 6 days: ", run.Lines[0], StringComparison.Ordinal);
        Assert.Contains("sandbox.db", run.Files);
        var desk = new DeskLedger(new Contexts(_file), new NothingParked(), TimeProvider.System);
        var days = new DayRange(before.AddDays(-7), before.AddDays(1));
        var (lines, _) = await desk.ListAsync(new PaymentFilter(days), after: null, 1000);
        Assert.Equal(run.Lines[0], $"Played 6 days: {lines.Count} orders, {lines.Count(line => line.State is PaymentState.Paid)} of them paid.");
        Assert.Equal(6, lines.Select(line => DateOnly.FromDateTime(line.PlacedAt)).Distinct().Count());
        Assert.All(lines, line => Assert.True(DateOnly.FromDateTime(line.PlacedAt) < DateOnly.FromDateTime(DateTime.UtcNow)));
        var counts = await desk.CountAttemptsAsync(days);
        Assert.NotEmpty(counts.Failures);
        Assert.Contains(counts.Challenges, count => count.Result is ChallengeResult.Completed);
        Assert.Contains(counts.Upgrades, count => count.Kind is UpgradeKind.Recovered);
        Assert.Contains(counts.Upgrades, count => count.Kind is UpgradeKind.Lost);
        Assert.True(counts.Countries.Count(country => country.Asked > 0) >= 2);
        var attention = await desk.AttentionAsync(100);
        Assert.NotEmpty(attention.Holds);
        Assert.Contains(attention.Disputes, dispute => dispute.Until > DateTime.UtcNow);
        Assert.NotEmpty(attention.Warnings);
        Assert.NotNull(attention.Events.CatchUp?.LastAt);
        Assert.Contains(lines, line => line.State is PaymentState.Paid && line.Received.MinorUnits < line.Amount.MinorUnits);
        var email = new SearchedEmail(EmailAddress.Parse("Ada@shoppers.example"), "");
        Assert.NotEmpty((await desk.ListAsync(new PaymentFilter(days, Email: email), after: null, 1000)).Lines);
    }

    [Fact]
    public async Task Where_keys_are_set_no_payments_are_invented()
    {
        var run = await CommandRun.OfAsync(
            ["seed-demo"], ("ConnectionStrings:Payments", $"Data Source={_file}"), ("Stripe:SecretKey", "sk_test_1"), ("Stripe:PublishableKey", "pk_test_1"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("invents payments", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_file));
    }

    private sealed class NothingParked : IParkedWork
    {
        public Task<IReadOnlyList<ParkedWork>> ParkedAsync(int most, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<ParkedWork>>([]);

        public Task<bool> ReplayAsync(string id, CancellationToken cancellationToken = default) => Task.FromResult(false);

        public Task<DateTime?> OldestWaitingAsync(CancellationToken cancellationToken = default) => Task.FromResult<DateTime?>(null);
    }

    private sealed class Contexts(string file) : IDbContextFactory<LedgerContext>
    {
        public LedgerContext CreateDbContext() => new(LedgerFile.Options(file));
    }
}
