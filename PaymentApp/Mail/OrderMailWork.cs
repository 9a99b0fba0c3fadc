using MimeKit;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Mail;

/// <summary>Sends the receipt of a paid order to the address that its shopper named.</summary>
internal sealed class ReceiptWork(IOrderBook orders, OrderMail mails, IMailSender sender) : IWorkHandler
{
    public Task<WorkResult> HandleAsync(WorkItem item, CancellationToken cancellationToken = default) =>
        OrderMailWork.SendAsync(item, orders, sender, mails.Receipt, cancellationToken);
}

/// <summary>Sends the way to an order to the address that its shopper named, because somebody asked for it.</summary>
internal sealed class OrderMailWork(IOrderBook orders, OrderMail mails, IMailSender sender) : IWorkHandler
{
    public Task<WorkResult> HandleAsync(WorkItem item, CancellationToken cancellationToken = default) =>
        SendAsync(item, orders, sender, (order, payment) => mails.Link(order, payment, item.Revision), cancellationToken);

    /// <summary>Sends one mail about the order that an item names.</summary>
    internal static async Task<WorkResult> SendAsync(
        WorkItem item,
        IOrderBook orders,
        IMailSender sender,
        Func<Order, Payment, MimeMessage> write,
        CancellationToken cancellationToken)
    {
        if (!OrderId.TryParse(item.Subject, out var id)
            || await orders.FindAsync(id, cancellationToken) is not { Order: { Email: not null } order, Payment: var payment })
            return new WorkResult.Done("There is nobody to write to.");

        try
        {
            using var mail = write(order, payment);
            await sender.SendAsync(mail, cancellationToken);
            return new WorkResult.Done();
        }
        catch (MailRefusedException refused)
        {
            return refused.IsFinal ? new WorkResult.Park(refused.Message) : new WorkResult.Retry(refused.Message);
        }
    }
}
