using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PaymentApp.Checkout;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Preferences;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Languages;

/// <summary>The resource files, as a translator edits them: whole in each language, and nothing in them that nobody reads.</summary>
public sealed partial class TranslationTests
{
    private static readonly string App = Path.Combine(Repository.Root, "PaymentApp");

    /// <summary>Keys that are put together from a name, by what comes before it.</summary>
    private static readonly Dictionary<string, IEnumerable<string>> Families = new()
    {
        ["Step_"] = Enum.GetNames<CheckoutStep>(),
        ["Status_"] = Enum.GetNames<CheckoutActivity>(),
        ["Failure_"] = Enum.GetNames<FailureReason>(),
        ["Refusal_"] = Enum.GetNames<RefusalReason>(),
        ["Mode_"] = Enum.GetNames<AuthenticationMode>(),
        ["Card_"] = Enum.GetNames<CardBehaviour>(),
        ["Heading_"] = [.. Enum.GetNames<PaymentState>(), .. MoneyBack],
        ["Meaning_"] = [.. Enum.GetNames<PaymentState>(), .. MoneyBack],
        ["Name_"] = new Catalogue().Products.Select(product => product.Id),
        ["Description_"] = new Catalogue().Products.Select(product => product.Id),
        ["Theme_"] = Theme.Offered,
        ["Tax_"] = new Catalogue().Products.Select(product => product.Tax?.Name).OfType<string>().Distinct(),
    };

    private static readonly string[] Suffixes = ["_Next", "_Minutes"];

    private static string[] MoneyBack => ["Returned", "Returning", "ReturnedByBank", "Disputed"];

    public static TheoryData<string> Areas => [.. Neutral()];

