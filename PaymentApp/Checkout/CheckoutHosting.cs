using Microsoft.AspNetCore.Components.Server.Circuits;

namespace PaymentApp.Checkout;

/// <summary>Wires the checkout form. It knows of Stripe what the browser may know, and no secret key.</summary>
internal static class CheckoutHosting
{
    /// <param name="stripeJs">What the browser needs to start Stripe.js.</param>
    /// <param name="demo">What the demo shows beside the form.</param>
    public static void AddCheckout(
        this IHostApplicationBuilder builder, Func<IServiceProvider, StripeJsSettings> stripeJs, Func<IServiceProvider, DemoSettings> demo)
    {
        builder.Services.AddOptions<ShopOptions>().BindConfiguration(ShopOptions.Section).ValidateDataAnnotations()
            .Validate(shop => shop.Url is null or { IsAbsoluteUri: true, Scheme: "https" or "http" }, "Shop:Url is a whole address, such as https://shop.example.")
            .ValidateOnStart();
        // Of a circuit or a page: the sandbox is named by the host that this browser used.
        builder.Services.AddScoped(stripeJs);
        builder.Services.AddSingleton(demo);
        builder.Services.AddScoped<CheckoutText>();
        builder.Services.AddScoped<BrowserConnection>();
        builder.Services.AddScoped<CircuitHandler>(services => services.GetRequiredService<BrowserConnection>());
    }
}
