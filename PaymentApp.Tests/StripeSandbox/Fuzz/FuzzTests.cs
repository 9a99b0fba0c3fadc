using System.Globalization;
using System.Text;
using PaymentApp.Tests.Infrastructure;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Sandbox.Fuzz;

/// <summary>
/// Requests that nobody would write, over every route that the sandbox has: none may bring it to a 5xx, make it hang, or
/// leave its books in a state that cannot be. <c>SANDBOX_FUZZ</c> sets how many.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int FullRequests = 100_000;
    private const int Clients = 8;

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task No_request_makes_it_fail_or_hang_or_lose_count()
    {
        var seed = unchecked((int)Randomly.Seed(output));
        var count = TestSize.Of(quick: 2_000, full: FullRequests, variable: "SANDBOX_FUZZ");
        await using var sandbox = await SandboxUnderTest.StartAsync();
        // A bank's page sends the browser on to a shop that is not there.
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = sandbox.Server.Address, Timeout = Hang };
        var tally = new FuzzTally();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => ThrowAsync(
            http, new RequestMaker(sandbox.Server, new Random(unchecked(seed + client))), count / Clients, tally))));

        output.WriteLine(tally.ToString());
        Assert.Empty(SandboxInvariants.ProblemsOf(sandbox.Server.Books));
        // Noise alone would be refused at the door, and prove little.
        Assert.InRange(tally.Accepted, count / 10, count);
        // Some routes accept one request in hundreds: only many requests come to all of them.
        if (count >= FullRequests)
            Assert.Empty(sandbox.Server.Routes.Where(RequestMaker.IsThrownAt).Where(RequestMaker.CanAccept).Select(FuzzTally.NameOf).Except(tally.RoutesThatAnswered));
        foreach (var list in sandbox.Server.Routes.Where(route => route.IsList && !route.Pattern.Contains('{', StringComparison.Ordinal)
            && !route.Parameters.Parameters.Any(parameter => parameter.IsRequired)))
            (await sandbox.GetAsync($"{list.Pattern}?limit=100")).Ok();
    }

    [Fact]
    public async Task A_form_of_very_many_parameters_is_turned_down()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var form = new StringBuilder("amount=1999&currency=usd");
        for (var i = 0; i < 100_000; i++)
            form.Append(CultureInfo.InvariantCulture, $"&m[{i:x}]=");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/payment_intents")
        {
            Content = new StringContent(form.ToString(), Encoding.UTF8, "application/x-www-form-urlencoded"),
        };

        var answer = await sandbox.SendAsync(request, SandboxUnderTest.SecretKey);

        Assert.Equal(400, answer.Status);
        Assert.Contains("too many parameters", answer.Text("error.message"), StringComparison.Ordinal);
    }

    private static async Task ThrowAsync(HttpClient http, RequestMaker maker, int count, FuzzTally tally)
    {
        for (var i = 0; i < count; i++)
        {
            var thrown = maker.Next();
            using var request = thrown.ToMessage();
            using var answer = await http.SendAsync(request);
            var status = (int)answer.StatusCode;
            Assert.True(status < 500, $"{status} for {thrown}: {await answer.Content.ReadAsStringAsync()}");
            tally.Count(thrown.Route, status);
        }
    }
}
