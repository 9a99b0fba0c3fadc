using Microsoft.EntityFrameworkCore;
using PaymentApp.Desk.Notices;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="INotices"/>
internal sealed class Notices(IDbContextFactory<LedgerContext> contexts, TimeProvider clock) : INotices
{
    // SQLite takes 32,766 parameters a command; a batch stays far below.
    private const int AskedAtOnce = 500;

    public async Task AddAsync(IReadOnlyList<Notice> found, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var keys in found.Select(notice => notice.Key).Chunk(AskedAtOnce))
            known.UnionWith(await context.Notices.Where(row => keys.Contains(row.Key)).Select(row => row.Key).ToListAsync(cancellationToken));

        var (mail, now) = (Guid.NewGuid(), clock.GetUtcNow().UtcDateTime);
        context.Notices.AddRange(found.DistinctBy(notice => notice.Key).Where(notice => !known.Contains(notice.Key)).Select(notice => new NoticeRow
        {
            Key = notice.Key,
            Kind = notice.Kind,
            OrderNumber = notice.OrderNumber,
            Text = notice.Text[..Math.Min(notice.Text.Length, Notice.LongestText)],
            MailId = mail,
            FoundAt = now,
        }));
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<NoticeMail>> UnsentAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Notices.AsNoTracking().Where(row => row.SentAt == null).OrderBy(row => row.FoundAt).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(row => row.MailId).Select(mail => new NoticeMail(
            mail.Key,
            mail.Min(row => row.FoundAt),
            [.. mail.OrderBy(row => row.Kind).ThenBy(row => row.Key, StringComparer.Ordinal).Select(row => new Notice(row.Key, row.Kind, row.OrderNumber, row.Text))]))];
    }

    public async Task SentAsync(Guid mailId, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Notices.Where(row => row.MailId == mailId).ExecuteUpdateAsync(set => set.SetProperty(row => row.SentAt, now), cancellationToken);
    }
}