    public static TheoryData<string, string> Translations
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var area in Neutral())
                foreach (var language in Texts.Languages.Except(["en"]))
                    data.Add(area, language);
            return data;
        }
    }

    [Fact]
    public void There_are_texts() => Assert.True(Neutral().Count >= 5);

    [Theory]
    [MemberData(nameof(Translations))]
    public void A_translation_has_every_text_none_left_over_and_none_twice(string area, string language) =>
        Assert.Equal(Keys(area), Keys(Translation(area, language)));

    [Theory]
    [MemberData(nameof(Areas))]
    public void No_text_is_empty(string area) => Assert.All(
        Texts.Languages.SelectMany(language => Read(Translation(area, language))),
        text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));

    [Theory]
    [MemberData(nameof(Translations))]
    public void A_translation_has_the_placeholders_of_the_text(string area, string language)
    {
        var translated = Read(Translation(area, language)).ToDictionary();
        Assert.All(Read(area), text => Assert.Equal(Placeholders(text.Value), Placeholders(translated[text.Key])));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void A_translation_is_one(string area, string language)
    {
        var translated = Read(Translation(area, language)).ToDictionary();
        // Words such as Total or Confirmation are the same in two languages; sentences never are.
        Assert.All(
            Read(area).Where(text => Sentence().IsMatch(text.Value)),
            text => Assert.NotEqual(text.Value, translated[text.Key]));
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void Every_text_is_used(string area)
    {
        var used = UsedKeys(Path.GetDirectoryName(area)!);
        Assert.All(Keys(area), key => Assert.True(used.Contains(key), $"{area}: nothing shows {key}."));
    }

    /// <summary>A key that is missing would be shown in place of its text.</summary>
    [Theory]
    [MemberData(nameof(Areas))]
    public void Every_text_that_is_put_together_from_a_name_is_there(string area)
    {
        var keys = Keys(area).ToHashSet();
        var ours = Families.Where(family => keys.Any(key => key.StartsWith(family.Key, StringComparison.Ordinal)))
            .Where(family => Interpolations(Path.GetDirectoryName(area)!).Contains(family.Key));
        Assert.All(ours, family => Assert.All(
            family.Value.Where(name => IsShown(area, family.Key)), name => Assert.Contains(family.Key + name, keys)));
    }

    [Theory]
    [InlineData("Checkout")]
    [InlineData("Orders")]
    [InlineData("Components")]
    [InlineData("Mail")]
    public void Every_text_that_is_asked_for_is_there(string folder)
    {
        var known = Neutral().SelectMany(Keys).ToHashSet();
        Assert.All(AskedKeys(folder), key => Assert.Contains(key, known));
    }

    [Fact]
    public void The_catalogue_says_in_English_what_its_texts_say()
    {
        var texts = Texts.For<Catalogue>("en-US");
        Assert.All(new Catalogue().Products, product =>
        {
            Assert.Equal(product.Name, texts[$"Name_{product.Id}"]);
            Assert.Equal(product.Description, texts[$"Description_{product.Id}"]);
        });
    }

    [Fact]
    public void A_format_of_moments_names_day_month_year_and_time_in_every_language() => Assert.All(Texts.Languages, language =>
    {
        var written = Texts.ReceiptIn(language).Moment(new DateTime(2026, 8, 3, 14, 5, 0, DateTimeKind.Utc));

        Assert.Contains("2026", written, StringComparison.Ordinal);
        Assert.Contains("14:05 UTC", written, StringComparison.Ordinal);
        Assert.Contains("3", written, StringComparison.Ordinal);
        Assert.Contains(CultureInfo.GetCultureInfo(language).DateTimeFormat.AbbreviatedMonthNames[7].TrimEnd('.'), written, StringComparison.Ordinal);
    });

    /// <summary>A shopper must not learn that a card is known as stolen, in any language.</summary>
    [Fact]
    public void A_decline_reads_the_same_for_whatever_may_not_be_told() => Assert.All(Texts.Languages, language =>
    {
        var text = Texts.CheckoutIn(language);
        Assert.All(
            new[] { "lost_card", "stolen_card", "fraudulent", "merchant_blacklist", "pickup_card" },
            code => Assert.Equal(text.Failure(FailureReason.GenericDecline), text.Failure(PaymentFailure.FromCodes("card_declined", code).Reason)));
        Assert.Distinct(Enum.GetValues<FailureReason>().Select(reason => text.Failure(reason)));
    });

    private static bool IsShown(string area, string family) =>
        // The demo's own words for cards, beside the checkout's for brands.
        family != "Card_" || Path.GetFileName(area).StartsWith("DemoText", StringComparison.Ordinal);

    private static List<string> Neutral() =>
        [.. Directory.EnumerateFiles(App, "*.resx", SearchOption.AllDirectories)
            .Where(file => !IsBuilt(file) && !Path.GetFileNameWithoutExtension(file).Contains('.', StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(App, file)).Order()];

    private static string Translation(string area, string language) => language == "en" ? area : Path.ChangeExtension(area, $".{language}.resx");

    private static List<KeyValuePair<string, string>> Read(string file) =>
        [.. XDocument.Load(Path.Combine(App, file)).Root!.Elements("data").Select(data => KeyValuePair.Create(data.Attribute("name")!.Value, data.Element("value")!.Value))];

    private static IEnumerable<string> Keys(string file) => Read(file).Select(text => text.Key);

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Distinct().Order();

    private static HashSet<string> UsedKeys(string folder)
    {
        var asked = Sources(folder).Concat(Sources("Mail")).SelectMany(source => Literal().Matches(source)).Select(match => match.Groups[1].Value);
        var families = Interpolations(folder).Where(Families.ContainsKey).SelectMany(family => Families[family].Select(name => family + name));
        var whole = asked.Concat(families).ToHashSet();
        whole.UnionWith(whole.SelectMany(key => Suffixes.Select(suffix => key + suffix)).ToList());
        return whole;
    }

    private static IEnumerable<string> AskedKeys(string folder) =>
        Sources(folder).SelectMany(source => Asked().Matches(source)).SelectMany(match => Literal().Matches(match.Value)).Select(match => match.Groups[1].Value);

    private static HashSet<string> Interpolations(string folder) =>
        Sources(folder).SelectMany(source => Family().Matches(source)).Select(match => match.Groups[1].Value).ToHashSet();

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Path.Combine(App, folder), "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !IsBuilt(file)).Select(File.ReadAllText);

    private static bool IsBuilt(string file) =>
        Path.GetRelativePath(App, file).Split(Path.DirectorySeparatorChar) is ["bin" or "obj", ..];

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\w+ \w+ \w+.*[.:?…]$")]
    private static partial Regex Sentence();

    [GeneratedRegex("\"([A-Z][A-Za-z_]*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("\\b[Tt]exts?\\[[^$\\]]*\\]")]
    private static partial Regex Asked();

    [GeneratedRegex("\\$\"([A-Z][a-z]+_)\\{")]
    private static partial Regex Family();
}
