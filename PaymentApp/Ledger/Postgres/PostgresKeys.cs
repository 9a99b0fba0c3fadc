using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Security;

namespace PaymentApp.Ledger.Postgres;

/// <summary>
/// Keeps the keys of data protection beside the ledger, where every node reads them:
/// https://learn.microsoft.com/aspnet/core/security/data-protection/implementation/key-storage-providers#entity-framework-core.
/// </summary>
internal sealed class PostgresKeys(DbContextOptions<LedgerContext> options, IServiceProvider services, ILoggerFactory loggers) : ISharedKeys
{
    public IXmlRepository? Repository { get; } =
        PostgresConnection.IsUsedBy(options) ? new EntityFrameworkCoreXmlRepository<PostgresLedgerContext>(services, loggers) : null;
}
