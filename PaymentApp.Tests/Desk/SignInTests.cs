using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Desk;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Security;

namespace PaymentApp.Tests.Desk;

public sealed class SignInTests(DeskShop desk) : IClassFixture<DeskShop>
{
    [Theory]
    [InlineData("/desk")]
    [InlineData("/desk/attention")]
    [InlineData("/desk/payments.csv?state=Paid")]
    public async Task Who_is_not_signed_in_is_led_to_the_sign_in_page_and_from_there_back(string path)
    {
        using var visitor = desk.Visit();

        var door = (await visitor.GetAsync(path)).Location!;
        Assert.Equal("/desk/sign-in", door.AbsolutePath);
        var back = await visitor.SignInAsync(DeskShop.ViewerName, DeskShop.ViewerPassword, door.PathAndQuery);

        Assert.Equal(path, visitor.Target(back));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/desk")]
    [InlineData("/\\evil.example")]
    [InlineData("/orders/1")]
    [InlineData("/desk/sign-in")]
    [InlineData("/deskevil")]
    [InlineData("/desk/\u3042")]
    public async Task Nobody_is_led_out_of_the_desk(string from)
    {
        using var visitor = desk.Visit();

        var answer = await visitor.SignInAsync(DeskShop.ViewerName, DeskShop.ViewerPassword, "/desk/sign-in?from=" + Uri.EscapeDataString(from));

        Assert.Equal("/desk", visitor.Target(answer));
    }

    [Theory]
    [InlineData("/desk/payments/7KQ2-M4XRT/note", "/desk/payments/7KQ2-M4XRT")]
    [InlineData("/desk/attention/replay", "/desk/attention")]
    [InlineData("/desk/search", "/desk")]
    [InlineData("/desk/sign-out", "/desk")]
    public async Task Who_sends_a_form_after_the_session_has_ended_is_told_so_and_comes_back_to_its_page(string form, string page)
    {
        using var visitor = desk.Visit();

        var door = (await visitor.PostAsync(form, ("note", "Called."))).Location!.PathAndQuery;
        var signIn = await visitor.GetAsync(door);
        var back = await visitor.SignInAsync(DeskShop.OperatorName, DeskShop.OperatorPassword, door);

        Assert.Contains("nothing was done", signIn.Document.QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(page, visitor.Target(back));
    }

    [Theory]
    [InlineData(DeskShop.OperatorName, "wrong")]
    [InlineData("Nobody", DeskShop.OperatorPassword)]
    [InlineData("", "")]
    [InlineData(DeskAccess.DemoName, DeskAccess.DemoPassword)]
    public async Task A_wrong_name_and_a_wrong_password_get_the_same_answer(string name, string password)
    {
        using var visitor = desk.Visit();

        var answer = await visitor.SignInAsync(name, password);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("The name or the password is wrong.", answer.Document.QuerySelector("main [role=alert]")!.TextContent.Trim());
        Assert.Equal("/desk/sign-in", (await visitor.GetAsync("/desk")).Location!.AbsolutePath);
    }

    [Fact]
    public async Task The_cookie_is_the_desks_alone()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = desk.Shop.Shop.Address };
        using var visitor = desk.Visit();
        var page = await visitor.GetAsync("/desk/sign-in");
        var (action, fields) = DeskVisitor.Read(page, "/desk/sign-in", "main form");
        (fields["name"], fields["password"]) = (DeskShop.ViewerName, DeskShop.ViewerPassword);
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Cookie", page.Cookies);

        using var response = await client.SendAsync(request);

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("desk=", StringComparison.Ordinal));
        Assert.Contains("path=/desk", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("expires", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_takes_a_form_of_the_desk_and_ends_the_session()
    {
        using var visitor = await desk.ViewerAsync();
        var page = await visitor.GetAsync("/desk");

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync("/desk/sign-out", ("made", "elsewhere"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/desk")).Status);
        Assert.Equal("/desk/sign-in", visitor.Target(await visitor.SubmitAsync(page, "/desk", "form[action$=sign-out]")));

        Assert.Equal("/desk/sign-in", (await visitor.GetAsync("/desk")).Location!.AbsolutePath);
    }

    [Fact]
    public async Task A_sign_in_that_comes_from_another_site_is_refused()
    {
        using var visitor = desk.Visit();

        var answer = await visitor.PostAsync(
            "/desk/sign-in", ("_handler", "sign-in"), ("name", DeskShop.OperatorName), ("password", DeskShop.OperatorPassword));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("/desk/sign-in", (await visitor.GetAsync("/desk")).Location!.AbsolutePath);
    }

    [Fact]
    public async Task Guessing_locks_the_name_out_for_a_while_and_the_right_password_with_it()
    {
        await using var shop = await ManualShop.OpenAsync(settings: DeskShop.Accounts);
        using var visitor = new DeskVisitor(shop.Shop.Address);
        for (var guess = 0; guess < SignInFailures.MostOfName; guess++)
            Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SignInAsync(DeskShop.OperatorName.ToUpperInvariant(), "guess")).Status);

        var locked = await visitor.SignInAsync(DeskShop.OperatorName, DeskShop.OperatorPassword);

        Assert.Equal(HttpStatusCode.TooManyRequests, locked.Status);
        Assert.Contains("wait 15 minutes", locked.Document.QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/desk", visitor.Target(await visitor.SignInAsync(DeskShop.ViewerName, DeskShop.ViewerPassword)));
        shop.Clock.Advance(SignInFailures.Window);
        Assert.Equal("/desk", visitor.Target(await visitor.SignInAsync(DeskShop.OperatorName, DeskShop.OperatorPassword)));
        Assert.DoesNotContain("guess", shop.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Development_without_accounts_has_the_demo_operator_and_says_so()
    {
        await using var shop = await ManualShop.OpenAsync();
        using var visitor = new DeskVisitor(shop.Shop.Address);

        var page = await visitor.GetAsync("/desk/sign-in");

        Assert.Contains(DeskAccess.DemoName, page.Document.QuerySelector("main .notice")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(DeskAccess.DemoPassword, page.Document.QuerySelector("main .notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/desk", visitor.Target(await visitor.SignInAsync(DeskAccess.DemoName, DeskAccess.DemoPassword)));
    }

    [Fact]
    public async Task Production_without_accounts_has_no_desk_and_the_log_says_why()
    {
        await using var shop = await ProductionShop.OpenAsync();
        using var visitor = new DeskVisitor(shop.Address);
        using var logs = new LogCapture();

        foreach (var path in new[] { "/desk", "/DESK/sign-in", "/desk/payments.csv", "/desk/attention" })
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.PostAsync("/desk/sign-out")).Status);
        await new DeskNotice(shop.Services.GetRequiredService<DeskAccess>(), logs.For<DeskNotice>()).StartAsync(CancellationToken.None);
        Assert.Contains("closed, for nobody could sign in", Assert.Single(logs.Entries).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_with_accounts_has_these_and_no_demo_operator()
    {
        await using var shop = await Shop.OpenAsync(settings: [.. ProductionShop.Settings, .. DeskShop.Accounts]);
        var access = shop.Services.GetRequiredService<DeskAccess>();

        Assert.Equal((true, false), (access.IsOpen, access.IsDemo));
        Assert.Null(access.Find(DeskAccess.DemoName));
    }
}
