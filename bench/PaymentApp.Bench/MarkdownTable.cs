using System.Globalization;

namespace PaymentApp.Bench;

/// <summary>A table as it stands in the README.</summary>
internal sealed class MarkdownTable(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine($"**{title}**");
        Console.WriteLine();
        Line(columns);
        Line([.. columns.Select((_, index) => index <= Array.IndexOf(columns, "What") ? "---" : "---:")]);
        foreach (var row in _rows)
            Line(row);
    }

    /// <summary>Nothing for what is not known.</summary>
    public static string Number(double? value, int decimals = 1) => value?.ToString("N" + decimals, CultureInfo.InvariantCulture) ?? "";

    public static string Difference(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    public static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static void Line(string[] cells) => Console.WriteLine("| " + string.Join(" | ", cells) + " |");
}
