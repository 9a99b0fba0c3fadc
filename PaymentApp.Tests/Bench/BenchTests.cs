using System.Diagnostics;
using System.Globalization;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Infrastructure.Postgres;

namespace PaymentApp.Tests.Bench;

/// <summary>The benchmark at its smallest: it measures what it says, and its figures stand where the README shows them.</summary>
public sealed class BenchTests
{
    private const int Database = 1;
    private const int What = 2;
    private const int Processor = 3;
    private const int DatabaseProcessor = 5;
    private const int Commands = 7;
    private const int Synced = 8;
    private const int Written = 9;

    private static readonly string[] Databases = PostgresCluster.WhyMissing is null ? ["SQLite", "PostgreSQL"] : ["SQLite"];

    private static readonly string[] Small = ["--orders", "20,40", "--payments", "2"];

    [FullFact]
    public async Task The_server_table_counts_what_a_payment_asks_of_the_ledger_and_its_file()
    {
        var rows = await RunAsync("server", Small);

        // Two references for each card, and on each database six of the card that succeeds and one more for each size of the other two.
        Assert.Equal((3 * 2) + (Databases.Length * (6 + (2 * 2))), rows.Count);
        foreach (var database in Databases)
        {
            var paid = rows.Where(row => row[Database] == database && row[What].StartsWith("paying", StringComparison.Ordinal) && row[0] == "succeeds").ToList();
            Assert.Equal(["paying, 20 orders", "paying, 40 orders"], paid.Select(row => row[What]));
            Assert.All(paid, row =>
            {
                // On PostgreSQL two more tell the other nodes.
                Assert.Equal(database == "SQLite" ? 3 : 5, Number(row[Commands]), tolerance: database == "SQLite" ? 0 : 1);
                // Two transactions; more only where the log is carried over in between, and fewer where PostgreSQL synced it for another as well.
                Assert.InRange(Number(row[Synced]), database == "SQLite" ? 2 : 1, 3);
                Assert.True(Number(row[Written]) >= 1);
            });
        }

        // The first commit of the payment waits for the disk with it.
        Assert.All(
            rows.Where(row => row[Database] == "SQLite" && row[What].StartsWith("placing", StringComparison.Ordinal)),
            row => Assert.InRange(Number(row[Synced]), 0, 1));
        Assert.All(rows.Where(row => row[What].EndsWith("alone", StringComparison.Ordinal)), row => Assert.Equal(0, Number(row[Commands])));
        Assert.All(rows, row => Assert.True(Number(row[Processor]) > 0));
        Assert.All(rows, row => Assert.Equal(row[Database] == "PostgreSQL" && OperatingSystem.IsLinux(), row[DatabaseProcessor].Length > 0));
    }

    [FullFact]
    public async Task The_scale_table_has_a_figure_for_each_size_and_their_ratio()
    {
        var rows = await RunAsync("scale", Small);

        foreach (var operation in new[] { "place an order and pay it", "catch-up: read and process an event" })
            Assert.Equal(Databases, rows.Where(row => row[1] == operation).Select(row => row[0]));
        Assert.All(rows, row =>
        {
            Assert.Equal(5, row.Length);
            Assert.True(Number(row[2]) > 0);
            Assert.True(Number(row[3]) > 0);
            Assert.EndsWith("x", row[4], StringComparison.Ordinal);
        });
    }

    [FullFact]
    public async Task The_chosen_databases_are_measured_and_no_others()
    {
        var rows = await RunAsync("scale", "--orders", "20", "--payments", "2", "--databases", "sqlite");

        Assert.All(rows, row => Assert.Equal("SQLite", row[0]));
    }

    [FullFact]
    public async Task The_throughput_table_pays_through_circuits_and_each_payment_is_charged_once()
    {
        var rows = await RunAsync("throughput", "--shoppers", "1,3", "--seconds", "1", "--shop", AppContext.BaseDirectory);

        // That the sandbox charged each order once is checked by the benchmark itself, which fails otherwise.
        string[][] expected =
        [
            ["", "", "1", "create and confirm alone"], ["", "", "3", "create and confirm alone"],
            .. Databases.SelectMany(database => new string[][] { [database, "1", "1", "payment"], [database, "1", "3", "payment"] }),
            .. Databases.Skip(1).Select(database => new[] { database, "3", "3", "payment" }),
        ];
        Assert.Equal(expected, rows.Select(row => row[..4]));
        Assert.All(rows, row => Assert.True(Number(row[4]) > 0));
    }

    [FullFact]
    public async Task The_tables_of_pages_have_checkouts_beside_empty_components()
    {
        var tables = await TablesAsync("memory", "--circuits", "60", "--shop", AppContext.BaseDirectory);

        var (opening, memory) = (tables[0], tables[1]);
        foreach (var table in new[] { opening, memory })
            Assert.Equal(["component that does nothing", "checkout"], table.Select(row => row[0]));
        Assert.All(opening, row => Assert.True(Number(row[1]) > 0));
        Assert.All(memory, row => Assert.True(Number(row[3]) > 0));
    }

    [Theory]
    [InlineData("--table", "books")]
    [InlineData("--shoppers", "10,many")]
    [InlineData("--nodes", "0")]
    [InlineData("--databases", "sqlite,oracle")]
    [InlineData("--shop", "nowhere")]
    [InlineData("--orders", "1000,few")]
    [InlineData("--payments")]
    public async Task Arguments_that_make_no_sense_are_answered_with_the_usage(params string[] arguments)
    {
        var (code, printed) = await StartAsync(arguments);

        Assert.Equal(2, code);
        Assert.Contains("--table", printed, StringComparison.Ordinal);
    }

    /// <summary>The cells of a table's rows, without its head.</summary>
    private static async Task<IReadOnlyList<string[]>> RunAsync(string table, params string[] sizes) => (await TablesAsync(table, sizes))[0];

    /// <summary>The same of all that is printed for one name.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<string[]>>> TablesAsync(string name, params string[] sizes)
    {
        var (code, printed) = await StartAsync(["--table", name, .. sizes]);
        Assert.True(code == 0, printed);
        return
        [
            .. printed.Split("\n**")[1..].Select(table => table.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]).ToList()),
        ];
    }

    private static async Task<(int Code, string Printed)> StartAsync(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "PaymentApp.Bench.dll"), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var errors = process.StandardError.ReadToEndAsync();
        var printed = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, printed);
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
