using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;
using MimeKit;
using PaymentApp.Checkout;
using PaymentApp.Mail;

namespace PaymentApp.Desk.Notices;

/// <summary>Writes the mail that tells operators of what is new: the same in text and in HTML, with links to the desk.</summary>
internal sealed class NoticeMailWriter(OrderLinks links, IOptions<DeskOptions> desk, IOptions<ShopOptions> shop, IOptions<MailOptions> mail)
{
    // The desk lists them all.
    private const int MostLines = 50;

    /// <summary>Written again for the same notices, it has the same Message-Id.</summary>
    public MimeMessage Write(NoticeMail found)
    {
        var from = new MailboxAddress(shop.Value.Name, mail.Value.From ?? shop.Value.Contact);
        return new MimeMessage(
            [from], desk.Value.NotifyAddresses.Select(address => new MailboxAddress(name: null, address)), $"{SubjectOf(found.Notices)} – {shop.Value.Name}", Body(found.Notices))
        {
            MessageId = $"desk.{found.MailId:n}@{from.Domain}",
            Date = new DateTimeOffset(found.FoundAt, TimeSpan.Zero),
            Headers = { { "Auto-Submitted", "auto-generated" } },
        };
    }

    private static string SubjectOf(IReadOnlyList<Notice> notices) => notices is [{ OrderNumber: { } number } only]
        ? $"{HeadingOf(only.Kind)}: order {number}"
        : notices is [var one] ? HeadingOf(one.Kind) : $"{notices.Count} payments or pieces of work need you";

    private MimeEntity Body(IReadOnlyList<Notice> notices)
    {
        const string Opening = "This is new and needs a person.";
        var text = new StringBuilder(Opening).AppendLine();
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><body style=\"font-family:sans-serif\"><p>").Append(Opening).Append("</p>");
        foreach (var kind in notices.Take(MostLines).GroupBy(notice => notice.Kind))
        {
            text.AppendLine().AppendLine(HeadingOf(kind.Key));
            html.Append("<h2 style=\"font-size:1.1em\">").Append(HeadingOf(kind.Key)).Append("</h2><ul>");
            foreach (var notice in kind)
                Add(notice, text, html);
            html.Append("</ul>");
        }

        if (notices.Count > MostLines)
        {
            text.AppendLine().Append("And ").Append(notices.Count - MostLines).AppendLine(" more.");
            html.Append("<p>And ").Append(notices.Count - MostLines).Append(" more.</p>");
        }

        if (links.To(DeskPaths.Attention) is { } all)
        {
            text.AppendLine().Append("All that needs you: ").Append(all).AppendLine();
            html.Append("<p><a href=\"").Append(Encoded(all.ToString())).Append("\">All that needs you</a></p>");
        }

        return new BodyBuilder { TextBody = text.ToString(), HtmlBody = html.Append("</body></html>").ToString() }.ToMessageBody();
    }

    private void Add(Notice notice, StringBuilder text, StringBuilder html)
    {
        var link = notice.OrderNumber is { } order ? links.To(DeskPaths.Payment(order)) : null;
        var about = notice.OrderNumber is { } number ? $"Order {number}" : null;
        text.Append("- ").Append(about).Append(about is null ? null : ": ").AppendLine(notice.Text);
        if (link is not null)
            text.Append("  ").Append(link).AppendLine();

        html.Append("<li>");
        if (link is not null)
            html.Append("<a href=\"").Append(Encoded(link.ToString())).Append("\">").Append(Encoded(about!)).Append("</a>: ");
        else if (about is not null)
            html.Append(Encoded(about)).Append(": ");
        html.Append(Encoded(notice.Text)).Append("</li>");
    }

    private static string HeadingOf(NoticeKind kind) => kind switch
    {
        NoticeKind.Dispute => "A cardholder disputes a payment",
        NoticeKind.FraudWarning => "An issuer warns of fraud",
        NoticeKind.Mismatch => "Stripe reports what cannot be",
        NoticeKind.Hold => "A hold is near its end",
        NoticeKind.ParkedWork => "Work was given up",
        NoticeKind.Events => "Stripe's events cannot be read",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
