using System.Collections.Frozen;
using System.Globalization;

namespace StripeSandbox.Money;

/// <summary>The currencies that Stripe charges in, their decimals and their smallest charge (https://docs.stripe.com/currencies).</summary>
internal static class Currencies
{
    private const long EightDigits = 99_999_999;
    private const long TwelveDigits = 999_999_999_999;

    private static readonly string[] Codes =
    [
        "usd", "aed", "afn", "all", "amd", "ang", "aoa", "ars", "aud", "awg", "azn", "bam", "bbd", "bdt", "bgn", "bhd", "bif", "bmd", "bnd", "bob",
        "brl", "bsd", "bwp", "byn", "bzd", "cad", "cdf", "chf", "clp", "cny", "cop", "crc", "cve", "czk", "djf", "dkk", "dop", "dzd", "egp", "etb",
        "eur", "fjd", "fkp", "gbp", "gel", "gip", "gmd", "gnf", "gtq", "gyd", "hkd", "hnl", "htg", "huf", "idr", "ils", "inr", "isk", "jmd", "jod",
        "jpy", "kes", "kgs", "khr", "kmf", "krw", "kwd", "kyd", "kzt", "lak", "lbp", "lkr", "lrd", "lsl", "mad", "mdl", "mga", "mkd", "mmk", "mnt",
        "mop", "mur", "mvr", "mwk", "mxn", "myr", "mzn", "nad", "ngn", "nio", "nok", "npr", "nzd", "omr", "pab", "pen", "pgk", "php", "pkr", "pln",
        "pyg", "qar", "ron", "rsd", "rub", "rwf", "sar", "sbd", "scr", "sek", "sgd", "shp", "sle", "sos", "srd", "std", "szl", "thb", "tjs", "tnd",
        "top", "try", "ttd", "twd", "tzs", "uah", "ugx", "uyu", "uzs", "vnd", "vuv", "wst", "xaf", "xcd", "xcg", "xof", "xpf", "yer", "zar", "zmw",
    ];

    private static readonly FrozenSet<string> Known = Codes.ToFrozenSet();

    private static readonly FrozenSet<string> WithoutDecimals =
        new[] { "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf" }.ToFrozenSet();

    private static readonly FrozenSet<string> WithThreeDecimals = new[] { "bhd", "jod", "kwd", "omr", "tnd" }.ToFrozenSet();

    private static readonly FrozenDictionary<string, long> Minimums = new (string Code, long Value)[]
    {
        ("usd", 50), ("aed", 200), ("aud", 50), ("bgn", 100), ("brl", 50), ("cad", 50), ("chf", 50), ("czk", 15_00), ("dkk", 2_50),
        ("eur", 50), ("gbp", 30), ("hkd", 4_00), ("huf", 175_00), ("inr", 50), ("jpy", 50), ("mxn", 10_00), ("myr", 2_00), ("nok", 3_00),
        ("nzd", 50), ("pln", 2_00), ("ron", 2_00), ("sek", 3_00), ("sgd", 50), ("thb", 10_00),
    }.ToFrozenDictionary(pair => pair.Code, pair => pair.Value);

    private static readonly FrozenDictionary<string, string> Symbols = new (string Code, string Value)[]
    {
        ("usd", "$"), ("eur", "€"), ("gbp", "£"), ("jpy", "¥"), ("aud", "A$"), ("cad", "CA$"), ("nzd", "NZ$"), ("inr", "₹"),
    }.ToFrozenDictionary(pair => pair.Code, pair => pair.Value);

    public static string List { get; } = string.Join(", ", Codes);

    /// <summary>The currency of that code, as one and the same text; null for an unknown one.</summary>
    public static string? Find(string code) => Known.TryGetValue(code, out var known) ? known : null;

    /// <summary>The smallest charge, in minor units.</summary>
    public static long Minimum(string currency) => Minimums.GetValueOrDefault(currency, 1);

    /// <summary>The largest charge, in minor units: eight digits, but for the rupiah.</summary>
    public static long Maximum(string currency) => currency == "idr" ? TwelveDigits : EightDigits;

    /// <summary>Whether the amount ends as the currency demands: ISK and UGX in 00, three-decimal ones in 0.</summary>
    public static bool IsRound(string currency, long amount) => currency switch
    {
        "isk" or "ugx" => amount % 100 == 0,
        _ => !WithThreeDecimals.Contains(currency) || amount % 10 == 0,
    };

    /// <summary><c>$0.50</c>, <c>¥50</c>, <c>KWD 1.500</c>.</summary>
    public static string Format(string currency, long amount)
    {
        var decimals = WithoutDecimals.Contains(currency) ? 0 : WithThreeDecimals.Contains(currency) ? 3 : 2;
        var number = (amount / (decimal)Math.Pow(10, decimals)).ToString("N" + decimals, CultureInfo.InvariantCulture);
        return Symbols.TryGetValue(currency, out var symbol) ? symbol + number : $"{currency.ToUpperInvariant()} {number}";
    }
}
