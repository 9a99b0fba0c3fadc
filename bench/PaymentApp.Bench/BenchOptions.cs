using System.Globalization;

namespace PaymentApp.Bench;

/// <summary>Which tables are printed, and how large they are.</summary>
internal sealed record BenchOptions
{
    public const string Usage =
        """
        Prints what a payment costs, as Markdown tables.

          --table <names>        server, scale, browser, throughput, memory, or several with commas between;
                                 all without it
          --orders <numbers>     orders in the ledgers that are compared; 1000,100000 without it
          --payments <number>    payments measured per figure; 60 without it
          --shoppers <numbers>   shoppers at once whose throughput is measured; 1,10,100,1000 without it
          --nodes <numbers>      nodes of a shop on PostgreSQL that share the shoppers; 1,3 without it
          --seconds <number>     for how long they come, each pays to the end; 8 without it
          --circuits <number>    open pages whose memory is measured; 1000 without it
          --databases <names>    sqlite, postgresql, or both with a comma between, side by side; both
                                 without it, where this machine has PostgreSQL
          --database <string>    connection string of an empty ledger for each size, with {orders} where
                                 the size belongs: the tables server, scale and browser are of these only
          --shop <folder>        a shop that has been published; published for the occasion without it
        """;

    public const string Server = "server";
    public const string Scale = "scale";
    public const string Browser = "browser";
    public const string Throughput = "throughput";
    public const string Memory = "memory";

    public const string Sqlite = "sqlite";
    public const string Postgres = "postgresql";

    public IReadOnlyList<string> Tables { get; private init; } = [Server, Scale, Browser, Throughput, Memory];

    public IReadOnlyList<int> Orders { get; private init; } = [1_000, 100_000];

    public int Payments { get; private init; } = 60;

    public IReadOnlyList<int> Shoppers { get; private init; } = [1, 10, 100, 1_000];

    public IReadOnlyList<int> Nodes { get; private init; } = [1, 3];

    public int Seconds { get; private init; } = 8;

    public int Circuits { get; private init; } = 1_000;

    /// <summary>Null to publish the shop.</summary>
    public string? Shop { get; private init; }

    /// <summary>Null for those that this machine has.</summary>
    public IReadOnlyList<string>? Databases { get; private init; }

    /// <summary>Null for ledgers that the benchmark makes.</summary>
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
        ("--table", var tables) when tables.All(table => table is Server or Scale or Browser or Throughput or Memory) => this with { Tables = tables },
        ("--orders", var sizes) when Numbers(sizes) is { } orders => this with { Orders = orders },
        ("--shoppers", var sizes) when Numbers(sizes) is { } shoppers => this with { Shoppers = shoppers },
        ("--nodes", var counts) when Numbers(counts) is { } nodes => this with { Nodes = nodes },
        ("--seconds", [var seconds]) when Number(seconds) is { } number => this with { Seconds = number },
        ("--circuits", [var circuits]) when Number(circuits) is { } number => this with { Circuits = number },
        ("--payments", [var payments]) when Number(payments) is { } number => this with { Payments = number },
        ("--shop", _) when File.Exists(Path.Combine(value, PublishedShop.FileName)) => this with { Shop = Path.GetFullPath(value) },
        ("--databases", var databases) when databases.All(database => database is Sqlite or Postgres) => this with { Databases = databases },
        ("--database", _) => this with { Database = value },
        _ => null,
    };

    private static IReadOnlyList<int>? Numbers(string[] texts) =>
        texts.Select(Number).ToList() is var numbers && numbers.TrueForAll(number => number is not null) ? [.. numbers.OfType<int>()] : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
