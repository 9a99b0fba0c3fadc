using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;
using MimeKit;
using PaymentApp.Checkout;
using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Mail;

/// <summary>Writes the mails about an order: its receipt, and the way to its page. Each holds the same in text and in HTML.</summary>
internal sealed class OrderMail(Catalogue catalogue, OrderLinks links, IOptions<ShopOptions> shop, IOptions<MailOptions> mail, TimeProvider clock)
{
    // Mails speak English, as the pages do.
    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("en-US");

    /// <summary>What the shopper bought and paid. Written again for the same order, it has the same Message-Id.</summary>
    public MimeMessage Receipt(Order order, Payment payment) => Write(
        order, payment, "receipt." + order.Number, $"Your receipt for order {order.Number}", "Thank you for your order. This is your receipt.");

    /// <summary>Where the order is found, for whoever asked for it.</summary>
    /// <param name="request">Tells one asking from the next.</param>
    public MimeMessage Link(Order order, Payment payment, int request) => Write(
        order, payment, $"order.{order.Number}.{request}", $"Your order {order.Number}",
        "Somebody, hopefully you, asked for this order with its number and your e-mail address. If it was not you, there is nothing to do.");

    private MimeMessage Write(Order order, Payment payment, string id, string subject, string opening)
    {
        var lines = ReceiptLines.Of(order, payment, catalogue.Find(order.ProductId)?.Tax, Culture);
        var link = links.To(order.Id);
        var seller = $"Sold by {shop.Value.Name}, {shop.Value.Address}. Questions? {shop.Value.Contact}";
        var from = new MailboxAddress(shop.Value.Name, mail.Value.From ?? shop.Value.Contact);
        return new MimeMessage([from], [new MailboxAddress(name: null, order.Email!.Value.Value)], $"{subject} – {shop.Value.Name}", Body(opening, lines, link, seller))
        {
            MessageId = $"{id}@{from.Domain}",
            Date = clock.GetUtcNow(),
            ReplyTo = { new MailboxAddress(shop.Value.Name, shop.Value.Contact) },
            Headers = { { "Auto-Submitted", "auto-generated" } },
        };
    }

    private static MimeEntity Body(string opening, IReadOnlyList<ReceiptLine> lines, Uri? link, string seller)
    {
        var text = new StringBuilder(opening).AppendLine().AppendLine();
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><body style=\"font-family:sans-serif\"><p>")
            .Append(Encoded(opening)).Append("</p><table cellpadding=\"4\">");
        var width = lines.Max(line => line.Name.Length) + 2;
        foreach (var (name, value) in lines)
        {
            text.Append(name.PadRight(width)).AppendLine(value);
            html.Append("<tr><th align=\"left\" scope=\"row\">").Append(Encoded(name)).Append("</th><td align=\"right\">").Append(Encoded(value)).Append("</td></tr>");
        }

        html.Append("</table>");
        if (link is not null)
        {
            text.AppendLine().Append("How it stands now: ").Append(link).AppendLine();
            html.Append("<p><a href=\"").Append(Encoded(link.ToString())).Append("\">See how it stands now</a></p>");
        }

        text.AppendLine().AppendLine(seller);
        html.Append("<p>").Append(Encoded(seller)).Append("</p></body></html>");
        return new BodyBuilder { TextBody = text.ToString(), HtmlBody = html.ToString() }.ToMessageBody();
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
