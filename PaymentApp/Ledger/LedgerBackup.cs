using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Operations;

namespace PaymentApp.Ledger;

/// <summary>Copies the SQLite file by its own means: https://sqlite.org/lang_vacuum.html#vacuuminto. Copying the file itself would miss what is in its log.</summary>
internal sealed class LedgerBackup(IDbContextFactory<LedgerContext> contexts) : ILedgerBackup
{
    private static readonly TimeSpan LongestCopy = TimeSpan.FromMinutes(30);

    public async Task CopyAsync(string file, CancellationToken cancellationToken = default)
    {
        await using var ledger = await contexts.CreateDbContextAsync(cancellationToken);
        if (!ledger.Database.IsSqlite())
            throw new NotSupportedException("The ledger is on PostgreSQL, which copies its databases itself: pg_dump --format=custom --file=<file> <database>.");
        var source = new SqliteConnectionStringBuilder(ledger.Database.GetConnectionString()).DataSource;
        if (!File.Exists(source))
            throw new FileNotFoundException($"There is no ledger at {Path.GetFullPath(source)}.");
        if (File.Exists(file))
            throw new IOException($"{Path.GetFullPath(file)} exists already.");

        // Whoever finds the file under its name finds all of it.
        var unfinished = file + ".unfinished";
        File.Delete(unfinished);
        try
        {
            // Nobody else reads what customers bought. SQLite takes an empty file for a new one.
            await using (new FileStream(unfinished, OwnerOnly()))
            {
            }

            ledger.Database.SetCommandTimeout(LongestCopy);
            await ledger.Database.ExecuteSqlAsync($"VACUUM INTO {unfinished}", cancellationToken);
            File.Move(unfinished, file);
        }
        catch (SqliteException problem)
        {
            throw new IOException(problem.Message, problem);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
