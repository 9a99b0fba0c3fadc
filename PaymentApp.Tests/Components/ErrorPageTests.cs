using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Orders;

namespace PaymentApp.Tests.Components;

/// <summary>What visitors are told outside Development, where a developer's page would tell too much.</summary>
public sealed class ErrorPageTests(OpenShop open) : IClassFixture<OpenShop>
{
    [Fact]
    public async Task A_fault_of_ours_gets_a_page_that_says_what_to_do()
    {
        await using var broken = InProduction(services => services.AddSingleton<IOrderBook>(new FakeOrderBook()));
        using var visitor = Visit(broken);

        var page = await visitor.BuyAsync(("product", "desk-lamp"));

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.Equal("Something went wrong", page.Heading);
        Assert.DoesNotContain("Exception", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("__RequestVerificationToken", "from yesterday")]
    [InlineData("_handler", "another-form")]
    public async Task A_form_that_is_refused_gets_a_page_that_says_what_to_do(string field, string value)
    {
        await using var shop = InProduction(_ => { });
        using var visitor = Visit(shop);

        var page = await visitor.BuyAsync(("product", "desk-lamp"), (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("That didn't work", page.Heading);
    }

    [Theory]
    [InlineData("de", "Etwas ist schiefgegangen", "Das hat nicht geklappt")]
    [InlineData("ja", "問題が発生しました", "うまくいきませんでした")]
    public async Task Faults_are_told_in_the_visitors_language(string language, string fault, string refused)
    {
        await using var broken = InProduction(services => services.AddSingleton<IOrderBook>(new FakeOrderBook()));
        using var client = broken.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        using var visitor = new Visitor(client);

        Assert.Equal(fault, (await visitor.BuyAsync(("product", "desk-lamp"))).Heading);
        Assert.Equal(refused, (await visitor.BuyAsync(("product", "desk-lamp"), ("__RequestVerificationToken", "forged"))).Heading);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.ServiceUnavailable)]
    [InlineData(false, HttpStatusCode.InternalServerError)]
    public async Task A_database_that_has_too_much_to_do_is_no_fault(bool isTransient, HttpStatusCode expected)
    {
        // As Npgsql says that no connection of its pool became free.
        var cause = new NpgsqlException("The connection pool has been exhausted.", isTransient ? new TimeoutException() : null);
        var failure = new RetryLimitExceededException("Tried often enough.", cause);
        await using var busy = InProduction(services => services.AddSingleton<IOrderBook>(new FakeOrderBook { Failure = failure }));
        using var visitor = Visit(busy);

        var page = await visitor.GetAsync($"/checkout/{OrderId.New()}");

        Assert.Equal(expected, page.Status);
        Assert.Equal("Something went wrong", page.Heading);
    }

    private static Visitor Visit(WebApplicationFactory<Catalogue> shop) =>
        new(shop.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false }));

    private WebApplicationFactory<Catalogue> InProduction(Action<IServiceCollection> change) => open.Shop.WithWebHostBuilder(builder =>
    {
        builder.UseEnvironment("Staging");
        builder.ConfigureTestServices(change);
    });
}
