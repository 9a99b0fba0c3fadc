using Microsoft.EntityFrameworkCore;
using Npgsql;
using PaymentApp.Tests.Infrastructure.Postgres;

namespace PaymentApp.Tests.Ledger.Postgres;

/// <summary>What is asked again and again is parsed once for each connection: https://www.npgsql.org/doc/prepare.html#automatic-preparation.</summary>
public sealed class PreparedStatementTests
{
    private static readonly int MinUsages = new NpgsqlConnectionStringBuilder().AutoPrepareMinUsages;

    [PostgresFact]
    public async Task What_every_payment_asks_and_writes_is_prepared()
    {
        using var ledger = new TestLedger(isPostgres: true);
        await RepeatAsync(ledger);

        var prepared = await ledger.ReadAsync(context => context.Database.SqlQuery<string>($"SELECT statement AS \"Value\" FROM pg_prepared_statements").ToListAsync());

        foreach (var part in new[] { "FROM \"Payments\"", "UPDATE \"Payments\"", "INSERT INTO \"Attempts\"", "INSERT INTO \"Steps\"" })
            Assert.Contains(prepared, statement => statement.Contains(part, StringComparison.Ordinal));
    }

    /// <summary>As when a new version migrates while nodes of the old one still have their connections.</summary>
    [PostgresFact]
    public async Task Columns_that_a_later_version_adds_or_widens_end_none_of_them()
    {
        using var ledger = new TestLedger(isPostgres: true);
        await RepeatAsync(ledger);

        foreach (var table in new[] { "Orders", "Payments", "Attempts", "Steps", "Work", "Timeline" })
        {
#pragma warning disable EF1002 // The names are the ones above.
            await ledger.ReadAsync(context => context.Database.ExecuteSqlRawAsync($"ALTER TABLE \"{table}\" ADD COLUMN \"Later\" integer NOT NULL DEFAULT 1"));
#pragma warning restore EF1002
        }

        await RepeatAsync(ledger);

        await ledger.ReadAsync(context => context.Database.ExecuteSqlRawAsync(
            """
            DO $$ DECLARE c record; BEGIN
              FOR c IN SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'character varying' LOOP
                EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE text', c.table_name, c.column_name);
              END LOOP;
            END $$
            """));

        await RepeatAsync(ledger);
    }

    /// <summary>
    /// Too long for one write, so that the second finds the connection gone; and asked for the fifth time, which is when
    /// Npgsql prepares it. NpgsqlBatchCommand.IsPreparing in https://github.com/npgsql/npgsql/tree/v10.0.3
    /// </summary>
    [PostgresFact]
    public async Task A_statement_whose_connection_is_lost_while_it_is_prepared_is_run_again()
    {
        using var ledger = new TestLedger(isPostgres: true);
        var statement = $"SELECT 1 AS \"Value\" /* {new string('x', 1_000_000)} */";
        for (var time = 1; time < MinUsages; time++)
            await AskAsync();

        ledger.EndConnections();

        Assert.Equal([1], await AskAsync());

        Task<List<int>> AskAsync() => ledger.ReadAsync(context => context.Database.SqlQueryRaw<int>(statement).ToListAsync());
    }

    private static async Task RepeatAsync(TestLedger ledger)
    {
        for (var time = 0; time < 10; time++)
        {
            var payment = await ledger.PlaceAsync();
            await ledger.BeginAttemptAsync(payment);
            Assert.Single(await ledger.AttemptsAsync(payment.Order.Id));
        }
    }
}
