using System.Net;
using PaymentApp.Tests.Components;

namespace PaymentApp.Tests.Languages;

/// <summary>Which language a page comes in: the one that was chosen, else one that the browser asks for, else English.</summary>
public sealed class NegotiationTests(OpenShop open) : IClassFixture<OpenShop>
{
    [Theory]
    [InlineData(null, "en", "Buy", "$49.00")]
    [InlineData("de", "de", "Kaufen", "49,00 $")]
    [InlineData("de-DE,de;q=0.9,en;q=0.5", "de", "Kaufen", "49,00 $")]
    [InlineData("de-CH", "de", "Kaufen", "$ 49.00")]
    [InlineData("fr-FR", "fr", "Acheter", "49,00 $")]
    [InlineData("es-ES", "es", "Comprar", "49,00 $")]
    [InlineData("ja-JP", "ja", "購入する", "$49.00")]
    [InlineData("en-GB", "en", "Buy", "$49.00")]
    [InlineData("it-IT,it;q=0.9,fr;q=0.8,en;q=0.7", "fr", "Acheter", "49,00 $")]
    [InlineData("pt-BR,pt;q=0.9,it;q=0.8,nl;q=0.7,pl;q=0.6,sv;q=0.5,da;q=0.4,de;q=0.3", "de", "Kaufen", "49,00 $")]
    [InlineData("it", "en", "Buy", "$49.00")]
    [InlineData("en;q=0.1,ja;q=0.9", "ja", "購入する", "$49.00")]
    [InlineData("*", "en", "Buy", "$49.00")]
    [InlineData("not a language; q=ü", "en", "Buy", "$49.00")]
    public async Task A_page_comes_in_the_language_that_the_browser_asks_for(string? accepted, string language, string buy, string price)
    {
        using var visitor = Visit(accepted);

        var page = await visitor.GetAsync("/");

        Assert.Equal((language, "ltr"), (page.Document.DocumentElement.GetAttribute("lang"), page.Document.DocumentElement.GetAttribute("dir")));
        Assert.Equal(buy, page.Document.QuerySelector("article button")!.TextContent);
        Assert.Equal(price, page.Document.QuerySelector(".product-price")!.TextContent.Replace('\u00a0', ' '));
        Assert.Equal(language, page.Document.QuerySelector("#language option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_page_names_its_language_and_what_it_was_chosen_by()
    {
        using var visitor = Visit("fr");

        var answer = await visitor.SendAsync(HttpMethod.Get, "/");

        Assert.Equal(["fr"], answer.Content.Headers.ContentLanguage);
        Assert.Contains("Accept-Language", answer.Headers.Vary);
        Assert.Contains("Cookie", answer.Headers.Vary);
    }

    [Fact]
    public async Task What_is_no_page_is_the_same_in_every_language()
    {
        using var visitor = Visit("fr");

        var answer = await visitor.SendAsync(HttpMethod.Get, "/favicon.svg");

        Assert.Empty(answer.Content.Headers.ContentLanguage);
        Assert.DoesNotContain("Accept-Language", answer.Headers.Vary);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/find-order")]
    [InlineData("/nowhere?really=1")]
    [InlineData("/orders/1")]
    [InlineData("/error")]
    public async Task Every_page_has_the_switch_and_leads_back_to_itself(string path)
    {
        using var visitor = Visit("de");

        var answer = await visitor.ChooseAsync(path, "ja");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(path, answer.Headers.Location!.OriginalString);
        Assert.Equal("ja", (await visitor.GetAsync(path)).Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task What_was_chosen_wins_over_what_the_browser_asks_for_until_something_else_is_chosen()
    {
        using var visitor = Visit("de");

        await visitor.ChooseAsync("/", "es");
        Assert.Equal("Comprar", (await visitor.GetAsync("/")).Document.QuerySelector("article button")!.TextContent);

        await visitor.ChooseAsync("/", "en");
        Assert.Equal("Buy", (await visitor.GetAsync("/")).Document.QuerySelector("article button")!.TextContent);
    }

    [Fact]
    public async Task The_choice_is_kept_for_a_year_by_a_cookie_that_no_script_reads()
    {
        using var visitor = Visit();

        var cookie = (await visitor.ChooseAsync("/", "fr")).Headers.GetValues("Set-Cookie").Single(cookie => cookie.Contains("Culture", StringComparison.Ordinal));

        Assert.Contains("c%3Dfr%7Cuic%3Dfr", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age=31536000", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("")]
    [InlineData(null)]
    public async Task The_switch_leads_nowhere_else(string? page)
    {
        using var visitor = Visit();

        var answer = await visitor.ChooseAsync("/", "fr", ("return", page));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("it")]
    [InlineData("de-CH")]
    [InlineData("")]
    [InlineData("c=fr|uic=fr")]
    [InlineData("fr\r\nSet-Cookie: a=b")]
    public async Task A_language_that_is_not_offered_changes_nothing(string language)
    {
        using var visitor = Visit("de");

        var answer = await visitor.ChooseAsync("/", language);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key == "Set-Cookie");
        Assert.Equal("de", (await visitor.GetAsync("/")).Document.DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("c=xx|uic=xx")]
    [InlineData("c=|uic=")]
    [InlineData("nonsense")]
    [InlineData("c=it|uic=it")]
    public async Task A_cookie_that_names_no_language_of_the_shop_leaves_it_to_the_browser(string cookie)
    {
        using var visitor = Visit("es");
        visitor.SetCookie(".AspNetCore.Culture", Uri.EscapeDataString(cookie));

        Assert.Equal("es", (await visitor.GetAsync("/")).Document.DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("/desk")]
    [InlineData("/desk/sign-in")]
    [InlineData("/DESK/sign-in")]
    public async Task The_desk_is_English_whoever_asks(string path)
    {
        using var visitor = Visit("ja");
        await visitor.ChooseAsync("/", "de");

        var answer = await visitor.SendAsync(HttpMethod.Get, path);
        var page = await Page.OfAsync(answer.StatusCode is HttpStatusCode.Found ? await visitor.SendAsync(HttpMethod.Get, answer.Headers.Location!.PathAndQuery) : answer);

        Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Reload", page.Document.QuerySelector(".connection-reload")!.TextContent);
    }

    [Theory]
    [InlineData("de", "Unter dieser Adresse gibt es nichts")]
    [InlineData("fr", "Il n’y a rien à cette adresse")]
    [InlineData("es", "No hay nada en esta dirección")]
    [InlineData("ja", "このアドレスにページはありません")]
    public async Task What_is_not_found_is_said_in_the_visitors_language(string language, string heading)
    {
        using var visitor = Visit(language);

        Assert.Equal(heading, (await visitor.GetAsync("/orders/1")).Heading);
    }

    [Theory]
    [InlineData("de-CH,de;q=0.9", "de-CH")]
    [InlineData("ja", "ja")]
    [InlineData(null, "en-US")]
    public async Task An_order_keeps_the_language_that_it_was_placed_in(string? accepted, string kept)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = open.Shop.Address };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", accepted);
        using var visitor = new Visitor(client);

        var path = (await visitor.BuyAsync(("product", "tenugui"))).Location!.OriginalString;

        var order = (await open.OrdersAsync()).Single(order => path.EndsWith(order.Id.Value, StringComparison.Ordinal));
        Assert.Equal((kept, "Tenugui towel"), (order.Language, order.ProductName));
    }

    private LanguageVisitor Visit(string? accepted = null) => new(open.Shop.Address, accepted);
}
