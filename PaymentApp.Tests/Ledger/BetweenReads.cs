using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PaymentApp.Tests.Ledger;

/// <summary>Lets others write right after the first query of a reader has run.</summary>
internal sealed class BetweenReads : DbCommandInterceptor
{
    /// <summary>What the others do, once, after the next query.</summary>
    public Func<Task>? Next { get; set; }

    public bool HasRun { get; private set; }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (Next is { } others)
        {
            (Next, HasRun) = (null, true);
            await others();
        }

        return result;
    }
}
