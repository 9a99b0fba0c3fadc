using Microsoft.Extensions.Options;
using MimeKit;

namespace PaymentApp.Mail;

/// <summary>
/// Writes mails as files that any mail program opens, named by their Message-Id. Written beside its place and moved there,
/// so a mail is whole or not there; sent again it is the same file.
/// </summary>
internal sealed partial class MailFolderSender(IHostEnvironment environment, IOptions<MailOptions> options, ILogger<MailFolderSender> logger) : IMailSender
{
    public async Task SendAsync(MimeMessage mail, CancellationToken cancellationToken = default)
    {
        var folder = Path.Combine(environment.ContentRootPath, options.Value.Folder);
        Directory.CreateDirectory(folder);
        var id = mail.MessageId ?? throw new ArgumentException("A mail is sent under its Message-Id.", nameof(mail));
        var name = id[..id.IndexOf('@', StringComparison.Ordinal)] + ".eml";
        var unfinished = Path.Combine(folder, $".{name}.{Guid.NewGuid():n}.tmp");
        try
        {
            await mail.WriteToAsync(unfinished, cancellationToken);
            File.Move(unfinished, Path.Combine(folder, name), overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        if (!environment.IsDevelopment())
            Log.NotSent(logger, name);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The mail {Name} was written to Mail:Folder and sent to nobody: set Mail:Host")]
        public static partial void NotSent(ILogger logger, string name);
    }
}
