using Microsoft.EntityFrameworkCore;
using PaymentApp.Work;

namespace PaymentApp.Ledger.Postgres;

/// <summary>
/// Claims work in one statement that passes over what other nodes claim at that moment:
/// https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE.
/// </summary>
internal static class PostgresWorkClaims
{
    /// <returns>What was claimed, what waits longest first.</returns>
    public static async Task<List<ClaimedWork>> ClaimAsync(
        LedgerContext context, int most, DateTime now, TimeSpan lease, CancellationToken cancellationToken)
    {
        var waiting = nameof(WorkStatus.Waiting);
        var rows = await context.Database.SqlQuery<Row>(
            $"""
            WITH due AS (
              SELECT "Id", "ClaimId" IS NOT NULL AS "WasLost"
              FROM "Work"
              WHERE "Status" = {waiting} AND "DueAt" <= {now} AND ("LeaseUntil" IS NULL OR "LeaseUntil" <= {now})
              ORDER BY "DueAt"
              LIMIT {most}
              FOR UPDATE SKIP LOCKED)
            UPDATE "Work" AS work
            SET "ClaimId" = gen_random_uuid(),
                "LeaseUntil" = {now + lease},
                "Tries" = work."Tries" + 1,
                "FailingSince" = COALESCE(work."FailingSince", CASE WHEN due."WasLost" THEN GREATEST(work."LeaseUntil" - {lease}, work."ScheduledAt") END)
            FROM due
            WHERE work."Id" = due."Id"
            RETURNING work."Id", work."Kind", work."Subject", work."ClaimId", work."Revision", work."Tries", work."EndedAt", work."FailingSince",
                work."DueAt", work."TraceParent", due."WasLost"
            """).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(row => row.DueAt).ThenBy(row => row.Id).Select(row => new ClaimedWork(
            new WorkItem(row.Id, Enum.Parse<WorkKind>(row.Kind), row.Subject, row.ClaimId, row.Revision, row.Tries, row.EndedAt) { TraceParent = row.TraceParent },
            row.WasLost,
            row.FailingSince))];
    }

    private sealed record Row(
        long Id, string Kind, string Subject, Guid ClaimId, int Revision, int Tries, DateTime? EndedAt, DateTime? FailingSince, DateTime DueAt,
        string? TraceParent, bool WasLost);
}
