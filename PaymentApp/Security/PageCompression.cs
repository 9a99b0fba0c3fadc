using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace PaymentApp.Security;

/// <summary>
/// Sends pages compressed, over https too. A compressed page that repeats what others may put into its address tells them, by
/// its length, what else is on it (https://www.breachattack.com): the pages of which that is true are left as they are.
/// </summary>
internal static class PageCompression
{
    public static void AddPageCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            // Scripts, styles and pictures are compressed when the shop is built.
            compression.MimeTypes = ["text/html"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
    }

    /// <param name="except">Pages that show what only some may see, and repeat their address.</param>
    public static void UsePageCompression(this WebApplication app, PathString except) =>
        app.UseWhen(context => !context.Request.Path.StartsWithSegments(except), pages => pages.UseResponseCompression());
}
