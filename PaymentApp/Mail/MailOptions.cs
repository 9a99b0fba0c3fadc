using System.ComponentModel.DataAnnotations;
using MailKit.Security;

namespace PaymentApp.Mail;

/// <summary>How mail leaves the shop. Section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The SMTP server; null to write each mail as an <c>.eml</c> file into <see cref="Folder"/>.</summary>
    public string? Host { get; set; }

    [Range(1, 65535, ErrorMessage = "Mail:Port is between 1 and 65535.")]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is encrypted. With a password it always is.</summary>
    [EnumDataType(typeof(SecureSocketOptions), ErrorMessage = "Mail:Security is StartTls, SslOnConnect, Auto or None.")]
    public SecureSocketOptions Security { get; set; } = SecureSocketOptions.StartTls;

    /// <summary>Who signs in at the server; null where it asks nobody.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The address that mail comes from; null for <c>Shop:Contact</c>.</summary>
    [RegularExpression(@"[^@\s<>""]+@[^@\s<>""]+", ErrorMessage = "Mail:From is an e-mail address.")]
    public string? From { get; set; }

    /// <summary>Where mails are written without a server, below the content root unless it is a whole path.</summary>
    public string Folder { get; set; } = "App_Data/mails";

    /// <summary>How long the server may take for each answer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:08:00", ErrorMessage = "Mail:Timeout is between a second and eight minutes.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
