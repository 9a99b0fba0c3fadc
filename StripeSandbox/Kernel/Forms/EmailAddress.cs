using System.Net.Mail;

namespace StripeSandbox.Forms;

/// <summary>What Stripe takes for an e-mail address: one address, at a domain with a dot in it.</summary>
internal static class EmailAddress
{
    public static bool IsValid(string text)
    {
        if (!MailAddress.TryCreate(text, out var address) || address.Address != text)
            return false;
        var labels = address.Host.Split('.');
        return labels.Length > 1 && Array.TrueForAll(labels, label => label.Length > 0);
    }
}
