using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace PaymentApp.Ledger.Postgres;

/// <summary>
/// The ledger on PostgreSQL: the same model, and beside it the keys of data protection, which all nodes share. A type of
/// its own, because EF Core finds the migrations of a database by the type of its context:
/// https://learn.microsoft.com/ef/core/managing-schemas/migrations/providers.
/// </summary>
internal sealed class PostgresLedgerContext(DbContextOptions options) : LedgerContext(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // PostgreSQL enforces lengths where SQLite does not. A code of Stripe's that is longer than any before must not fail a payment.
        configurationBuilder.Properties<string>().HaveColumnType("text");
    }
}

/// <summary>Pools contexts of PostgreSQL under the options that are configured for the ledger.</summary>
internal sealed class PostgresLedgerContextFactory(DbContextOptions<LedgerContext> options) : IDbContextFactory<LedgerContext>, IDbContextFactory<PostgresLedgerContext>
{
    private readonly PooledDbContextFactory<PostgresLedgerContext> _pool = new(
        new DbContextOptions<PostgresLedgerContext>(options.Extensions.ToDictionary(extension => extension.GetType())));

    public LedgerContext CreateDbContext() => _pool.CreateDbContext();

    public async Task<LedgerContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        await _pool.CreateDbContextAsync(cancellationToken);

    PostgresLedgerContext IDbContextFactory<PostgresLedgerContext>.CreateDbContext() => _pool.CreateDbContext();
}

/// <summary>Lets <c>dotnet ef</c> write migrations for PostgreSQL without a server: docs/migrations.md.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresLedgerContext>
{
    public PostgresLedgerContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresLedgerContext>().UseLedger("Host=localhost;Database=payments").Options);
}
