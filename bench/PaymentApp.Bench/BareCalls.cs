using System.Net.Http.Headers;
using System.Text.Json;
using Stripe;

namespace PaymentApp.Bench;

/// <summary>The requests that a payment makes of Stripe, made by somebody who keeps no books.</summary>
internal abstract class BareCalls
{
    public abstract string Name { get; }

    /// <summary>Creates and confirms; returns the PaymentIntent.</summary>
    public abstract Task<string?> CreateAsync(string paymentMethod);

    /// <summary>Reads it after the challenge and confirms it again.</summary>
    public abstract Task ConfirmAsync(string intent);

    /// <summary>Forms in, bytes out: the least that the requests cost.</summary>
    public sealed class OverHttp : BareCalls, IDisposable
    {
        private readonly HttpClient _http;

        public OverHttp(Uri stripe)
        {
            _http = new HttpClient { BaseAddress = stripe };
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SandboxProcess.Keys.SecretKey);
        }

        public override string Name => "the requests alone";

        public override async Task<string?> CreateAsync(string paymentMethod)
        {
            using var form = new FormUrlEncodedContent(
                [
                    new("amount", "4900"), new("currency", "usd"), new("payment_method", paymentMethod), new("confirm", "true"),
                    new("confirmation_method", "manual"), new("use_stripe_sdk", "true"), new("expand[]", "latest_charge"),
                ]);
            using var answer = await _http.PostAsync(new Uri("/v1/payment_intents", UriKind.Relative), form);
            var body = await answer.Content.ReadAsByteArrayAsync();
            return answer.IsSuccessStatusCode ? JsonElement.Parse(body).GetProperty("id").GetString() : null;
        }

        public override async Task ConfirmAsync(string intent)
        {
            await _http.GetByteArrayAsync(new Uri($"/v1/payment_intents/{intent}?expand[]=latest_charge", UriKind.Relative));
            using var form = new FormUrlEncodedContent([new("expand[]", "latest_charge")]);
            using var answer = await _http.PostAsync(new Uri($"/v1/payment_intents/{intent}/confirm", UriKind.Relative), form);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
        }

        public void Dispose() => _http.Dispose();
    }

    /// <summary>Stripe's own client, as its examples use it.</summary>
    public sealed class OverStripeNet(StripeClient client) : BareCalls
    {
        public override string Name => "Stripe.net alone";

        public override async Task<string?> CreateAsync(string paymentMethod)
        {
            var options = new PaymentIntentCreateOptions
            {
                Amount = 4900,
                Currency = "usd",
                PaymentMethod = paymentMethod,
                Confirm = true,
                ConfirmationMethod = "manual",
                UseStripeSdk = true,
                Expand = ["latest_charge"],
            };
            try
            {
                return (await client.V1.PaymentIntents.CreateAsync(options)).Id;
            }
            catch (StripeException)
            {
                return null;
            }
        }

        public override async Task ConfirmAsync(string intent)
        {
            await client.V1.PaymentIntents.GetAsync(intent, new PaymentIntentGetOptions { Expand = ["latest_charge"] });
            await client.V1.PaymentIntents.ConfirmAsync(intent, new PaymentIntentConfirmOptions { Expand = ["latest_charge"] });
        }
    }
}
