using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using PaymentApp.Checkout;
using PaymentApp.Languages;
using PaymentApp.Orders;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>The shop's texts as a reader of some culture gets them, without a shop.</summary>
internal static class Texts
{
    private static readonly IStringLocalizerFactory Factory =
        new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizerFactory>();

    public static CheckoutText Checkout { get; } = CheckoutIn("en-US");

    public static IReadOnlyList<string> Languages { get; } = [.. ShopLanguages.Translated.Select(language => language.Name)];

    public static CheckoutText CheckoutIn(string culture) => new(For<CheckoutText>(culture));

    public static IStringLocalizer<T> For<T>(string culture) => new ReaderLocalizer<T>(Factory, Reader(culture));

    public static ReceiptLines ReceiptIn(string culture)
    {
        var products = new ProductText(For<Catalogue>(culture), new Catalogue());
        return new ReceiptLines(For<OrderText>(culture), products, Reader(culture));
    }

    public static ReaderCulture Reader(string culture)
    {
        var reader = new ReaderCulture();
        reader.Use(culture);
        return reader;
    }

    public static ShopLanguages Shop(params string[] additional)
    {
        var options = new LanguagesOptions();
        foreach (var code in additional)
            options.Additional.Add(code);
        return new ShopLanguages(Options.Create(options));
    }

    /// <summary>What components of the shop need to speak to their reader.</summary>
    public static void AddTexts(this IServiceCollection services)
    {
        services.AddLanguages();
        services.AddScoped<CheckoutText>();
        services.AddScoped<ProductText>();
        services.AddScoped<ReceiptLines>();
    }
}
