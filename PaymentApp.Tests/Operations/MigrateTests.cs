using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Infrastructure.Postgres;

namespace PaymentApp.Tests.Operations;

/// <summary>Who brings a ledger up to date, and when.</summary>
public sealed class MigrateTests
{
    [Fact]
    public async Task The_command_migrates_a_file_and_says_so()
    {
        var run = await CommandRun.OfAsync(["migrate"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith("Applied ", StringComparison.Ordinal) && line.EndsWith("_Initial.", StringComparison.Ordinal));
        Assert.Equal("The ledger is up to date.", run.Lines[^1]);
        Assert.Contains("payments.db", run.Files);
    }

    [FullFact]
    public async Task The_command_says_what_keeps_it_from_migrating_and_no_password()
    {
        var file = await CommandRun.OfAsync(["migrate"], ("ConnectionStrings:Payments", "Data Source=/nowhere/at/all.db"));
        var server = await CommandRun.OfAsync(["migrate"], ("ConnectionStrings:Payments", "Host=127.0.0.1;Port=1;Username=shop;Password=secret"));

        Assert.All([file, server], run =>
        {
            Assert.Equal(1, run.ExitCode);
            Assert.StartsWith("The ledger was not migrated. ", Assert.Single(run.Lines), StringComparison.Ordinal);
            Assert.DoesNotContain("secret", run.Output, StringComparison.Ordinal);
        });
    }

    [PostgresFact]
    public async Task The_command_creates_and_migrates_a_database_and_the_second_time_finds_nothing_to_do()
    {
        using var database = PostgresDatabase.Missing();

        var first = await CommandRun.OfAsync(["migrate"], ("ConnectionStrings:Payments", database.Connection));
        var second = await CommandRun.OfAsync(["migrate"], ("ConnectionStrings:Payments", database.Connection));

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Contains("Applied ", first.Output, StringComparison.Ordinal);
        Assert.Equal(["The ledger is up to date."], second.Lines);
        await using var ledger = database.Open();
        Assert.Empty(await ledger.Orders.ToListAsync());
    }

    [PostgresFact]
    public async Task A_node_does_not_start_on_a_database_that_lacks_migrations_and_says_what_to_do()
    {
        using var database = PostgresDatabase.CreateEmpty();

        var (exitCode, said) = await StartAsync(("ConnectionStrings:Payments", database.Connection));

        Assert.Equal(1, exitCode);
        Assert.Contains("PaymentApp migrate", said, StringComparison.Ordinal);
        Assert.Contains("Ledger:MigrateOnStart", said, StringComparison.Ordinal);
        Assert.Contains("_Initial", said, StringComparison.Ordinal);
        await using var ledger = database.Open();
        Assert.Empty(await ledger.Database.GetAppliedMigrationsAsync());
    }

    [PostgresFact]
    public async Task A_node_migrates_by_itself_where_it_is_told_to()
    {
        using var database = PostgresDatabase.CreateEmpty();

        await using var shop = await OpenAsync(database, ("Ledger:MigrateOnStart", "true"));

        await using var ledger = database.Open();
        Assert.Empty(await ledger.Database.GetPendingMigrationsAsync());
    }

    /// <summary>An older node runs beside newer ones while they are rolled out: what it does not know of is none of its business.</summary>
    [PostgresFact]
    public async Task A_node_starts_on_a_database_that_is_ahead_of_it()
    {
        using var database = PostgresDatabase.CreateLedger();
        await using (var ledger = database.Open())
        {
            await ledger.Database.ExecuteSqlAsync(
                $"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29990101000000_Tomorrow', '10.0.0')""");
        }

        await using var shop = await OpenAsync(database);

        using var client = new HttpClient { BaseAddress = shop.Address };
        Assert.Equal("Healthy", await client.GetStringAsync(new Uri("/readyz", UriKind.Relative)));
    }

    [Fact]
    public async Task A_start_on_a_file_may_be_told_to_leave_it_and_ends_with_one_line_that_says_what_to_do()
    {
        var (exitCode, said) = await StartAsync(("Ledger:MigrateOnStart", "false"));

        Assert.Equal(1, exitCode);
        Assert.Contains("PaymentApp migrate", said, StringComparison.Ordinal);
    }

    /// <summary>A start that ends by itself: with which exit code, and the one line of the log that says why.</summary>
    private static async Task<(int ExitCode, string Said)> StartAsync(params (string, string?)[] settings)
    {
        using var logs = new LogCapture();
        var run = await CommandRun.OfAsync(
            [], "Development", builder => builder.Logging.AddProvider(logs), [("Stripe:SandboxPort", "0"), ("Stripe:SandboxData", ""), .. settings]);
        return (run.ExitCode, Assert.Single(logs.Entries, entry => entry.Level is LogLevel.Critical).Text);
    }

    private static Task<Shop> OpenAsync(PostgresDatabase database, params (string, string)[] settings) =>
        Shop.OpenAsync(configure: ManualShop.StopLoops, settings: [("ConnectionStrings:Payments", database.Connection), .. settings]);
}
