using Microsoft.Extensions.Options;
using PaymentApp.Desk.Queries;
using PaymentApp.Mail;
using PaymentApp.Work;

namespace PaymentApp.Desk.Notices;

/// <summary>
/// Tells operators by mail of what is new under Attention. What is found goes into one mail before any is sent, so a
/// burst is one mail, and what is sent again after a crash is the same mail.
/// </summary>
internal sealed class NoticeWork(
    IDeskLedger desk, INotices notices, NoticeMailWriter writer, IMailSender sender, IOptions<DeskOptions> options, TimeProvider clock) : IWorkHandler
{
    /// <summary>The one item's subject.</summary>
    public const string Subject = "desk";

    // Of each kind; who has more open than that is not helped by mails.
    private const int Most = 1000;

    public async Task<WorkResult> HandleAsync(WorkItem item, CancellationToken cancellationToken = default)
    {
        if (options.Value.NotifyAddresses.Count == 0)
            return new WorkResult.Done("Desk:NotifyEmail names nobody.");

        // First what an earlier try could not send: what was found since follows in a mail of its own.
        var unsent = await notices.UnsentAsync(cancellationToken);
        if (unsent.Count == 0)
        {
            await notices.AddAsync([.. NoticesOf(await desk.AttentionAsync(Most, cancellationToken))], cancellationToken);
            unsent = await notices.UnsentAsync(cancellationToken);
        }

        foreach (var found in unsent)
        {
            try
            {
                using var mail = writer.Write(found);
                await sender.SendAsync(mail, cancellationToken);
            }
            catch (MailRefusedException refused)
            {
                return refused.IsFinal ? new WorkResult.Park(refused.Message) : new WorkResult.Retry(refused.Message);
            }

            await notices.SentAsync(found.MailId, cancellationToken);
        }

        return new WorkResult.Again(clock.GetUtcNow().UtcDateTime + options.Value.NotifyEvery);
    }

    private static IEnumerable<Notice> NoticesOf(AttentionList list) =>
    [
        .. list.Disputes.Select(line => Of(line, NoticeKind.Dispute, $"{line.Amount}, {line.Detail}{Until(line, "answer by")}")),
        .. list.Warnings.Select(line => Of(line, NoticeKind.FraudWarning, $"{line.Amount}, {line.Detail}")),
        .. list.Mismatches.Select(line => Of(line, NoticeKind.Mismatch, $"{line.Amount}, Stripe reports: {line.Detail}")),
        .. list.Holds.Select(line => Of(line, NoticeKind.Hold, $"{line.Amount}{Until(line, "held until")}")),
        .. list.Parked.Select(work => new Notice($"parked {work.Id} {work.Since:O}", NoticeKind.ParkedWork, work.OrderNumber, $"{work.About}: {work.Error}")),
        .. list.Events is { NeedsPerson: true, CatchUp: { } reading }
            ? new[] { new Notice($"events {reading.FailingSince:O}", NoticeKind.Events, null, $"since {reading.FailingSince:u}: {reading.Error}") }
            : [],
    ];

    private static Notice Of(AttentionLine line, NoticeKind kind, string text) => new(line.Key, kind, line.Number, text);

    private static string? Until(AttentionLine line, string words) => line.Until is { } until ? $", {words} {until:u}" : null;
}

/// <summary>Has operators told of what is new from the start on, where anybody is to be told.</summary>
internal sealed class NoticeStart(IWorkQueue queue, IOptions<DeskOptions> options, TimeProvider clock) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => options.Value.NotifyAddresses.Count == 0
        ? Task.CompletedTask
        : queue.ScheduleAsync(WorkKind.Notices, NoticeWork.Subject, clock.GetUtcNow().UtcDateTime, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
