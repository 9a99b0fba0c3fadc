using System.Globalization;
using PaymentApp.Desk.Queries;
using PaymentApp.Payments;

namespace PaymentApp.Desk.Actions;

/// <summary>What a form of the payment page holds.</summary>
internal static class ActionForm
{
    public const string Operation = "operation";
    public const string Amount = "amount";
    public const string Reason = "reason";
    public const string Note = "note";

    public const int LongestNote = 1000;

    /// <summary>Reads a form; null, and what is wrong with it, where it makes no sense.</summary>
    /// <param name="payment">The payment that it is about, whose currency an amount is in.</param>
    public static OperatorAsk? Read(IFormCollection form, OperatorActionKind kind, Payment payment, string @operator, out ActionProblem problem)
    {
        problem = ActionProblem.Form;
        if (!Guid.TryParse(form[Operation], out var id) || id == Guid.Empty)
            return null;

        Money? amount = null;
        if (kind is OperatorActionKind.Refund or OperatorActionKind.Capture && form[Amount].ToString().Trim() is { Length: > 0 } typed)
        {
            problem = ActionProblem.Amount;
            amount = ReadAmount(typed, payment.Order.Amount.Currency);
            if (amount is null)
                return null;
        }

        string? text = null;
        if (kind is OperatorActionKind.Refund or OperatorActionKind.Cancel)
        {
            problem = ActionProblem.Form;
            text = form[Reason].ToString();
            var isKnown = kind is OperatorActionKind.Refund ? IsNamed<RefundReason>(text) : IsNamed<CancelReason>(text);
            if (!isKnown)
                return null;
        }
        else if (kind is OperatorActionKind.Note)
        {
            problem = ActionProblem.Note;
            text = Readable(form[Note].ToString().ReplaceLineEndings("\n")).Trim();
            if (text.Length is 0 or > LongestNote)
                return null;
        }

        return new OperatorAsk(id, payment.Order.Id, @operator, kind, amount, text);
    }

    /// <summary>Reads an amount in major units, such as <c>12.50</c>; null for what is none, or has more decimals than the currency.</summary>
    public static Money? ReadAmount(string typed, Currency currency) =>
        decimal.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major)
        // A number that is too large for any charge may be too large to be multiplied.
        && major is > 0 and <= Money.LargestCharge && major * currency.MinorPerMajor is var minor && minor <= Money.LargestCharge && minor == decimal.Truncate(minor)
            ? new Money((long)minor, currency)
            : null;

    // What cannot be seen, or turns the text around it about, is no part of a note.
    private static string Readable(string text) => string.Concat(text.Where(letter =>
        letter is '\n' or '\t' || !(char.IsControl(letter) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))));

    private static bool IsNamed<T>(string text)
        where T : struct, Enum => Enum.GetNames<T>().Contains(text, StringComparer.Ordinal);
}

/// <summary>Why a form was not taken.</summary>
internal enum ActionProblem
{
    /// <summary>It is none of the desk's forms.</summary>
    Form,
    Amount,
    Note,
}
