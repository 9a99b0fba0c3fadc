using Microsoft.EntityFrameworkCore;

namespace PaymentApp.Ledger.Postgres;

/// <summary>
/// The turn to read Stripe's events: an advisory lock of a connection, which the server takes back when the node that holds
/// it dies. The lease of the work item alone would let two nodes read when one is slower than its lease.
/// </summary>
internal sealed class PostgresCatchUpTurn : IAsyncDisposable
{
    // Arbitrary, and this app's own: https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS.
    private const long LockKey = 0x5061796D_45766E74;

    private readonly LedgerContext _context;

    private PostgresCatchUpTurn(LedgerContext context) => _context = context;

    /// <summary>Takes the turn, and the context with it; null, and the context is disposed, while another has it.</summary>
    public static async Task<PostgresCatchUpTurn?> TryTakeAsync(LedgerContext context, CancellationToken cancellationToken)
    {
        var isTaken = false;
        try
        {
            await context.Database.OpenConnectionAsync(cancellationToken);
            isTaken = (await context.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock({LockKey}) AS \"Value\"").ToListAsync(cancellationToken))[0];
            return isTaken ? new PostgresCatchUpTurn(context) : null;
        }
        finally
        {
            if (!isTaken)
                await context.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _context.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({LockKey})");
        await _context.Database.CloseConnectionAsync();
        await _context.DisposeAsync();
    }
}
