using MimeKit;

namespace PaymentApp.Mail;

/// <summary>Hands mail over to whoever delivers it.</summary>
internal interface IMailSender
{
    /// <summary>Sends a mail. Sent again with the same Message-Id, it is the same mail.</summary>
    /// <exception cref="MailRefusedException">It was refused, now or for good.</exception>
    Task SendAsync(MimeMessage mail, CancellationToken cancellationToken = default);
}

/// <summary>A server refused a mail. Says no more than the code: what servers answer holds the address.</summary>
/// <param name="status">The reply's code, as in https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3; 0 without one.</param>
internal sealed class MailRefusedException(int status) : Exception($"The mail server answered {status}.")
{
    /// <summary>Whether the same mail would be refused again.</summary>
    public bool IsFinal => status is >= 500 and < 600;
}
