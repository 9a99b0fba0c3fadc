using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Ledger;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>The commands that a shop gives its database.</summary>
internal sealed class LedgerCommands : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> _made = new();

    public IReadOnlyList<string> Made => [.. _made];

    /// <summary>Whether a command loads a payment with its attempts and steps.</summary>
    public static bool IsWholePayment(string command) => command.Contains("\"Steps\"", StringComparison.Ordinal);

    public void Clear() => _made.Clear();

    public void Watch(IServiceCollection services) => services.ConfigureDbContext<LedgerContext>(options => options.AddInterceptors(this));

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        new(Keep(command, result));

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        new(Keep(command, result));

    private T Keep<T>(DbCommand command, T result)
    {
        _made.Enqueue(command.CommandText.TrimStart());
        return result;
    }
}
