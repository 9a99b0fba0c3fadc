namespace PaymentApp.Desk.Notices;

/// <summary>Something that needs a person, as a mail tells of it. Holds no address, no card and no secret.</summary>
/// <param name="Key">What it is about: what is found again under the same key is told once.</param>
/// <param name="OrderNumber">The order that it is about; null where it is about none.</param>
/// <param name="Text">What is the matter, in one line.</param>
internal sealed record Notice(string Key, NoticeKind Kind, string? OrderNumber, string Text)
{
    public const int LongestKey = 300;

    public const int LongestText = 500;
}

/// <summary>What operators are told of, the most pressing first.</summary>
internal enum NoticeKind
{
    Dispute,
    FraudWarning,
    Mismatch,
    Hold,
    ParkedWork,

    /// <summary>Stripe's events cannot be read.</summary>
    Events,
}

/// <summary>Notices that one mail tells of.</summary>
/// <param name="MailId">The mail's own; the same each time that it is written.</param>
/// <param name="FoundAt">When the first of them was found, UTC.</param>
internal sealed record NoticeMail(Guid MailId, DateTime FoundAt, IReadOnlyList<Notice> Notices);

/// <summary>Remembers what operators were told, so that each thing is told once, whatever happens to the process.</summary>
internal interface INotices
{
    /// <summary>Puts those that are new into one mail that is to be sent. Nothing where all are known.</summary>
    Task AddAsync(IReadOnlyList<Notice> found, CancellationToken cancellationToken = default);

    /// <summary>The mails that were not sent yet, oldest first.</summary>
    Task<IReadOnlyList<NoticeMail>> UnsentAsync(CancellationToken cancellationToken = default);

    /// <summary>Notes that a mail was handed over.</summary>
    Task SentAsync(Guid mailId, CancellationToken cancellationToken = default);
}
