using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.Sandbox;

/// <summary>The README's page in a browser, before a server that does what the README says of it.</summary>
public sealed class ReadmePageTests
{
    [Theory]
    [InlineData("4242424242424242", false, "succeeded")]
    [InlineData("4000002760003184", true, "succeeded")]
    [InlineData("4000000000009995", false, "Your card has insufficient funds.")]
    public Task The_page_of_the_readme_takes_a_payment(string number, bool bankAsks, string outcome) => BrowserSession.RunAsync(async browser =>
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await using var shop = await OpenShopAsync(sandbox);
        await browser.Page.GotoAsync(shop.Urls.First());
        await new CardElement(browser.Page).FillAsync(number);

        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Pay" }).ClickAsync();
        if (bankAsks)
            await new Challenge(browser.Page).CompleteAsync();

        await Expect(browser.Page.Locator("output")).ToHaveTextAsync(outcome);
    });

    private static async Task<WebApplication> OpenShopAsync(SandboxUnderTest sandbox)
    {
        var block = Assert.Single(SandboxReadme.Blocks("html"));
        var page = block.Replace(SandboxReadme.Address, sandbox.Server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        Assert.NotEqual(block, page);
        var intent = "";
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => Results.Content($"<!doctype html><title>Shop</title>{page}", MediaTypeNames.Text.Html));
        app.MapGet("/favicon.ico", () => Results.NoContent());
        app.MapPost("/pay", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var answer = await sandbox.PayAsync(form["payment_method"].ToString());
            intent = answer.Status == 200 ? answer.Id : intent;
            return Results.Content(answer.Body, MediaTypeNames.Application.Json);
        });
        app.MapPost("/confirm", async () => Results.Content((await sandbox.ConfirmAsync(intent)).Body, MediaTypeNames.Application.Json));
        await app.StartAsync();
        return app;
    }
}
