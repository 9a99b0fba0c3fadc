using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Security;

/// <summary>The shop as it runs on the internet, with keys of the right form that open nothing: nothing here asks Stripe.</summary>
internal static class ProductionShop
{
    public static readonly (string Key, string Value)[] Settings =
    [
        (WebHostDefaults.EnvironmentKey, "Production"),
        ("Stripe:SecretKey", "sk_live_51NoSuchAccount"),
        ("Stripe:PublishableKey", "pk_live_51NoSuchAccount"),
        ("Stripe:WebhookSecret", "whsec_of_nobody"),
        ("Stripe:ApiBase", ""),
        ("Stripe:StripeJsUrl", "https://js.stripe.com/dahlia/stripe.js"),
    ];

    public static Task<Shop> OpenAsync() => Shop.OpenAsync(
        configure: services => services.AddSingleton<IStartupFilter>(new TlsProxy()), settings: Settings);

    public static Task<Shop> OpenAsync(string environment) =>
        environment == "Production" ? OpenAsync() : Shop.OpenAsync(configure: services => services.AddSingleton<IStartupFilter>(new TlsProxy()));

    /// <summary>Says of every request what a proxy in front of the shop would: it came by https, under the shop's name.</summary>
    private sealed class TlsProxy : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                context.Request.Host = new HostString("shop.example");
                return following(context);
            });
            next(app);
        };
    }
}
