using System.Net;
using StripeSandbox;

namespace PaymentApp.Tests.Sandbox.Dashboard;

public sealed class DashboardAccessTests
{
    public static TheoryData<string> Pages => ["/", "/test/payments", "/test/payments/pi_1", "/test/logs", "/test/logs/req_1"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_answers_this_machine_only(string path)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        using var rebound = await AskAsync(sandbox, path, request => request.Headers.Host = "attacker.example");
        using var crossOrigin = await AskAsync(sandbox, path, request => request.Headers.Add("Origin", "https://attacker.example"));
        using var streamed = await AskAsync(sandbox, path, request =>
        {
            request.Headers.Host = "attacker.example";
            request.Headers.Accept.ParseAdd("text/event-stream");
        });

        Assert.All([rebound, crossOrigin, streamed], answer =>
        {
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        });
    }

    [Fact]
    public async Task It_can_be_opened_to_others()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync(options => options.AllowRemoteControl = true);

        using var answer = await AskAsync(sandbox, "/", request => request.Headers.Host = "sandbox.example");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Its_pages_run_only_what_it_serves_and_stand_in_no_frame()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        using var answer = await AskAsync(sandbox, "/", _ => { });

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
    }

    private static Task<HttpResponseMessage> AskAsync(SandboxUnderTest sandbox, string path, Action<HttpRequestMessage> change)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        change(request);
        return sandbox.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
