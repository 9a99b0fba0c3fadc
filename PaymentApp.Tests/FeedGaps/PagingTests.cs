using Stripe;

namespace PaymentApp.Tests.FeedGaps;

public sealed class PagingTests
{
    private readonly ScriptedStripe stripe = new();

    [Fact]
    public async Task A_page_can_be_walked_and_says_whether_more_follow()
    {
        stripe.Answers(200, Page(hasMore: true, "re_1", "re_2"));

        var page = await stripe.Client().V1.Refunds.ListAsync(new RefundListOptions { Limit = 2 });

        Assert.True(page.HasMore);
        Assert.Equal(["re_1", "re_2"], page.Select(refund => refund.Id));
        Assert.Equal(2, page.Data.Count);
        Assert.Equal("GET /v1/refunds?limit=2", stripe.Requests.Single().Line);
    }

    [Fact]
    public async Task Auto_paging_asks_for_page_after_page()
    {
        stripe.Answers(200, Page(hasMore: true, "pi_1", "pi_2")).Answers(200, Page(hasMore: false, "pi_3"));
        var options = new PaymentIntentListOptions { Limit = 2, Customer = "cus_1" };

        Assert.Equal(["pi_1", "pi_2", "pi_3"], await Ids(options));
        Assert.Equal(
            ["GET /v1/payment_intents?customer=cus_1&limit=2", "GET /v1/payment_intents?customer=cus_1&limit=2&starting_after=pi_2"],
            stripe.Requests.Select(request => request.Line));
        Assert.Null(options.StartingAfter);
    }

    [Fact]
    public async Task Auto_paging_goes_backwards_from_an_end()
    {
        stripe.Answers(200, Page(hasMore: true, "pi_3", "pi_4")).Answers(200, Page(hasMore: false, "pi_1", "pi_2"));

        Assert.Equal(["pi_4", "pi_3", "pi_2", "pi_1"], await Ids(new PaymentIntentListOptions { EndingBefore = "pi_5" }));
        Assert.Equal("GET /v1/payment_intents?ending_before=pi_3", stripe.Requests[^1].Line);
    }

    [Fact]
    public async Task Auto_paging_ends_at_an_empty_page_whatever_it_says()
    {
        stripe.Answers(200, Page(hasMore: true)).Answers(200, Page(hasMore: false));

        Assert.Empty(await Ids(new PaymentIntentListOptions()));
        Assert.Single(stripe.Requests);
    }

    [Fact]
    public async Task Auto_paging_stops_when_it_is_cancelled()
    {
        stripe.Answers(200, Page(hasMore: false, "pi_1", "pi_2"));
        using var cancellation = new CancellationTokenSource();
        var seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var intent in stripe.Client().V1.PaymentIntents.ListAutoPagingAsync(cancellationToken: cancellation.Token))
            {
                seen++;
                await cancellation.CancelAsync();
            }
        });
        Assert.Equal(1, seen);
    }

    private async Task<List<string>> Ids(PaymentIntentListOptions options)
    {
        var ids = new List<string>();
        await foreach (var intent in stripe.Client().V1.PaymentIntents.ListAutoPagingAsync(options))
            ids.Add(intent.Id);
        return ids;
    }

    private static string Page(bool hasMore, params string[] ids) =>
        $$"""{"object":"list","has_more":{{(hasMore ? "true" : "false")}},"data":[{{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}"}"""))}}]}""";
}
