using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PaymentApp.Ledger;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>The ledger's database file in tests.</summary>
internal static class LedgerFile
{
    private static readonly Lazy<byte[]> Template = new(Migrate);

    /// <summary>A name in the temporary folder that no other test uses.</summary>
    public static string NewName() => Path.Combine(Path.GetTempPath(), $"ledger-{Guid.NewGuid():n}.db");

    /// <summary>
    /// Writes an empty ledger that is up to date. Migrations run once in a test run: for each of two thousand shops they
    /// would be a good part of its time.
    /// </summary>
    public static void Create(string file) => File.WriteAllBytes(file, Template.Value);

    public static DbContextOptions<LedgerContext> Options(string file, params IInterceptor[] interceptors) =>
        (DbContextOptions<LedgerContext>)new DbContextOptionsBuilder<LedgerContext>()
            .UseLedger($"Data Source={file}").AddInterceptors([UnsyncedSqlite.Instance, .. interceptors]).Options;

    public static void Delete(string file)
    {
        using (var connection = new SqliteConnection($"Data Source={file}"))
            SqliteConnection.ClearPool(connection);
        foreach (var part in new[] { file, file + "-wal", file + "-shm" })
            File.Delete(part);
    }

    private static byte[] Migrate()
    {
        var file = NewName();
        try
        {
            using (var context = new LedgerContext(Options(file)))
            {
                context.Database.Migrate();
                context.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
            }

            return File.ReadAllBytes(file);
        }
        finally
        {
            Delete(file);
        }
    }
}
