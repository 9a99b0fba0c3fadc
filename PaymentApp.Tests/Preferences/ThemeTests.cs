using System.Net;
using System.Text.RegularExpressions;
using PaymentApp.Tests.Components;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Languages;

namespace PaymentApp.Tests.Preferences;

/// <summary>The colours that a visitor has chosen, as the server writes them into each page.</summary>
public sealed partial class ThemeTests(OpenShop open) : IClassFixture<OpenShop>
{
    [Theory]
    [InlineData("dark", "#0e111b")]
    [InlineData("light", "#f5f6f9")]
    public async Task A_chosen_theme_is_in_every_page_and_in_no_other_visitors(string theme, string colour)
    {
        using var visitor = new LanguageVisitor(open.Shop.Address, "de");
        using var other = new LanguageVisitor(open.Shop.Address, "de");

        var answer = await visitor.ChooseAsync("/find-order", "de", ("theme", theme));

        Assert.Equal((HttpStatusCode.Found, "/find-order"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        foreach (var path in (string[])["/", "/find-order", "/nowhere", "/desk/sign-in"])
        {
            var page = (await visitor.GetAsync(path)).Document;
            Assert.Equal(theme, page.DocumentElement.GetAttribute("data-theme"));
            Assert.Equal(theme, page.QuerySelector("meta[name=color-scheme]")!.GetAttribute("content"));
            var bar = Assert.Single(page.QuerySelectorAll("meta[name=theme-color]"));
            Assert.Equal((colour, null), (bar.GetAttribute("content"), bar.GetAttribute("media")));
            Assert.Equal(theme, page.QuerySelector("#theme option[selected]")!.GetAttribute("value"));
        }

        await FollowsTheSystemAsync(other);
    }

    [Fact]
    public async Task The_choice_is_kept_for_a_year_by_a_cookie_that_no_script_reads()
    {
        using var visitor = new LanguageVisitor(open.Shop.Address);

        var cookie = Assert.Single((await visitor.ChooseAsync("/", "", ("theme", "dark"))).Headers.GetValues("Set-Cookie"));

        Assert.Equal("theme=dark; max-age=31536000; path=/; samesite=lax; httponly", cookie);
    }

    [Fact]
    public async Task Whoever_goes_back_to_the_system_has_no_cookie_left()
    {
        using var visitor = new LanguageVisitor(open.Shop.Address);
        await visitor.ChooseAsync("/", "en", ("theme", "dark"));

        await visitor.ChooseAsync("/", "en", ("theme", "system"));

        await FollowsTheSystemAsync(visitor);
    }

    [Theory]
    [InlineData("Dark")]
    [InlineData("")]
    [InlineData("dark\" onload=\"alert(1)")]
    [InlineData("dark\r\nSet-Cookie: a=b")]
    public async Task A_theme_that_is_not_offered_changes_nothing(string theme)
    {
        using var visitor = new LanguageVisitor(open.Shop.Address);
        await visitor.ChooseAsync("/", "", ("theme", "light"));

        var answer = await visitor.ChooseAsync("/", "", ("theme", theme));

        Assert.DoesNotContain(answer.Headers, header => header.Key == "Set-Cookie");
        Assert.Equal("light", (await visitor.GetAsync("/")).Document.DocumentElement.GetAttribute("data-theme"));
    }

    [Theory]
    [InlineData("/\u3042")]
    [InlineData("//evil.example")]
    public async Task An_address_that_no_page_of_the_shop_names_leads_home(string page)
    {
        using var visitor = new LanguageVisitor(open.Shop.Address, "de");

        var answer = await visitor.ChooseAsync("/find-order", "de", ("return", page));

        Assert.Equal((HttpStatusCode.Found, "/"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task A_cookie_that_nobody_here_wrote_is_no_choice()
    {
        using var visitor = new LanguageVisitor(open.Shop.Address);
        visitor.SetCookie("theme", "sepia");

        await FollowsTheSystemAsync(visitor);
    }

    [Fact]
    public void Dark_by_choice_and_dark_by_the_system_are_the_same_colours()
    {
        var style = File.ReadAllText(Path.Combine(Repository.Root, "wwwroot", "theme.css"));

        var bySystem = ValuesOf(style, ":root:not([data-theme=\"light\"])");

        Assert.Equal("1", bySystem["--darkness"]);
        Assert.True(bySystem.Count > 15, $"Only {bySystem.Count} values.");
        Assert.Equal(bySystem, ValuesOf(style, ":root[data-theme=\"dark\"]"));
    }

    private static async Task FollowsTheSystemAsync(LanguageVisitor visitor)
    {
        var page = (await visitor.GetAsync("/")).Document;
        Assert.Null(page.DocumentElement.GetAttribute("data-theme"));
        Assert.Equal("light dark", page.QuerySelector("meta[name=color-scheme]")!.GetAttribute("content"));
        Assert.Equal(2, page.QuerySelectorAll("meta[name=theme-color]").Length);
        Assert.Equal("system", page.QuerySelector("#theme option[selected]")!.GetAttribute("value"));
    }

    /// <returns>The values of the longest rule with this selector.</returns>
    private static Dictionary<string, string> ValuesOf(string style, string selector) =>
        style.Split(selector + " {")[1..].Select(rest => rest[..rest.IndexOf('}', StringComparison.Ordinal)]).MaxBy(rule => rule.Length)!
            is var rule ? Value().Matches(rule).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value) : [];

    [GeneratedRegex(@"(--[\w-]+): ([^;]+);")]
    private static partial Regex Value();
}
