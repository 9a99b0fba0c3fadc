using System.Globalization;
using System.Text;

namespace PaymentApp.Desk;

/// <summary>
/// Writes comma-separated values (RFC 4180) that a spreadsheet opens without running them: a cell that begins like a
/// formula gets an apostrophe before it. https://owasp.org/www-community/attacks/CSV_Injection.
/// </summary>
internal static class Csv
{
    public static string Line(params IEnumerable<object?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(object? value) => value switch
    {
        null => "",
        DateTime moment => moment.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        // A number is the server's own, and may be negative.
        decimal or int or long => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => Text(value.ToString() ?? ""),
    };

    private static string Text(string text)
    {
        var cell = new StringBuilder(text);
        if (text.Length > 0 && (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠'))
            cell.Insert(0, '\'');
        if (text.AsSpan().IndexOfAny(",\"\r\n") >= 0)
            cell.Replace("\"", "\"\"").Insert(0, '"').Append('"');
        return cell.ToString();
    }
}
