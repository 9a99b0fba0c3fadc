using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace PaymentApp.Mail;

/// <summary>Sends mail by SMTP, one connection a mail.</summary>
internal sealed class SmtpMailSender(IOptions<MailOptions> options) : IMailSender
{
    public async Task SendAsync(MimeMessage mail, CancellationToken cancellationToken = default)
    {
        var settings = options.Value;
        using var client = new SmtpClient { Timeout = (int)settings.Timeout.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(settings.Host!, settings.Port, settings.Security, cancellationToken);
            if (settings.User is { Length: > 0 } user)
                await client.AuthenticateAsync(user, settings.Password ?? "", cancellationToken);
            await client.SendAsync(mail, cancellationToken);
        }
        catch (SmtpCommandException refused)
        {
            // Neither message nor inner exception: both may name the address.
            throw new MailRefusedException((int)refused.StatusCode);
        }
        catch (Exception away) when (away is SocketException or IOException or ProtocolException or AuthenticationException or SslHandshakeException or TimeoutException)
        {
            throw new MailRefusedException(status: 0);
        }

        // The mail is delivered: a server that hangs up without a word changes nothing.
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception hungUp) when (hungUp is IOException or ProtocolException or SocketException or SmtpCommandException)
        {
            return;
        }
    }
}
