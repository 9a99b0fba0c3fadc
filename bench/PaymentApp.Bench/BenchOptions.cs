using System.Globalization;

namespace PaymentApp.Bench;

/// <summary>Which tables are printed, and how large they are.</summary>
internal sealed record BenchOptions
{
    public const string Usage =
        """
        Prints what a payment costs, as Markdown tables.

          --table <names>        server, scale, browser, or several with commas between; all without it
          --orders <numbers>     orders in the ledgers that are compared; 1000,100000 without it
          --payments <number>    payments measured per figure; 100 without it
          --database <string>    connection string of an empty ledger for each size, with {orders} where
                                 the size belongs; files in a temporary folder without it
        """;

    public const string Server = "server";
    public const string Scale = "scale";
    public const string Browser = "browser";

    public IReadOnlyList<string> Tables { get; private init; } = [Server, Scale, Browser];

    public IReadOnlyList<int> Orders { get; private init; } = [1_000, 100_000];

    public int Payments { get; private init; } = 100;

    /// <summary>Null for files in a temporary folder.</summary>
    public string? Database { get; private init; }

    /// <summary>Null where the arguments make no sense.</summary>
    public static BenchOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchOptions();
        for (var index = 0; index < arguments.Count; index += 2)
        {
            if (index + 1 == arguments.Count || options.With(arguments[index], arguments[index + 1]) is not { } read)
                return null;
            options = read;
        }

        return options;
    }

    private BenchOptions? With(string name, string value) => (name, value.Split(',')) switch
    {
        ("--table", var tables) when tables.All(table => table is Server or Scale or Browser) => this with { Tables = tables },
        ("--orders", var sizes) when sizes.All(size => Number(size) is not null) => this with { Orders = [.. sizes.Select(size => Number(size)!.Value)] },
        ("--payments", [var payments]) when Number(payments) is { } number => this with { Payments = number },
        ("--database", _) => this with { Database = value },
        _ => null,
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
