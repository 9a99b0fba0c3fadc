using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace PaymentApp.Payments;

/// <summary>
/// An e-mail address that mail can be sent to and that Stripe takes: its domain has a dot. It is personal data: printed or
/// logged, it shows nothing; only <see cref="Value"/> has it.
/// </summary>
public readonly partial record struct EmailAddress
{
    /// <summary>https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.</summary>
    public const int MaxLength = 254;

    private const int MaxLocalPart = 64;

    private EmailAddress(string value) => Value = value;

    public string Value { get; }

    /// <summary>The same for two addresses that <see cref="IsSameAs"/> takes for one: what they are looked up by.</summary>
    public string Key => Value.ToLowerInvariant();

    /// <summary>Reads what a shopper typed, without the spaces around it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out EmailAddress address)
    {
        var typed = text?.Trim();
        var fits = typed is { Length: <= MaxLength } && typed.IndexOf('@', StringComparison.Ordinal) <= MaxLocalPart && Shape().IsMatch(typed);
        address = fits ? new EmailAddress(typed!) : default;
        return fits;
    }

    /// <exception cref="FormatException">The text is not an e-mail address.</exception>
    public static EmailAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException("Not an e-mail address.");

    /// <summary>Whether mail to both arrives in one mailbox, as far as case goes.</summary>
    public bool IsSameAs(EmailAddress other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => "(e-mail address)";

    // The same expression stands in CheckoutForm.razor.js.
    [GeneratedRegex(
        @"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
