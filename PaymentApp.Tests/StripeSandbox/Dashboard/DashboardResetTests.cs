using System.Net;

namespace PaymentApp.Tests.Sandbox.Dashboard;

public sealed class DashboardResetTests
{
    private const int Rounds = 30;
    private const int Payments = 10;
    private const int Readers = 8;

    [Fact]
    public async Task A_page_that_is_read_during_a_reset_shows_what_was_before_it_or_nothing()
    {
        await using var dashboard = await DashboardUnderTest.StartAsync();
        for (var round = 0; round < Rounds; round++)
        {
            for (var number = 0; number < Payments; number++)
                (await dashboard.Sandbox.PayAsync("pm_card_visa")).Ok();

            var reading = Enumerable.Range(0, Readers).Select(_ => dashboard.OpenAsync()).ToList();
            (await dashboard.Sandbox.PostAsAsync(null, "/_sandbox/reset")).Ok();

            foreach (var page in await Task.WhenAll(reading))
            {
                Assert.Equal(HttpStatusCode.OK, page.Status);
                Assert.Contains(page.Rows().Count, new[] { 0, Payments });
            }
        }
    }
}
