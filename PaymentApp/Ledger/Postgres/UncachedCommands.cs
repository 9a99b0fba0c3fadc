using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace PaymentApp.Ledger.Postgres;

/// <summary>
/// Has every command be a new one. The command that Npgsql's connections keep for the next use also keeps that it was about
/// to prepare its statement: where the connection was lost before it was all sent, the same statement fails with a
/// <see cref="NullReferenceException"/> when it is run again on another.
/// NpgsqlBatchCommand.IsPreparing in https://github.com/npgsql/npgsql/tree/v10.0.3.
/// </summary>
internal sealed class UncachedCommands : DbCommandInterceptor
{
    public override InterceptionResult<DbCommand> CommandCreating(CommandCorrelatedEventData eventData, InterceptionResult<DbCommand> result) =>
        eventData.Connection is NpgsqlConnection connection
            ? InterceptionResult<DbCommand>.SuppressWithResult(new NpgsqlCommand { Connection = connection })
            : result;
}
