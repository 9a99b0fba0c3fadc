using System.Reflection;
using System.Text.Json.Nodes;
using StripeSandbox.Browser;
using StripeSandbox.Cards;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>The tables of texts, one a language.</summary>
public sealed class LocaleTableTests
{
    [Fact]
    public void Five_languages_have_the_same_texts_and_none_is_empty()
    {
        Assert.Equal(["de", "en", "es", "fr", "ja"], BrowserTexts.Languages.Keys.Order(StringComparer.Ordinal));
        var keys = Flat(BrowserTexts.Languages["en"]).Select(text => text.Key).ToList();
        Assert.NotEmpty(keys);
        foreach (var (language, table) in BrowserTexts.Languages)
        {
            var texts = Flat(table).ToList();
            Assert.Equal(keys, texts.Select(text => text.Key));
            Assert.All(texts, text => Assert.True(
                text.Value.Length > 0 && text.Value.Trim() == text.Value, $"The {language} text of {text.Key} is empty or has blanks around it."));
        }
    }

    [Theory]
    [InlineData("de")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("ja")]
    public void A_language_says_its_sentences_in_its_own_words(string language)
    {
        var english = Flat(BrowserTexts.Languages["en"]).ToDictionary();
        Assert.All(Flat(BrowserTexts.Languages[language]).Where(text => text.Value.EndsWith('.') || text.Value.EndsWith('。')),
            text => Assert.NotEqual(english[text.Key], text.Value));
    }

    [Fact]
    public void What_a_bank_says_no_with_is_known_to_every_language()
    {
        var said = typeof(Decline).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => ((Decline)field.GetValue(null)!).Message).ToList();
        Assert.NotEmpty(said);
        Assert.All(said, message => Assert.Contains(message, KnownToEveryLanguage()));
    }

    [Theory]
    [InlineData("4242424242424241", "12", "123")]
    [InlineData("4242424242424242", "13", "123")]
    [InlineData("4242424242424242", "12", "1")]
    public async Task What_the_API_says_of_a_mistyped_card_is_known_to_every_language(string number, string month, string code)
    {
        var host = await HostPage.StartedAsync();
        var message = await host.Api.RefusedCardAsync(("card[number]", number), ("card[exp_month]", month), ("card[exp_year]", "2040"), ("card[cvc]", code));
        Assert.Contains(message, KnownToEveryLanguage());
    }

    private static IEnumerable<string> KnownToEveryLanguage() => Flat(BrowserTexts.Languages["en"]["api"]!.AsObject()).Select(text => text.Value);

    private static IEnumerable<KeyValuePair<string, string>> Flat(JsonObject table, string path = "") => table.SelectMany(entry =>
        entry.Value is JsonObject group ? Flat(group, $"{path}{entry.Key}.") : [new($"{path}{entry.Key}", entry.Value!.GetValue<string>())]);
}
