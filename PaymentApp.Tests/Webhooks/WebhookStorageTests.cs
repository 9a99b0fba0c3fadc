using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PaymentApp.Ledger;
using PaymentApp.Stripe;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Webhooks;

public sealed class WebhookStorageTests
{
    [Theory]
    [InlineData("ALTER TABLE \"Inbox\" RENAME TO \"Elsewhere\"", "ALTER TABLE \"Elsewhere\" RENAME TO \"Inbox\"")]
    [InlineData("ALTER TABLE \"Work\" RENAME TO \"Elsewhere\"", "ALTER TABLE \"Elsewhere\" RENAME TO \"Work\"")]
    public async Task What_could_not_be_stored_is_not_answered_200_and_is_taken_when_it_comes_again(string loss, string repair)
    {
        await using var shop = await ManualShop.OpenAsync();
        var id = EventBody.NewId();
        var body = EventBody.Of(id);

        await shop.ReadAsync(context => context.Database.ExecuteSqlRawAsync(loss));
        Assert.Equal(HttpStatusCode.InternalServerError, await shop.DeliverAsync(body));

        await shop.ReadAsync(context => context.Database.ExecuteSqlRawAsync(repair));
        Assert.Equal(HttpStatusCode.OK, await shop.DeliverAsync(body));
        Assert.NotNull(await shop.InboxAsync(id));
        Assert.Equal(WorkStatus.Waiting, (await shop.EventAsync(id)).Status);
        Assert.DoesNotContain("pi_unknown", shop.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_signature_that_Stripe_documents_is_valid_for_its_body_alone()
    {
        const string Header = "t=1700000000,v1=13941114bb88ac44a76abcfddea5b92aa6182a4b63d8be3aae908a616083bd7e";
        await using var shop = await ManualShop.OpenAsync(null, ("Stripe:WebhookSecret", "whsec_test_secret"));
        var then = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1700000000));
        var signature = ActivatorUtilities.CreateInstance<WebhookSignature>(shop.Services, then);

        Assert.True(signature.IsValid("""{"id":"evt_test"}""", Header));
        Assert.False(signature.IsValid("""{"id": "evt_test"}""", Header));
    }

    [Fact]
    public async Task A_shop_without_a_secret_takes_no_event()
    {
        await using var shop = await ManualShop.OpenAsync(null, ("Stripe:WebhookSecret", ""), ("Stripe:PreviousWebhookSecret", ""));
        var body = EventBody.Of(EventBody.NewId());

        Assert.Equal(HttpStatusCode.BadRequest, await shop.DeliverAsync(body, shop.Sign(body, "")));
    }
}
