using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Operations;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;

namespace PaymentApp.Tests.Operations;

/// <summary>The way back after a lost disk, as the README describes it.</summary>
public sealed class BackupTests
{
    [Theory]
    [FullData(false)]
    [InlineData(true)]
    public async Task A_backup_from_the_middle_of_payments_catches_up_with_Stripe(bool bySqlite)
    {
        using var folder = new TemporaryFolder();
        var backup = Path.Combine(folder.Path, "backup.db");
        await using var lost = await OpenOnFileAsync(folder);
        var atBank = await lost.OrderTriedWithAsync(ManualShop.BankCard);
        var declined = await lost.OrderTriedWithAsync(ManualShop.PoorCard);
        var untried = await lost.OrderAsync();
        var paid = await lost.OrderTriedWithAsync(ManualShop.GoodCard);
        await lost.RunDueAsync();

        await BackUpAsync(lost, backup, bySqlite);

        // The shop goes on until its disk is gone.
        await lost.EndChallengeAsync((await lost.IntentOfAsync(atBank)).Id, passes: true);
        Assert.IsType<PaymentOutcome.Succeeded>(await lost.ConfirmAsync(atBank));
        Assert.IsType<PaymentOutcome.Succeeded>(await lost.PayAsync(declined, ManualShop.GoodCard));
        Assert.IsType<PaymentOutcome.Succeeded>(await lost.PayAsync(untried, ManualShop.GoodCard));
        Assert.IsType<OperationOutcome.Done>(await lost.RefundAsync(paid, 1000));

        var sandbox = lost.Shop.Sandbox.Address;
        await using var restored = await ManualShop.OpenAsync(
            null,
            ("ConnectionStrings:Payments", $"Data Source={backup}"),
            ("Stripe:ApiBase", sandbox.ToString()),
            ("Stripe:StripeJsUrl", new Uri(sandbox, "/dahlia/stripe.js").ToString()));
        Assert.Equal(PaymentState.AwaitingAuthentication, (await restored.FindAsync(atBank)).State);
        Assert.Equal(PaymentState.AwaitingPayment, (await restored.FindAsync(untried)).State);
        await restored.CatchUpAsync();

        foreach (var order in new[] { atBank, declined, untried, paid })
        {
            var charge = Assert.Single((await lost.Shop.BooksOfAsync(order)).Taken);
            var payment = await restored.FindAsync(order);
            Assert.Equal(PaymentState.Paid, payment.State);
            Assert.Equal((charge.AmountCaptured, charge.AmountRefunded), (payment.Captured.MinorUnits, payment.Refunded.MinorUnits));
            Assert.Equal(1, await restored.ReadAsync(ledger => Task.FromResult(ledger.Fulfilments.Count(row => row.OrderId == order))));
        }

        // A shopper who comes back to a page from before is not charged again.
        await restored.PayAsync(untried, ManualShop.GoodCard);
        Assert.Single((await lost.Shop.BooksOfAsync(untried)).Taken);
        await ForgetFilesAsync(backup);
    }

    [Fact]
    public async Task A_copy_is_nobody_elses_and_never_replaces_another()
    {
        using var folder = new TemporaryFolder();
        var backup = Path.Combine(folder.Path, "backup.db");
        await using var shop = await OpenOnFileAsync(folder);
        var ledger = shop.Services.GetRequiredService<ILedgerBackup>();

        await ledger.CopyAsync(backup);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        var before = await File.ReadAllBytesAsync(backup);
        await Assert.ThrowsAsync<IOException>(() => ledger.CopyAsync(backup));
        Assert.Equal(before, await File.ReadAllBytesAsync(backup));
        Assert.Equal([backup], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task The_command_says_what_it_needs_and_what_is_missing()
    {
        using var folder = new TemporaryFolder();
        var backup = Path.Combine(folder.Path, "backup.db");

        var nowhere = await CommandRun.OfAsync(["backup"]);
        var nothing = await CommandRun.OfAsync(["backup", "--to", backup]);

        Assert.Equal((64, true), (nowhere.ExitCode, nowhere.Output.Contains("--to <file>", StringComparison.Ordinal)));
        Assert.Equal((1, true), (nothing.ExitCode, nothing.Output.Contains("There is no ledger at", StringComparison.Ordinal)));
        Assert.False(File.Exists(backup));
        Assert.Empty(nothing.Files);
    }

    [Fact]
    public async Task On_PostgreSQL_the_command_says_what_copies_it()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.OfAsync(
            ["backup", "--to", Path.Combine(folder.Path, "backup.db")], ("ConnectionStrings:Payments", "postgres://shop:secret@nowhere.invalid/shop"));

        Assert.Equal((1, true), (run.ExitCode, run.Output.Contains("pg_dump", StringComparison.Ordinal)));
        Assert.DoesNotContain("secret", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_copies_the_ledger_of_a_shop_that_runs()
    {
        using var folder = new TemporaryFolder();
        var backup = Path.Combine(folder.Path, "backup.db");
        await using var shop = await OpenOnFileAsync(folder);
        var order = await shop.OrderAsync();
        var file = await shop.ReadAsync(ledger => Task.FromResult(FileOf(ledger)));

        var run = await CommandRun.OfAsync(["backup", "--to", backup], ("ConnectionStrings:Payments", $"Data Source={file};Pooling=False"));

        Assert.Equal((0, $"The ledger was copied to {backup}.\n"), (run.ExitCode, run.Output));
        await using var copy = new SqliteConnection($"Data Source={backup};Mode=ReadOnly;Pooling=False");
        await copy.OpenAsync();
        await using var count = copy.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM Orders WHERE Id = $id";
        count.Parameters.AddWithValue("$id", order.Value);
        Assert.Equal(1L, await count.ExecuteScalarAsync());
    }

    private static Task<ManualShop> OpenOnFileAsync(TemporaryFolder folder) => ManualShop.OpenAsync(
        null, ("ConnectionStrings:Payments", $"Data Source={Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "shop")).FullName, "payments.db")};Pooling=False"));

    private static async Task BackUpAsync(ManualShop shop, string file, bool bySqlite)
    {
        if (!bySqlite)
        {
            await shop.Services.GetRequiredService<ILedgerBackup>().CopyAsync(file);
            return;
        }

        // What `sqlite3 payments.db ".backup …"` does: https://sqlite.org/backup.html.
        var source = await shop.ReadAsync(ledger => Task.FromResult(FileOf(ledger)));
        await using var from = new SqliteConnection($"Data Source={source};Pooling=False");
        await using var to = new SqliteConnection($"Data Source={file};Pooling=False");
        await from.OpenAsync();
        await to.OpenAsync();
        from.BackupDatabase(to);
    }

    private static string FileOf(PaymentApp.Ledger.LedgerContext ledger) =>
        new SqliteConnectionStringBuilder(Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetConnectionString(ledger.Database)).DataSource;

    private static Task ForgetFilesAsync(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        SqliteConnection.ClearPool(connection);
        return Task.CompletedTask;
    }
}
