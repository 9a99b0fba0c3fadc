using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MimeKit;
using PaymentApp.Checkout;
using PaymentApp.Languages;
using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Mail;

/// <summary>
/// Writes the mails about an order, in the language that it was placed in: its receipt, and the way to its page. Each holds the
/// same in text and in HTML. The scope that an instance lives in is one mail's.
/// </summary>
internal sealed class OrderMail(
    Catalogue catalogue,
    IStringLocalizer<OrderText> texts,
    ReceiptLines receipt,
    ReaderCulture reader,
    OrderLinks links,
    IOptions<ShopOptions> shop,
    IOptions<MailOptions> mail,
    TimeProvider clock)
{
    /// <summary>What the shopper bought and paid. Written again for the same order, it has the same Message-Id.</summary>
    public MimeMessage Receipt(Order order, Payment payment) => Write(
        order, payment, "receipt." + order.Number, "Mail_Receipt_Subject", "Mail_Receipt_Opening");

    /// <summary>Where the order is found, for whoever asked for it.</summary>
    /// <param name="request">Tells one asking from the next.</param>
    public MimeMessage Link(Order order, Payment payment, int request) => Write(
        order, payment, $"order.{order.Number}.{request}", "Mail_Link_Subject", "Mail_Link_Opening");

    private MimeMessage Write(Order order, Payment payment, string id, string subject, string opening)
    {
        reader.Use(order.Language ?? ShopLanguages.Default.Name);
        var lines = receipt.Of(order, payment, catalogue.Find(order.ProductId)?.Tax);
        var link = links.To(order.Id);
        var seller = $"{texts["SoldBy", shop.Value.Name, shop.Value.Address]} {texts["Questions"]} {shop.Value.Contact}";
        var from = new MailboxAddress(shop.Value.Name, mail.Value.From ?? shop.Value.Contact);
        return new MimeMessage([from], [new MailboxAddress(name: null, order.Email!.Value.Value)], $"{texts[subject, order.Number]} – {shop.Value.Name}", Body(texts[opening], lines, link, seller))
        {
            MessageId = $"{id}@{from.Domain}",
            Date = clock.GetUtcNow(),
            ReplyTo = { new MailboxAddress(shop.Value.Name, shop.Value.Contact) },
            Headers = { { "Auto-Submitted", "auto-generated" } },
        };
    }

    private MimeEntity Body(string opening, IReadOnlyList<ReceiptLine> lines, Uri? link, string seller)
    {
        var (start, end) = reader.Direction == "rtl" ? ("right", "left") : ("left", "right");
        var text = new StringBuilder(opening).AppendLine().AppendLine();
        var html = new StringBuilder($"<!DOCTYPE html><html lang=\"{reader.Culture.Name}\" dir=\"{reader.Direction}\"><body style=\"font-family:sans-serif\"><p>")
            .Append(Encoded(opening)).Append("</p><table cellpadding=\"4\">");
        var width = lines.Max(line => line.Name.Length) + 2;
        foreach (var (name, value) in lines)
        {
            text.Append(name.PadRight(width)).AppendLine(value);
            html.Append("<tr><th align=\"").Append(start).Append("\" scope=\"row\">").Append(Encoded(name))
                .Append("</th><td align=\"").Append(end).Append("\">").Append(Encoded(value)).Append("</td></tr>");
        }

        html.Append("</table>");
        if (link is not null)
        {
            text.AppendLine().Append(texts["Mail_Page"]).Append(' ').Append(link).AppendLine();
            html.Append("<p><a href=\"").Append(Encoded(link.ToString())).Append("\">").Append(Encoded(texts["Mail_Page_Link"])).Append("</a></p>");
        }

        text.AppendLine().AppendLine(seller);
        html.Append("<p>").Append(Encoded(seller)).Append("</p></body></html>");
        var body = new BodyBuilder { TextBody = text.ToString(), HtmlBody = html.ToString() }.ToMessageBody();
        body.Headers.Add(HeaderId.ContentLanguage, reader.Culture.Name);
        return body;
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
